import type { CheckText, CheckTexts } from '../../../server/contract/check.js';
import type { Fact, FactDetail } from '../../../server/contract/library.js';
import type { Language } from '../../../server/contract/lists.js';
import type { Codes } from '../../i18n/code-labels.js';
import type { Format } from '../../i18n/format.js';
import type { library } from '../../i18n/hi/library.js';
import { nameIn } from '../../i18n/language.js';
import type { Translate } from '../../i18n/message.js';
import { fromMark } from '../../parts/highlight.js';

/** A check's text in the language on screen, or in the other with its language named. */
export function textIn(
  texts: CheckTexts,
  language: Language,
): { text: CheckText; language: Language } | null {
  const other: Language = language === 'hi' ? 'en' : 'hi';
  const own = texts[language];
  if (own) return { text: own, language };
  const foreign = texts[other];
  return foreign ? { text: foreign, language: other } : null;
}

/** Of what a list does not show of a fact, the passage with the words it was found by; null where it shows some of them. */
export function hiddenPassage(
  { texts, claim }: Pick<Fact, 'texts' | 'claim'>,
  { matched, language }: { matched: readonly string[]; language: Language },
): { text: string; language: Language } | null {
  const own = textIn(texts, language);
  const shown = [own?.text.headline ?? '', claim.text];
  if (!own || shown.some((text) => fromMark(text, matched) !== null)) return null;
  const other: Language = own.language === 'hi' ? 'en' : 'hi';
  const hidden = [
    { text: own.text.summary, language: own.language },
    { text: texts[other]?.headline ?? '', language: other },
    { text: texts[other]?.summary ?? '', language: other },
  ];
  for (const { text, language } of hidden) {
    const found = fromMark(text, matched);
    if (found !== null) return { text: found, language };
  }
  return null;
}

/** Where a fact stands for whoever may see it. */
export function factAddress(id: string): string {
  return `${location.origin}/library/${id}`;
}

export interface Wording {
  t: Translate<typeof library>;
  codes: Codes;
  format: Format;
  language: Language;
  /** Address of the fact, for whoever wants to see the whole. */
  address: string;
}

/** The fact as a message that stands alone: claim, verdict, truth, sources, who issued it. */
export function plainText(fact: FactDetail, { t, codes, format, language, address }: Wording): string {
  const words = textIn(fact.texts, language);
  const lines = [
    t('claimLine', { text: fact.claim.text }),
    t('verdictLine', { verdict: codes.verdict[fact.verdict] }),
    ...(fact.authenticity ? [t('mediaLine', { authenticity: codes.authenticity[fact.authenticity] })] : []),
    ...(words ? [t('truthLine', { text: words.text.headline }), '', words.text.summary] : []),
    '',
    t('sourcesLine'),
    ...fact.evidence.map(({ publisher, url }, index) => `${index + 1}. ${publisher}${url ? ` ${url}` : ''}`),
    '',
    t('issuedLine', { date: format.date(fact.asOf), issuer: nameIn(fact.issuedBy, language) }),
    address,
  ];
  return lines.join('\n');
}
