import type { Analyser } from '../analyser/analyser.js';
import type { IndexDocument, SearchFacets, SearchHit, SearchQuery, SearchResult } from '../search-index.js';
import { type Asked, type Collection, passagesOf, type Scored } from './collection.js';
import { typedMix } from './mix.js';

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
  const facets = emptyFacets();
  const chosen: Scored[] = [];
  for (const scored of found) {
    const misses = missedFilters(collection, scored.slot, query);
    if (misses.date) continue;
    count(facets, collection, scored.slot, misses);
    if (!misses.kind && !misses.verdict && !misses.language) chosen.push(scored);
  }
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
  return { hits, total: chosen.length, facets };
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

interface Misses {
  kind: boolean;
  verdict: boolean;
  language: boolean;
  date: boolean;
}

function missedFilters(collection: Collection, slot: number, query: SearchQuery): Misses {
  const { kind, verdict, languages } = collection.documents.facets(slot);
  const date = collection.documents.date(slot).slice(0, 10);
  return {
    kind: !oneOf(query.kinds, [kind]),
    verdict: !oneOf(query.verdicts, verdict === null ? [] : [verdict]),
    language: !oneOf(query.languages, languages),
    date: (query.from !== undefined && date < query.from) || (query.to !== undefined && date > query.to),
  };
}

function emptyFacets(): SearchFacets {
  return { kinds: {}, verdicts: {}, authenticities: {}, languages: {} };
}

/** A facet counts what the other filters let through, so that its other values can be offered. */
function count(facets: SearchFacets, { documents }: Collection, slot: number, misses: Misses): void {
  const { kind, verdict, authenticity, languages } = documents.facets(slot);
  if (!misses.verdict && !misses.language) facets.kinds[kind] = (facets.kinds[kind] ?? 0) + 1;
  if (!misses.kind && !misses.language && verdict)
    facets.verdicts[verdict] = (facets.verdicts[verdict] ?? 0) + 1;
  if (!misses.kind && !misses.verdict) {
    for (const language of languages) facets.languages[language] = (facets.languages[language] ?? 0) + 1;
  }
  if (!misses.kind && !misses.verdict && !misses.language && authenticity) {
    facets.authenticities[authenticity] = (facets.authenticities[authenticity] ?? 0) + 1;
  }
}

/** No list, or an empty one, asks for all. */
export function oneOf<T>(wanted: T[] | undefined, values: T[]): boolean {
  return wanted === undefined || wanted.length === 0 || values.some((value) => wanted.includes(value));
}

export function within(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.trunc(value))) : low;
}
