import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Icon } from '../../parts/icon.js';
import { texts } from './texts.js';

/** A pause in typing this long asks the server. */
const pauseMs = 180;

export interface SearchBoxProps {
  inputRef: RefObject<HTMLInputElement>;
  value: string;
  busy: boolean;
  onValue: (value: string) => void;
  /** Arrow down: from the box into the list. */
  onDown: () => void;
}

export function SearchBox({ inputRef, value, busy, onValue, onDown }: SearchBoxProps) {
  const t = useText(texts);
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const asked = useRef(value);

  // Another question came from outside: a link, the way back, "clear".
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function ask(next: string): void {
    clearTimeout(timer.current);
    asked.current = next.trim();
    onValue(asked.current);
  }
  function type(next: string): void {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(next), pauseMs);
  }

  return (
    <search>
      <form
        class="search-box"
        onSubmit={(event) => {
          event.preventDefault();
          ask(typed);
        }}
      >
        {busy ? <span class="spinner" aria-hidden="true" /> : <Icon name="search" />}
        <input
          ref={inputRef}
          type="search"
          value={typed}
          maxLength={400}
          aria-label={t('search')}
          aria-keyshortcuts="/"
          placeholder={t('search')}
          title={t('searchHint')}
          autocomplete="off"
          enterkeyhint="search"
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              onDown();
            }
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
        {typed === '' ? (
          <span class="key" aria-hidden="true">
            /
          </span>
        ) : (
          <Button
            look="quiet"
            icon="close"
            label={t('clear')}
            onPress={() => {
              setTyped('');
              ask('');
              inputRef.current?.focus();
            }}
          />
        )}
      </form>
    </search>
  );
}
