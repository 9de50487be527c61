import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Note } from '../../parts/messages.js';
import type { FieldKey } from './draft.js';
import { texts } from './texts.js';
import type { Drafting } from './use-draft.js';

/** Parts that two people changed at once: both wordings, and a choice for each. */
export function Conflicts({ drafting, nameOf }: { drafting: Drafting; nameOf: (key: FieldKey) => string }) {
  const t = useText(texts);
  const { conflicts, base, draft, keep } = drafting;
  if (conflicts.length === 0) return null;
  return (
    <Note tone="alert" role="alert">
      <strong>{t('conflictTitle')}</strong>
      <p>{t('conflictText')}</p>
      <ul class="stack">
        {conflicts.map((key) => (
          <li key={key} class="stack-small check-conflict">
            <strong>{nameOf(key)}</strong>
            <p class="original">
              <span class="faint">{t('theirs')}: </span>
              {base[key] || t('empty')}
            </p>
            <p class="original">
              <span class="faint">{t('mine')}: </span>
              {draft[key] || t('empty')}
            </p>
            <span class="row">
              <Button small onPress={() => keep(key, 'theirs')}>
                {t('takeTheirs')}
              </Button>
              <Button small look="main" onPress={() => keep(key, 'mine')}>
                {t('keepMine')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Note>
  );
}
