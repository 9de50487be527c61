import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { Button } from './button.js';
import { Icon } from './icon.js';

/** A pause in typing this long asks the server. */
const pauseMs = 180;

export interface SearchBoxProps {
  inputRef: RefObject<HTMLInputElement>;
  label: string;
  /** Says more than fits inside. */
  hint?: string;
  value: string;
  busy: boolean;
  onValue: (value: string) => void;
  /** Arrow down: from the box into the list. */
  onDown: () => void;
}

/** Asks while one types. `/` brings the cursor here, Escape empties it and then leaves it. */
export function SearchBox({ inputRef, label, hint, value, busy, onValue, onDown }: SearchBoxProps) {
  const t = useText(common);
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
  function empty(): void {
    setTyped('');
    ask('');
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
          aria-label={label}
          aria-keyshortcuts="/"
          placeholder={label}
          title={hint}
          autocomplete="off"
          enterkeyhint="search"
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              onDown();
            }
            if (event.key === 'Escape') {
              event.preventDefault();
              if (typed === '') event.currentTarget.blur();
              else empty();
            }
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
            label={t('clearSearch')}
            onPress={() => {
              empty();
              inputRef.current?.focus();
            }}
          />
        )}
      </form>
    </search>
  );
}
