import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useAction, useRead } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { ProblemNote } from '../../parts/messages.js';
import { useTitle } from '../../parts/page.js';
import { type DraftFact, draftFact } from './draft.js';
import { FactPicker } from './fact-picker.js';
import { texts } from './texts.js';

/** A pack begins with its facts; `?fact=` brings one along. */
export function NewPack() {
  const t = useText(texts);
  const { query, route } = useLocation();
  const create = useAction('packs.create');
  const [facts, setFacts] = useState<readonly DraftFact[]>([]);
  const brought = useRead(
    'library.read',
    { params: { id: query.fact ?? '' } },
    { enabled: Boolean(query.fact) },
  );
  const { data } = brought;
  useTitle(t('newPack'));
  useEffect(() => {
    if (data) setFacts((now) => (now.some(({ id }) => id === data.id) ? now : [...now, draftFact(data)]));
  }, [data]);
  return (
    <section class="composer">
      <header>
        <h1>{t('newPack')}</h1>
        <p class="hint">{t('startText')}</p>
      </header>
      <div class="part sheet stack">
        <h2>{t('factsTitle')}</h2>
        <FactPicker value={facts} onValue={setFacts} />
      </div>
      <ProblemNote problem={create.problem} />
      <div class="composer-bar">
        <Button
          look="main"
          icon="plus"
          disabled={facts.length === 0}
          busy={create.pending}
          onPress={() =>
            create.run({ body: { factIds: facts.map(({ id }) => id) } }, ({ id }) =>
              route(`/packs/${id}`, true),
            )
          }
        >
          {t('start')}
        </Button>
      </div>
    </section>
  );
}
