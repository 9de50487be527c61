import { withoutLinks } from './analyser/clean.js';
import { phoneticKey } from './analyser/phonetic.js';
import { contentWords } from './analyser/stop-words.js';
import { tokenise } from './analyser/tokenise.js';
import type { Candidate, IndexedKind, SearchAudience, SearchIndex } from './search-index.js';

/** `same` may be joined at a glance, `likely` must be read, `related` helps research. */
export type MatchBand = (typeof bands)[number];

/** Closest first. */
const bands = ['same', 'likely', 'related'] as const;

export interface ClaimMatch {
  id: string;
  kind: IndexedKind;
  objectId: string;
  clusterId: string;
  band: MatchBand;
  /** 0 to 1: share of words in common. */
  score: number;
  /** Words that met: as in the text asked about, and as in the document (scripts may differ). */
  reasons: { text: string; document: string }[];
}

export interface MatchQuery {
  text: string;
  audience: SearchAudience;
  excludeIds?: string[];
  /** Most matches returned; 20 when left out. */
  limit?: number;
}

export interface Matcher {
  matchText(query: MatchQuery): Promise<ClaimMatch[]>;
}

/** Shorter texts say too little for shared words to prove that they say the same. */
const shortWords = 8;
const passageCharacters = 5_000;
const negations = new Set([
  'नहीं',
  'नही',
  'न',
  'ना',
  'मत',
  'nahi',
  'nahin',
  'nhi',
  'na',
  'mat',
  'not',
  'no',
  'never',
]);

type Judgement = Pick<ClaimMatch, 'band' | 'score' | 'reasons'>;

interface Wording {
  /** All words in order, to tell identical texts. */
  line: string;
  length: number;
  /** Words that carry meaning, by the key where scripts meet. */
  words: Map<string, string>;
  /** Numbers and negations: where they differ, the claim differs. */
  turning: string;
}

/** Finds claims and facts that say what a text says; works the same on every engine. */
export function createMatcher({ index }: { index: Pick<SearchIndex, 'candidates'> }): Matcher {
  return {
    async matchText({ text, audience, excludeIds = [], limit = 20 }) {
      const asked = wordingOf(withoutLinks(text));
      if (asked.words.size === 0) return [];
      const candidates = await index.candidates({ text, audience, excludeIds });
      return candidates
        .flatMap((candidate) => bestPassage(asked, candidate))
        .sort((a, b) => closestFirst(a, b) || a.id.localeCompare(b.id))
        .slice(0, limit);
    },
  };
}

function bestPassage(asked: Wording, { id, kind, objectId, clusterId, passages }: Candidate): ClaimMatch[] {
  const [best] = passages
    .flatMap((passage) => judge(asked, wordingOf(withoutLinks(passage.slice(0, passageCharacters)))) ?? [])
    .sort(closestFirst);
  return best ? [{ id, kind, objectId, clusterId, ...best }] : [];
}

function judge(asked: Wording, passage: Wording): Judgement | null {
  const reasons: ClaimMatch['reasons'] = [];
  for (const [key, text] of asked.words) {
    const document = passage.words.get(key);
    if (document !== undefined) reasons.push({ text, document });
  }
  const shared = reasons.length;
  const smaller = Math.min(asked.words.size, passage.words.size);
  if (shared < Math.min(2, smaller) || shared === 0) return null;
  const identical = asked.line === passage.line;
  const overlap = (2 * shared) / (asked.words.size + passage.words.size);
  // A claim inside a long forward: all its words are there. Of very few words that says less.
  const contained = (shared / smaller) * (smaller < 4 ? 0.6 : 0.9);
  const score = identical ? 1 : Math.min(0.99, Math.max(overlap, contained));
  const long = Math.min(asked.length, passage.length) >= shortWords;
  const same = identical || (long && overlap >= 0.85 && asked.turning === passage.turning);
  if (same) return { band: 'same', score, reasons };
  if (score >= 0.6 && shared >= 3) return { band: 'likely', score, reasons };
  return score >= 0.25 ? { band: 'related', score, reasons } : null;
}

function wordingOf(text: string): Wording {
  const tokens = tokenise(text);
  const words = new Map<string, string>();
  for (const { word, original } of contentWords(tokens)) {
    const key = phoneticKey(word) || word;
    if (!words.has(key)) words.set(key, original);
  }
  const turning = tokens.map(({ word }) => (negations.has(word) ? 'not' : word)).filter(isTurning);
  return {
    line: tokens.map(({ word }) => word).join(' '),
    length: tokens.length,
    words,
    turning: [...new Set(turning)].sort().join(' '),
  };
}

function isTurning(word: string): boolean {
  return word === 'not' || /\p{N}/u.test(word);
}

function closestFirst(a: Judgement, b: Judgement): number {
  return bands.indexOf(a.band) - bands.indexOf(b.band) || b.score - a.score;
}
