import { noFacets, type SearchFacets, type SearchQuery } from '../search-index.js';
import type { DocumentFacets, Documents } from './documents.js';

/** Filters documents and counts them by what one could filter by. */
export interface Sieve {
  /** Whether the document passes every filter; counts it. To be asked once for each visible match. */
  passes(slot: number): boolean;
  facets(): SearchFacets;
}

/** One bit per filter; a facet counts what misses no filter but its own. */
const missed = { kind: 1, verdict: 2, language: 4, topic: 8, place: 16, media: 32 } as const;

/** Filters are asked once per kind of document, not per document: many agree in all that one can filter by. */
export function createSieve(documents: Documents, query: SearchQuery): Sieve {
  const kinds = documents.allFacets();
  const misses = kinds.map((facets) => missesOf(facets, query));
  const met = new Uint32Array(kinds.length);
  const { from, to } = query;

  return {
    passes(slot) {
      if (from !== undefined || to !== undefined) {
        const date = documents.date(slot).slice(0, 10);
        if ((from !== undefined && date < from) || (to !== undefined && date > to)) return false;
      }
      const number = documents.facetNumber(slot);
      met[number] = (met[number] ?? 0) + 1;
      return misses[number] === 0;
    },
    facets() {
      const found = noFacets();
      for (const [number, times] of met.entries()) {
        const facets = kinds[number];
        if (times === 0 || !facets) continue;
        const lets = (own: number) => ((misses[number] ?? 0) & ~own) === 0;
        if (lets(missed.kind)) add(found.kinds, [facets.kind], times);
        if (lets(missed.verdict)) add(found.verdicts, present(facets.verdict), times);
        if (lets(0)) add(found.authenticities, present(facets.authenticity), times);
        if (lets(missed.language)) add(found.languages, facets.languages, times);
        if (lets(missed.topic)) add(found.topics, present(facets.topic), times);
        if (query.audience.desk && lets(missed.place)) add(found.places, facets.places, times);
        if (lets(missed.media)) add(found.mediaKinds, facets.mediaKinds, times);
      }
      return found;
    },
  };
}

function missesOf(facets: DocumentFacets, query: SearchQuery): number {
  const { kind, verdict, languages, topic, places, mediaKinds } = facets;
  const { audience } = query;
  return (
    (oneOf(query.kinds, [kind]) ? 0 : missed.kind) |
    (oneOf(query.verdicts, present(verdict)) ? 0 : missed.verdict) |
    (oneOf(query.languages, languages) ? 0 : missed.language) |
    (oneOf(query.topics, present(topic)) ? 0 : missed.topic) |
    (!audience.desk || oneOf(query.places, places) ? 0 : missed.place) |
    (oneOf(query.mediaKinds, mediaKinds) ? 0 : missed.media)
  );
}

/** No list, or an empty one, asks for all. */
export function oneOf<T>(wanted: readonly T[] | undefined, values: readonly T[]): boolean {
  return wanted === undefined || wanted.length === 0 || values.some((value) => wanted.includes(value));
}

function present<T>(value: T | null): T[] {
  return value === null ? [] : [value];
}

function add<K extends string>(
  counts: Partial<Record<K, number>>,
  values: readonly K[],
  times: number,
): void {
  for (const value of values) counts[value] = (counts[value] ?? 0) + times;
}
