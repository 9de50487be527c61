import type { Analyser } from '../analyser/analyser.js';
import type { IndexDocument, SearchHit, SearchQuery, SearchResult } from '../search-index.js';
import { type Asked, type Collection, passagesOf, type Scored } from './collection.js';
import { typedMix } from './mix.js';
import { createSieve } from './sieve.js';

const searchCharacters = 1_000;
const searchWords = 32;
/** Documents beyond this one are not sorted or shown; they are counted. */
const deepest = 200;

/** What a person types, answered: filters, counts, one page, words to highlight. */
export function answer(collection: Collection, analyser: Analyser, query: SearchQuery): SearchResult {
  const { documents } = collection;
  const visible = documents.visibleTo(query.audience);
  const asked = typed(collection, analyser, query.text);
  const found = asked ? matching(collection, asked, visible) : everything(collection, query.text, visible);
  const sieve = createSieve(documents, query);
  const chosen = found.filter(({ slot }) => sieve.passes(slot));
  const newest = (a: Scored, b: Scored) =>
    documents.date(b.slot).localeCompare(documents.date(a.slot)) ||
    documents.id(a.slot).localeCompare(documents.id(b.slot));
  const best = (a: Scored, b: Scored) => b.score - a.score || newest(a, b);
  chosen.sort(query.sort === 'newest' ? newest : best);
  const top = chosen.reduce((most, { score }) => Math.max(most, score), 0);
  const from = within(query.offset ?? 0, 0, deepest);
  const page = chosen.slice(from, from + within(query.limit ?? 20, 1, 100));
  const words = asked ? wordsToMark(collection, asked) : new Set<string>();
  const hits = page.map(({ slot, score }) =>
    toHit(documents.read(slot), analyser, { score: top > 0 ? score / top : 1, words }),
  );
  return { hits, total: chosen.length, facets: sieve.facets() };
}

export function toHit(
  document: IndexDocument,
  analyser: Analyser,
  { score, words }: { score: number; words: ReadonlySet<string> },
): SearchHit {
  const { id, kind, objectId, clusterId } = document;
  return { id, kind, objectId, clusterId, score, matched: ownWords(document, analyser, words) };
}

/** The words of the index that an asked word stands for, but for those that only look a little like it. */
export function wordsToMark({ vocabulary }: Collection, asked: Asked): Set<string> {
  const words = new Set<string>();
  for (const { expansion } of asked.words) {
    const strongest = Math.max(0, ...expansion.values());
    for (const [number, weight] of expansion) {
      if (weight >= strongest * 0.25) words.add(vocabulary.word(number));
    }
  }
  return words;
}

function ownWords(document: IndexDocument, analyser: Analyser, words: ReadonlySet<string>): string[] {
  if (words.size === 0) return [];
  const own = new Set<string>();
  for (const passage of passagesOf(document)) {
    for (const { original, word } of analyser.tokens(passage)) {
      if (own.size >= 40) return [...own];
      if (words.has(word)) own.add(original);
    }
  }
  return [...own];
}

function typed(collection: Collection, analyser: Analyser, text: string): Asked | null {
  const words = analyser.askedWords(text.slice(0, searchCharacters)).slice(0, searchWords);
  return words.length > 0
    ? collection.ask({ words, mix: typedMix, unfinished: true, romanised: false })
    : null;
}

/**
 * Documents with every word, if some has them all beyond doubt; with any word otherwise, those with most of them
 * first. Only what the asker may see decides anything here.
 */
export function matching(collection: Collection, asked: Asked, visible: (slot: number) => boolean): Scored[] {
  const count = asked.words.length;
  const all = count >= 32 ? 0xffffffff : 2 ** count - 1;
  const found = collection.score(asked, visible);
  const certain = found.filter(({ sure }) => (sure & all) >>> 0 === all);
  if (certain.length > 0) return certain;
  // Of words that are only like the typed ones it takes most: one such word alone is chance.
  const close = found.filter(({ sure, met }) => (sure & all) !== 0 || bitsOf(met & all) * 3 >= count * 2);
  return close.map((scored) => ({
    ...scored,
    score: scored.score * (bitsOf(scored.met & all) / Math.min(count, 32)) ** asked.mix.together,
  }));
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask >>> 0; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
}

function everything(collection: Collection, text: string, visible: (slot: number) => boolean): Scored[] {
  if (text.trim() !== '') return [];
  const found: Scored[] = [];
  for (let slot = 0; slot < collection.documents.slots(); slot += 1) {
    if (visible(slot)) found.push({ slot, score: 1, met: 0, sure: 0 });
  }
  return found;
}

export function within(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.trunc(value))) : low;
}
