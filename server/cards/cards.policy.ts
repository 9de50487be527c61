import type { CardDocument, CardDraft, CardTexts } from '../contract/card.js';
import { longestClaim } from '../contract/card-limits.js';
import type { CreativeTexts } from '../contract/creative.js';
import type { Language } from '../contract/lists.js';
import { stampWords } from '../creatives/overlays.policy.js';
import type { FieldProblem, Messages } from '../errors.js';
import type { CardFact } from './cards.repository.js';

/** A picture to go on a card. */
export interface CardImage {
  id: string;
  sha256: string;
  focal: { x: number; y: number };
  credit: string;
}

interface Labels {
  claim: string;
  fact: string;
  scan: string;
  sources(names: readonly string[], more: number): string;
  asOf(day: string): string;
  photo(credit: string): string;
  card(headline: string): string;
  alt(parts: { claim: string; verdict: string; fact: string; issuedBy: string }): string;
}

const words: Readonly<Record<Language, Labels>> = {
  hi: {
    claim: 'दावा',
    fact: 'तथ्य',
    scan: 'पूरा तथ्य पढ़ें',
    sources: (names, more) => `स्रोत: ${names.join(', ')}${more > 0 ? ` और ${more} अन्य` : ''}`,
    asOf: (day) => `${day} की स्थिति`,
    photo: (credit) => `चित्र: ${credit}`,
    card: (headline) => `कार्ड: ${headline}`,
    alt: ({ claim, verdict, fact, issuedBy }) =>
      `तथ्य-कार्ड। दावा: ${claim} निष्कर्ष: ${verdict}। तथ्य: ${fact} ${issuedBy}।`,
  },
  en: {
    claim: 'Claim',
    fact: 'Fact',
    scan: 'Read the full fact',
    sources: (names, more) =>
      `${names.length + more > 1 ? 'Sources' : 'Source'}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    asOf: (day) => `As of ${day}`,
    photo: (credit) => `Photo: ${credit}`,
    card: (headline) => `Card: ${headline}`,
    alt: ({ claim, verdict, fact, issuedBy }) =>
      `Fact card. Claim: ${claim} Verdict: ${verdict}. Fact: ${fact} ${issuedBy}.`,
  },
};

const mostSources = 3;

export const sentences = {
  notVerified: {
    hi: 'कार्ड केवल उस तथ्य का बनता है जो अभी सत्यापित है।',
    en: 'A card is made only of a fact that is verified now.',
  },
  noText: {
    hi: 'इस तथ्य का पाठ इस भाषा में नहीं लिखा गया है। दूसरी भाषा चुनें।',
    en: 'This fact has no text in this language. Choose the other one.',
  },
  otherScript: {
    hi: 'दावा देवनागरी या रोमन अक्षरों में लिखें; दूसरी लिपि कार्ड पर नहीं बनती।',
    en: 'Write the claim in Devanagari or Latin letters; other scripts cannot be drawn on a card.',
  },
  imageNeeded: {
    hi: 'इस साँचे के लिए एक चित्र चुनें।',
    en: 'Choose a picture for this template.',
  },
  imageNotTaken: {
    hi: 'यह साँचा चित्र नहीं लेता।',
    en: 'This template takes no picture.',
  },
  imageUnfit: {
    hi: 'यह चित्र कार्ड पर नहीं लगाया जा सकता। जाँचा हुआ, अपलोड किया गया चित्र चुनें।',
    en: 'This picture cannot go on a card. Choose an uploaded picture that has been looked into.',
  },
} as const satisfies Record<string, Messages>;

/** Without little pictures, which no text font has, and without what forwarding leaves around a text. */
function plain(text: string): string {
  return text
    .replace(
      /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\ufe0e|\ufe0f|\u20e3/gu,
      ' ',
    )
    .replace(/(?<=^|\s)[*_~]+(?=\S)|(?<=\S)[*_~]+(?=\s|$|[,.!?।])/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A claim short enough for a card: whole sentences when some fit, else cut at a word and marked as cut. */
export function shortClaim(text: string): string {
  const whole = plain(text).replace(/^["“”'‘’«]+|["“”'‘’»]+$/gu, '');
  if (whole.length <= longestClaim) return whole;
  const head = whole.slice(0, longestClaim - 2);
  const sentence = /^.*[।.!?](?=\s)/su.exec(head)?.[0] ?? '';
  if (sentence.length >= longestClaim / 3) return `${sentence.trim()} …`;
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), 1)).trim()} …`;
}

/** Whether a text is written in letters the cards' font has. */
function isDrawable(text: string): boolean {
  return !/[^\p{Script=Devanagari}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text);
}

/** The claim as the card will quote it: as the designer worded it, or the lead claim's own words. */
export function claimFor(fact: Pick<CardFact, 'claim'>, { claim }: Pick<CardDraft, 'claim'>): string {
  return shortClaim(claim ?? fact.claim.text);
}

/** What is wrong with a draft for this fact. */
export function draftProblems(fact: CardFact, draft: CardDraft): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: keyof CardDraft, messages: Messages) => problems.push({ path: `/${field}`, messages });
  if (fact.texts[draft.language] === undefined) add('language', sentences.noText);
  const claim = claimFor(fact, draft);
  if (claim === '' || !isDrawable(claim)) add('claim', sentences.otherScript);
  if (draft.template === 'photo' && draft.imageCreativeId === undefined) {
    add('imageCreativeId', sentences.imageNeeded);
  }
  if (draft.template !== 'photo' && draft.imageCreativeId !== undefined) {
    add('imageCreativeId', sentences.imageNotTaken);
  }
  return problems;
}

