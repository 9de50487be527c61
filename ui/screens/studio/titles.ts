import type { CreativeSummary } from '../../../server/contract/creative.js';
import type { Language } from '../../../server/contract/lists.js';

export interface Title {
  text: string;
  /** For the `lang` attribute; a file name is of no language. */
  lang: Language | 'und';
}

/** What a creative is called: its title in the language on screen, in the other one, or the file's name. */
export function titleOf(
  { texts, originalName }: Pick<CreativeSummary, 'texts' | 'originalName'>,
  language: Language,
): Title {
  const other = language === 'hi' ? 'en' : 'hi';
  for (const lang of [language, other] as const) {
    const text = texts[lang]?.title;
    if (text) return { text, lang };
  }
  return { text: originalName, lang: 'und' };
}

/** What it shows, for those who do not see it. */
export function altOf({ texts }: Pick<CreativeSummary, 'texts'>, language: Language): string {
  const other = language === 'hi' ? 'en' : 'hi';
  return texts[language]?.altText || texts[other]?.altText || '';
}
