import { useState } from 'preact/hooks';
import type { CheckVersion } from '../../../server/contract/check.js';
import { verdictCodes } from '../../../server/contract/lists.js';
import { useAction } from '../../api/queries.js';
import { useCodes } from '../../i18n/codes.js';
import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { TextArea, TextField } from '../../parts/field.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { useToast } from '../../parts/toast.js';
import { AuthenticityPicker, VerdictPicker } from '../../parts/verdict-picker.js';
import { ClaimSide } from './claim-side.js';
import { Conflicts } from './conflict.js';
import { authenticityOf, exceptionTooShort, type FieldKey, reviewByWrong, verdictOf } from './draft.js';
import { History } from './history.js';
import { readinessOf } from './meter.js';
import { ReadinessCard } from './readiness.js';
import { SourcesEditor } from './sources-editor.js';
import { texts } from './texts.js';
import { type Drafting, useDraft } from './use-draft.js';
import { WordsEditor } from './words-editor.js';

function Dates({ drafting }: { drafting: Drafting }) {
  const t = useText(texts);
  const { draft, set, problem } = drafting;
  return (
    <div class="form-grid">
      <TextField
        label={t('asOf')}
        name="asOf"
        type="date"
        required
        value={draft.asOf}
        onValue={(value) => set('asOf', value)}
        problem={problem}
      />
      <TextField
        label={t('reviewBy')}
        name="reviewBy"
        type="date"
        optional
        hint={t('reviewByHint')}
        min={draft.asOf}
        value={draft.reviewBy}
        onValue={(value) => set('reviewBy', value)}
        problem={problem}
        {...(reviewByWrong(draft) ? { error: t('reviewByWrong') } : {})}
      />
    </div>
  );
}

function Exception({ drafting, asked }: { drafting: Drafting; asked: boolean }) {
  const t = useText(texts);
  const [open, setOpen] = useState(false);
  const { draft, set, problem } = drafting;
  if (!open && draft.sourceException === '') {
    return asked ? (
      <Button small look="quiet" icon="edit" onPress={() => setOpen(true)}>
        {t('exceptionOpen')}
      </Button>
    ) : null;
  }
  return (
    <TextArea
      label={t('exception')}
      name="sourceException"
      hint={t('exceptionHint')}
      maxLength={2000}
      value={draft.sourceException}
      onValue={(value) => set('sourceException', value)}
      problem={problem}
      {...(exceptionTooShort(draft) ? { error: t('exceptionShort') } : {})}
    />
  );
}

/** The workplace of a draft: the claim on one side, the answer and its sources on the other. */
export function Editor({ check, onStored }: { check: CheckVersion; onStored: (next: CheckVersion) => void }) {
  const t = useText(texts);
  const frame = useText(common);
  const codes = useCodes();
  const toast = useToast();
  const drafting = useDraft(check, onStored);
  const submit = useAction('checks.submit', ['claims.']);
  const [sending, setSending] = useState(false);
  const { draft, set, problem } = drafting;
  const readiness = readinessOf(draft, check.evidence);

  async function send(): Promise<void> {
    if (!readiness.ready || sending) return;
    setSending(true);
    const version = await drafting.flush();
    setSending(false);
    if (version === null) return;
    submit.run({ params: { id: check.id }, ifMatch: version }, (next) => {
      onStored(next);
      toast(t('submitted'));
    });
  }

  useShortcuts([
    ...verdictCodes.map((code, index) => ({
      key: String(index + 1),
      label: t('keyVerdict', { verdict: codes.verdict[code] }),
      run: () => set('verdict', code),
    })),
    { key: 's', label: t('keySubmit'), run: () => void send() },
  ]);

  const nameOf = (key: FieldKey): string => {
    if (key === 'verdict' || key === 'authenticity') return frame(key);
    if (key === 'sourceException') return t('exception');
    if (key === 'asOf' || key === 'reviewBy') return t(key);
    const [language, name] = key.split('.') as ['hi' | 'en', 'headline' | 'summary' | 'correctionNote'];
    return `${t(language)} · ${t(name)}`;
  };

  return (
    <div class="check-halves">
      {check.returnComment ? (
        <div class="check-returned">
          <Note tone="alert">
            <strong>{t('returnedTitle')}</strong>
            <p class="original">{check.returnComment}</p>
          </Note>
        </div>
      ) : null}
      <div class="check-aside">
        <ClaimSide check={check} />
      </div>
      <section class="check-work" aria-label={t('work')}>
        <Conflicts drafting={drafting} nameOf={nameOf} />
        <ProblemNote problem={problem ?? submit.problem} />
        <VerdictPicker value={verdictOf(draft)} onValue={(code) => set('verdict', code)} problem={problem} />
        <AuthenticityPicker
          value={authenticityOf(draft)}
          onValue={(code) => set('authenticity', code)}
          problem={problem}
        />
        <WordsEditor drafting={drafting} later={check.number > 1} />
        <SourcesEditor check={check} onStored={onStored} />
        <Exception
          drafting={drafting}
          asked={readiness.needs.some((need) => need === 'two' || need === 'strong')}
        />
        <Dates drafting={drafting} />
        <History check={check} />
      </section>
      <div class="check-meter">
        <ReadinessCard
          readiness={readiness}
          saveState={drafting.state}
          busy={sending || submit.pending}
          onSubmit={() => void send()}
        />
      </div>
    </div>
  );
}