function dayInWords(day: string, language: Language): string {
  const locale = language === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN';
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}

function sourcesInWords(publishers: readonly string[], language: Language): string {
  const names = publishers.map(plain).filter((name) => name !== '');
  return words[language].sources(names.slice(0, mostSources), Math.max(0, names.length - mostSources));
}

function issuerIn(fact: Pick<CardFact, 'issuedBy'>, language: Language): string {
  return fact.issuedBy[language] ?? fact.issuedBy.hi ?? fact.issuedBy.en ?? '';
}

function textsOf(fact: CardFact, draft: CardDraft, image: CardImage | null): CardTexts {
  const { language, template } = draft;
  const label = words[language];
  const { name, kind } = fact.claimant;
  const named = name !== null && (kind === 'person' || kind === 'organisation') ? plain(name) : '';
  const credit = plain(image?.credit ?? '');
  return {
    claimLabel: label.claim,
    claim: `“${claimFor(fact, draft)}”`,
    saidBy: template === 'quote' && named !== '' && isDrawable(named) ? `— ${named}` : null,
    verdict: stampWords[fact.verdict][language],
    factLabel: label.fact,
    fact: plain(fact.texts[language]?.headline ?? ''),
    sources: sourcesInWords(fact.publishers, language).slice(0, 500),
    asOf: label.asOf(dayInWords(fact.asOf, language)),
    issuedBy: plain(issuerIn(fact, language)),
    scan: label.scan,
    photoCredit: credit === '' ? null : label.photo(credit),
  };
}

/** Everything that decides how a card looks. The same fact, draft and picture give the same text, byte for byte. */
export function cardDocument(
  fact: CardFact,
  draft: CardDraft,
  { image, address }: { image: CardImage | null; address: string },
): CardDocument {
  const { template, language } = draft;
  const { id: factId, verdict } = fact;
  const photo =
    image === null ? null : { sha256: image.sha256, focal: { x: image.focal.x, y: image.focal.y } };
  return {
    card: 1,
    template,
    language,
    factId,
    verdict,
    address,
    texts: textsOf(fact, draft, image),
    photo,
  };
}

function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}

/** Title and description of the card in both languages; what the fact lacks in one is said in the other's words. */
export function describeCard(fact: CardFact, draft: CardDraft): CreativeTexts {
  const { hi, en } = fact.texts;
  const claim = `“${claimFor(fact, draft)}”`;
  const describe = (language: Language) => {
    const headline = plain((language === 'hi' ? (hi ?? en) : (en ?? hi))?.headline ?? '');
    const verdict = stampWords[fact.verdict][language];
    const issuedBy = plain(issuerIn(fact, language));
    return {
      title: cut(words[language].card(headline), 200),
      altText: cut(words[language].alt({ claim, verdict, fact: headline, issuedBy }), 1000),
    };
  };
  return { hi: describe('hi'), en: describe('en') };
}
