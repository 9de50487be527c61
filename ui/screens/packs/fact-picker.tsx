import { useEffect, useState } from 'preact/hooks';
import { useRead } from '../../api/queries.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { TextField } from '../../parts/field.js';
import { ProblemNote, Skeleton } from '../../parts/messages.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { type DraftFact, draftFact, moved } from './draft.js';
import { texts } from './texts.js';

/** A pause in typing this long asks the server. */
const pauseMs = 200;
const shown = 6;

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
    <ol class="picked">
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
  const { language } = useLanguage();
  const other = language === 'hi' ? 'en' : 'hi';
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useRead(
    'library.search',
    { query: { q: asked || undefined, limit: shown } },
    { keepPrevious: true },
  );
  return (
    <div class="stack">
      <Chosen value={value} onValue={onValue} />
      <TextField
        label={t('factSearch')}
        name="factSearch"
        type="search"
        value={typed}
        onValue={setTyped}
        placeholder={t('factHint')}
        maxLength={400}
        autoComplete="off"
      />
      <ProblemNote problem={found.problem} />
      {found.loading ? <Skeleton rows={2} /> : null}
      {found.data?.items.length === 0 ? <p class="hint">{t('factNone')}</p> : null}
      <ul class="offers" aria-busy={found.fetching}>
        {found.data?.items.map(({ fact }) => {
          const added = value.some(({ id }) => id === fact.id);
          const own = fact.texts[language];
          return (
            <li key={fact.id}>
              <div>
                <VerdictMark code={fact.verdict} />
                <p class="clamp" lang={own ? language : other}>
                  {(own ?? fact.texts[other])?.headline}
                </p>
              </div>
              <Button
                small
                icon={added ? 'check' : 'plus'}
                disabled={added}
                onPress={() => onValue([...value, draftFact(fact)])}
              >
                {t(added ? 'factAdded' : 'factAdd')}
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
