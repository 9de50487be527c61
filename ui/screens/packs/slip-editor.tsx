import { useState } from 'preact/hooks';
import type { Evidence } from '../../../server/contract/check.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useClient } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { TextArea } from '../../parts/field.js';
import { ProblemNote } from '../../parts/messages.js';
import type { Draft } from './draft.js';
import { texts } from './texts.js';

/** Sources as numbered lines; one that several facts share stands once. */
export function slipOf(evidence: readonly Pick<Evidence, 'publisher' | 'url'>[]): string {
  const lines = evidence.map(({ publisher, url }) => (url ? `${publisher} ${url}` : publisher));
  return [...new Set(lines)].map((line, index) => `${index + 1}. ${line}`).join('\n');
}

/** The sources that go out with the pack; they can be taken from the facts. */
export function SlipEditor({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const t = useText(texts);
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemError | null>(null);

  async function fillIn(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      const facts = await Promise.all(
        draft.facts.map(({ id }) => client.call('library.read', { params: { id } })),
      );
      const slip = slipOf(facts.flatMap(({ evidence }) => evidence));
      change({
        slips: {
          hi: draft.titles.hi ? slip : draft.slips.hi,
          en: draft.titles.en ? slip : draft.slips.en,
        },
      });
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <div class="both">
        <TextArea
          label={t('slipHi')}
          name="texts.hi.sourcesSlip"
          lang="hi"
          rows={4}
          maxLength={5000}
          value={draft.slips.hi}
          onValue={(hi) => change({ slips: { ...draft.slips, hi } })}
          hint={t('slipHint')}
        />
        <TextArea
          label={t('slipEn')}
          name="texts.en.sourcesSlip"
          lang="en"
          rows={4}
          maxLength={5000}
          value={draft.slips.en}
          onValue={(en) => change({ slips: { ...draft.slips, en } })}
        />
      </div>
      <div class="row">
        <Button
          small
          icon="quote"
          busy={busy}
          disabled={draft.facts.length === 0}
          onPress={() => void fillIn()}
        >
          {t('slipFill')}
        </Button>
      </div>
      <ProblemNote problem={problem} />
    </>
  );
}
