import { type Analyser, isMeaning } from '../analyser/analyser.js';
import type { IndexDocument, SearchHit, SearchQuery, SearchResult } from '../search-index.js';
import { type Collection, passagesOf } from './collection.js';
import { firstOf } from './first-of.js';
import { typedMix } from './mix.js';
import type { Asked } from './scorer.js';
import { createSieve } from './sieve.js';

const searchCharacters = 1_000;
const searchWords = 32;
/** Documents beyond this one are not sorted or shown; they are counted. */
const deepest = 200;

/** Documents by slot, with a score that is good until the next question. */
interface Ranked {
  slots: Uint32Array;
  score(slot: number): number;
}

/** What a person types, answered: filters, counts, one page, words to highlight. */
export function answer(collection: Collection, analyser: Analyser, query: SearchQuery): SearchResult {
  const { documents } = collection;
  const visible = documents.visibleTo(query.audience);
  const asked = typed(collection, analyser, query.text);
  const { slots, score } = asked
    ? matching(collection, asked, visible)
    : everything(collection, query.text, visible);
  const sieve = createSieve(documents, query);
  const chosen = passing(slots, sieve.passes);
  const newer = (a: number, b: number) => {
    const [day, otherDay] = [documents.day(a), documents.day(b)];
    if (day !== otherDay) return day > otherDay;
    const [one, other] = [documents.date(a), documents.date(b)];
    return one === other ? documents.id(a) < documents.id(b) : one > other;
  };
  const better = (a: number, b: number) => {
    const [one, other] = [score(a), score(b)];
    return one === other ? newer(a, b) : one > other;
  };
  const from = within(query.offset ?? 0, 0, deepest);
  const to = from + within(query.limit ?? 20, 1, 100);
  const newestFirst = query.sort === 'newest';
  const first = firstOf(chosen, to, newestFirst || !asked ? newer : better);
  const page = first.slice(from);
  const top = newestFirst
    ? chosen.reduce((most, slot) => Math.max(most, score(slot)), 0)
    : score(first[0] ?? 0);
  const words = asked ? wordsToMark(collection, asked) : new Set<string>();
  const hits = page.map((slot) =>
    toHit(documents.read(slot), analyser, { score: top > 0 ? score(slot) / top : 1, words }),
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
  for (const { expansion, sure } of asked.words) {
    // Among few documents the very word in another script weighs next to nothing beside the word as it was typed.
    const least = Math.min(sure, Math.max(0, ...expansion.values()) * 0.25);
    for (const [number, weight] of expansion) {
      if (weight >= least) words.add(vocabulary.word(number));
    }
  }
  return words;
}

function ownWords(document: IndexDocument, analyser: Analyser, words: ReadonlySet<string>): string[] {
  if (words.size === 0) return [];
  const own = new Set<string>();
  // Most questions have no word that meets others by a mark.
  const byMark = [...words].some(isMeaning);
  for (const passage of passagesOf(document)) {
    const tokens = analyser.tokens(passage);
    const meanings = byMark ? analyser.meaningsOf(tokens.map(({ word }) => word)) : [];
    for (const [at, { original, word }] of tokens.entries()) {
      if (own.size >= 40) return [...own];
      if (words.has(word) || meanings[at]?.some((mark) => words.has(mark))) own.add(original);
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
function matching(collection: Collection, asked: Asked, visible: (slot: number) => boolean): Ranked {
  const words = Math.min(asked.words.length, 32);
  const all = (2 ** words - 1) >>> 0;
  const { slots, score, met, sure } = collection.score(asked);
  const seen = new Uint32Array(slots.length);
  let [count, certain] = [0, 0];
  for (const slot of slots) {
    if (!visible(slot)) continue;
    seen[count] = slot;
    count += 1;
    if (sure[slot] === all) certain += 1;
  }
  const found = seen.subarray(0, count);
  if (certain > 0) return { slots: found.filter((slot) => sure[slot] === all), score };
  // Of words that are only like the typed ones it takes most: one such word alone is chance.
  const close = found.filter((slot) => sure[slot] !== 0 || bitsOf(met[slot] ?? 0) * 3 >= words * 2);
  return {
    slots: close,
    score: (slot) => score(slot) * (bitsOf(met[slot] ?? 0) / words) ** asked.mix.together,
  };
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let rest = mask >>> 0; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
}

function everything({ documents }: Collection, text: string, visible: (slot: number) => boolean): Ranked {
  const size = text.trim() === '' ? documents.slots() : 0;
  const slots = new Uint32Array(size);
  let count = 0;
  // The last ones first: mostly they are the newest.
  for (let slot = size - 1; slot >= 0; slot -= 1) {
    if (!visible(slot)) continue;
    slots[count] = slot;
    count += 1;
  }
  return { slots: slots.subarray(0, count), score: () => 1 };
}

/** Typed arrays have this too, several times as slow. */
function passing(slots: Uint32Array, passes: (slot: number) => boolean): Uint32Array {
  const passed = new Uint32Array(slots.length);
  let count = 0;
  for (const slot of slots) {
    if (!passes(slot)) continue;
    passed[count] = slot;
    count += 1;
  }
  return passed.subarray(0, count);
}

export function within(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.trunc(value))) : low;
}
