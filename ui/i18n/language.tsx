import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { Language } from '../../server/contract/lists.js';
import { readLocal, writeLocal } from '../api/local.js';
import { createFormat, type Format } from './format.js';
import { type Area, fill, type Message, type Texts, type Translate } from './message.js';

interface LanguageState {
  language: Language;
  setLanguage(language: Language): void;
  format: Format;
}

const LanguageContext = createContext<LanguageState>({
  language: 'hi',
  setLanguage: () => {},
  format: createFormat('hi'),
});

/** Holds the language on screen, keeps it on this device and sets `<html lang>`. */
export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [language, setState] = useState<Language>(() => (readLocal('language') === 'en' ? 'en' : 'hi'));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const setLanguage = useCallback((next: Language) => {
    writeLocal('language', next);
    setState(next);
  }, []);
  const state = useMemo(
    () => ({ language, setLanguage, format: createFormat(language) }),
    [language, setLanguage],
  );
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
