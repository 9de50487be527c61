import { useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { FactSearch } from '../../parts/fact-search.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { type DraftFact, draftFact, moved } from './draft.js';
import { texts } from './texts.js';

export interface FactPickerProps {
  value: readonly DraftFact[];
  onValue: (facts: readonly DraftFact[]) => void;
}

function Chosen({ value, onValue }: FactPickerProps) {
  const t = useText(texts);
  const { language } = useLanguage();
  const other = language === 'hi' ? 'en' : 'hi';
  if (value.length === 0) return <p class="hint">{t('factsMissing')}</p>;
  return (
    <ol class="offered picked">
      {value.map((fact, index) => (
        <li key={fact.id}>
          <div>
            {fact.verdict ? <VerdictMark code={fact.verdict} /> : null}
            {fact.state !== 'verified' ? <strong> · {t('amber')}</strong> : null}
            <p lang={fact.texts[language] ? language : other}>
              {(fact.texts[language] ?? fact.texts[other])?.headline}
            </p>
          </div>
          <span class="picked-acts">
            {index > 0 ? (
              <Button
                look="quiet"
                small
                icon="down"
                label={t('moveUp')}
                onPress={() => onValue(moved(value, index, -1))}
              />
            ) : null}
            <Button
              look="quiet"
              small
              icon="close"
              label={t('remove')}
              onPress={() => onValue(value.filter(({ id }) => id !== fact.id))}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Facts the pack stands on, and a search for more; the first leads. */
export function FactPicker({ value, onValue }: FactPickerProps) {
  const t = useText(texts);
  return (
    <div class="stack">
      <Chosen value={value} onValue={onValue} />
      <FactSearch
        label={t('factSearch')}
        placeholder={t('factHint')}
        none={t('factNone')}
        act={(fact) => {
          const added = value.some(({ id }) => id === fact.id);
          return (
            <Button
              small
              icon={added ? 'check' : 'plus'}
              disabled={added}
              onPress={() => onValue([...value, draftFact(fact)])}
            >
              {t(added ? 'factAdded' : 'factAdd')}
            </Button>
          );
        }}
      />
    </div>
  );
}
