import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Language } from '../../server/contract/lists.js';
import { readLocal, writeLocal } from '../api/local.js';
import type { Codes } from './code-labels.js';
import { createFormat, type Format } from './format.js';
import { codes as hindi } from './hi/codes.js';
import { type Area, fill, type Message, type Texts, type Translate } from './message.js';

interface LanguageState {
  language: Language;
  setLanguage(language: Language): void;
  format: Format;
  codes: Codes;
}

const LanguageContext = createContext<LanguageState>({
  language: 'hi',
  setLanguage: () => {},
  format: createFormat('hi'),
  codes: hindi,
});

/** Hindi is always there; the English labels are fetched by whoever reads English. */
async function codesOf(language: Language): Promise<Codes> {
  return language === 'hi' ? hindi : (await import('./en/codes.js')).codes;
}

/** Holds the language on screen, keeps it on this device and sets `<html lang>`. */
export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [shown, setShown] = useState<{ language: Language; codes: Codes } | null>(() =>
    readLocal('language') === 'en' ? null : { language: 'hi', codes: hindi },
  );
  const wanted = useRef<Language>(shown ? 'hi' : 'en');
  const setLanguage = useCallback((next: Language) => {
    wanted.current = next;
    codesOf(next).then(
      (codes) => {
        if (wanted.current !== next) return;
        writeLocal('language', next);
        setShown((now) => (now?.language === next ? now : { language: next, codes }));
      },
      // Without a line the page stays readable in the language it has.
      () => setShown((now) => now ?? { language: 'hi', codes: hindi }),
    );
  }, []);
  useEffect(() => setLanguage(wanted.current), [setLanguage]);
  useEffect(() => {
    if (shown) document.documentElement.lang = shown.language;
  }, [shown]);
  const state = useMemo(
    () => (shown ? { ...shown, setLanguage, format: createFormat(shown.language) } : null),
    [shown, setLanguage],
  );
  if (!state) return null;
  return <LanguageContext.Provider value={state}>{children}</LanguageContext.Provider>;
}

export function useLanguage(): LanguageState {
  return useContext(LanguageContext);
}

export function useFormat(): Format {
  return useContext(LanguageContext).format;
}

/** The `t` of one area: `const t = useText({ hi, en }); t('title')`. */
export function useText<A extends Area>(texts: Texts<A>): Translate<A> {
  const { language } = useLanguage();
  return useCallback(
    (key, ...values) => {
      const message: Message | undefined = texts[language][key];
      return fill(message ?? key, values[0] ?? {}, language);
    },
    [texts, language],
  );
}

/** A name in the language on screen, or in the other one when it has no other. */
export function nameIn(names: { hi?: string; en?: string } | null | undefined, language: Language): string {
  if (!names) return '';
  return (language === 'hi' ? (names.hi ?? names.en) : (names.en ?? names.hi)) ?? '';
}
