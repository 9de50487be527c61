import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Fact } from '../../server/contract/library.js';
import { useRead } from '../api/queries.js';
import { useLanguage } from '../i18n/language.js';
import { TextField } from './field.js';
import { ProblemNote, Skeleton } from './messages.js';
import { useSettled } from './use-settled.js';
import { VerdictMark } from './verdict-mark.js';

/** A pause in typing this long asks the server. */
const pauseMs = 200;
const shown = 8;

export interface FactSearchProps {
  label: string;
  placeholder?: string;
  /** Said when nothing is found. */
  none: string;
  /** What can be done with a fact: usually one button. */
  act: (fact: Fact) => ComponentChildren;
}

/** Facts to choose from: the newest, or those that answer what is typed. */
export function FactSearch({ label, placeholder, none, act }: FactSearchProps) {
  const { language } = useLanguage();
  const other = language === 'hi' ? 'en' : 'hi';
  const [typed, setTyped] = useState('');
  const asked = useSettled(typed.trim(), pauseMs);
  const query = { q: asked || undefined, limit: shown };
  const found = useRead('library.search', { query }, { keepPrevious: true });
  return (
    <div class="stack">
      <TextField
        label={label}
        name="factSearch"
        type="search"
        value={typed}
        onValue={setTyped}
        {...(placeholder !== undefined && { placeholder })}
        maxLength={400}
        autoComplete="off"
      />
      <ProblemNote problem={found.problem} />
      {found.loading ? <Skeleton rows={3} /> : null}
      {found.data?.items.length === 0 ? <p class="hint">{none}</p> : null}
      <ul class="offered" aria-busy={found.fetching}>
        {found.data?.items.map(({ fact }) => {
          const own = fact.texts[language];
          return (
            <li key={fact.id}>
              <div>
                <VerdictMark code={fact.verdict} />
                <p class="clamp" lang={own ? language : other}>
                  {(own ?? fact.texts[other])?.headline}
                </p>
              </div>
              {act(fact)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
