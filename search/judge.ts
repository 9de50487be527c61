import { type Analyser, isSpelling } from './analyser/analyser.js';
import { postAuthor } from './analyser/clean.js';
import { contentWords } from './analyser/stop-words.js';

/** `same` may be joined at a glance, `likely` must be read, `related` helps research. */
export type MatchBand = (typeof bands)[number];

/** Closest first. */
export const bands = ['same', 'likely', 'related'] as const;

/** What two texts have in common. */
export interface Judgement {
  band: MatchBand;
  /** 0 to 1: share of words in common. */
  score: number;
  /** Words that met: as in the text asked about, and as in the document (scripts may differ). */
  reasons: { text: string; document: string }[];
}

/** A text as it is compared. */
export interface Wording {
  /** All words in order, to tell identical texts. */
  line: readonly string[];
  /** Words that carry meaning, by the key where scripts meet. */
  words: Map<string, Word>;
  /** Numbers, and whether it denies: where they differ, the claim differs. */
  numbers: Set<string>;
  denies: boolean;
}

/** A text that others are compared with. */
export interface AskedWording extends Wording {
  /** The first of the words with this stem, these consonants, or this meaning in the lexicon. */
  byStem: Map<string, Word>;
  bySkeleton: Map<string, Word>;
  byMeaning: Map<string, Word>;
}

interface Word {
  original: string;
  latin: boolean;
  stem: string;
  skeleton: string;
  meanings: readonly string[];
}

/** Shorter texts say too little for shared words to prove that they say the same. */
const shortWords = 8;
/** Vowels fall out between scripts; a meaning may be met by another word than the one meant. */
const skeletonShare = 0.9;
const meaningShare = 0.6;
const shortestSkeleton = 3;
const negations = new Set(
  'नहीं नही न ना मत नहि नाही ਨਹੀਂ ਨਹੀਂ ਨਾ nahi nahin nhi nahee na mat not no never none cannot'.split(' '),
);

export function wordingOf(text: string, analyser: Analyser): Wording {
  const tokens = analyser.tokens(postAuthor(text).said);
  const content = contentWords(tokens);
  const wording: Wording = {
    line: tokens.map(({ word }) => word),
    words: new Map(),
    numbers: new Set(),
    denies: tokens.some(({ word }) => negations.has(word)),
  };
  for (const { word } of tokens) if (hasNumber(word)) wording.numbers.add(word);
  const meanings = analyser.meaningsOf(content.map(({ word }) => word));
  for (const [at, { word, original }] of content.entries()) {
    const { stem, key, skeleton } = analyser.features(word);
    const entry: Word = {
      original,
      latin: isLatin(word),
      stem,
      skeleton: skeleton.length >= shortestSkeleton ? skeleton : '',
      meanings: meanings[at] ?? [],
    };
    setFirst(wording.words, key || word, entry);
  }
  return wording;
}

export function askedWordingOf(text: string, analyser: Analyser): AskedWording {
  const asked: AskedWording = {
    ...wordingOf(text, analyser),
    byStem: new Map(),
    bySkeleton: new Map(),
    byMeaning: new Map(),
  };
  for (const word of asked.words.values()) {
    setFirst(asked.byStem, word.stem, word);
    if (word.skeleton !== '') setFirst(asked.bySkeleton, word.skeleton, word);
    for (const meaning of word.meanings) setFirst(asked.byMeaning, meaning, word);
  }
  return asked;
}

function isLatin(word: string): boolean {
  const first = word.charCodeAt(0);
  return first >= 0x61 && first <= 0x7a;
}

/** Folded words have their digits as 0 to 9, those of other scripts aside. */
function hasNumber(word: string): boolean {
  return isLatin(word) ? /\d/u.test(word) : /\p{N}/u.test(word);
}

function setFirst<K>(map: Map<K, Word>, key: K, word: Word): void {
  if (!map.has(key)) map.set(key, word);
}

/** The asked word a passage's word meets, and how much of a meeting it is. */
function meeting(asked: AskedWording, key: string, word: Word): { text: Word; share: number } | null {
  const same = asked.words.get(key) ?? asked.byStem.get(word.stem);
  if (same) return { text: same, share: 1 };
  const alike = asked.bySkeleton.get(word.skeleton);
  // Within one script other vowels make another word: बिल is no बल.
  if (alike && alike.latin !== word.latin) return { text: alike, share: skeletonShare };
  for (const meaning of word.meanings) {
    const meant = asked.byMeaning.get(meaning);
    if (meant) return { text: meant, share: isSpelling(meaning) ? skeletonShare : meaningShare };
  }
  return null;
}

/**
 * Compares a text with a passage of a document; null when they have next to nothing in common. The bands were chosen
 * on posts of CLEF CheckThat! 2020 (English) and 2025 (Hindi, Marathi, Punjabi). Of 48 matches called `same` there two
 * were not judged right, and these are copies of the post word for word. `npm run bench -- search --data DIR` prints it.
 */
export function judge(asked: AskedWording, passage: Wording): Judgement | null {
  const met = new Map<Word, number>();
  const reasons: Judgement['reasons'] = [];
  let weight = 0;
  for (const [key, word] of passage.words) {
    const found = meeting(asked, key, word);
    if (!found) continue;
    reasons.push({ text: found.text.original, document: word.original });
    weight += found.share;
    met.set(found.text, Math.max(found.share, met.get(found.text) ?? 0));
  }
  const shared = met.size;
  const [wanted, there] = [asked.words.size, passage.words.size];
  const smaller = Math.min(wanted, there);
  if (shared < Math.min(2, smaller) || shared === 0) return null;
  const askedWeight = [...met.values()].reduce((sum, share) => sum + share, 0);
  const overlap = (askedWeight + weight) / (wanted + there);
  // A claim inside a long forward, or the other way about: all words of the one are there.
  const contained = Math.max(weight / there, askedWeight / wanted);
  const identical = sameLine(asked.line, passage.line);
  // Of very few words that says less.
  const score = identical ? 1 : Math.min(0.99, Math.max(overlap, contained * (smaller < 4 ? 0.6 : 0.9)));
  const agreed = asked.denies === passage.denies && sameSet(asked.numbers, passage.numbers);
  const long = Math.min(asked.line.length, passage.line.length) >= shortWords;
  // A word left out or added is none the matter; one in the place of another, a town or "open" for "closed", is.
  const replaced = shared < wanted && reasons.length < there;
  if (identical || (long && agreed && !replaced && overlap >= 0.85)) return { band: 'same', score, reasons };
  const likely =
    (shared >= 3 && overlap >= 0.6) || (shared >= 4 && contained >= 0.6) || (shared >= 6 && contained >= 0.4);
  if (likely) return { band: 'likely', score, reasons };
  const related = score >= 0.5 || (shared >= 3 && score >= 0.25);
  return related ? { band: 'related', score, reasons } : null;
}

function sameLine(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, at) => word === other[at]);
}

function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((value) => other.has(value));
}
