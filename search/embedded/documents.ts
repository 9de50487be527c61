import { maySee } from '../audience.js';
import type { IndexDocument, SearchAudience } from '../search-index.js';
import { createStoredTexts } from './stored-texts.js';

/** Documents kept as bytes outside the collected heap, with what filters need beside them. Slots are small numbers. */
export interface Documents {
  size(): number;
  /** One past the highest slot in use. */
  slots(): number;
  put(document: IndexDocument): number;
  slotOf(id: string): number | undefined;
  drop(id: string): void;
  read(slot: number): IndexDocument;
  isAlive(slot: number): boolean;
  date(slot: number): string;
  /** The day of the date as a number, to sort by. */
  day(slot: number): number;
  id(slot: number): string;
  /** Lets slots that no list names any more be used again. */
  reuse(slots: readonly number[]): void;
  /** Tells, per slot, whether the audience may see it: the rule is asked once per kind of document, not per document. */
  visibleTo(audience: SearchAudience): (slot: number) => boolean;
  /** What one can filter by. */
  facets(slot: number): DocumentFacets;
  /** The same as a number: documents that agree in all of it share one. */
  facetNumber(slot: number): number;
  /** By that number. */
  allFacets(): readonly DocumentFacets[];
}

export type DocumentFacets = Pick<
  IndexDocument,
  'kind' | 'verdict' | 'authenticity' | 'topic' | 'places' | 'mediaKinds'
> & { languages: string[] };
type Sight = Pick<IndexDocument, 'kind' | 'restricted' | 'ownerPath' | 'releasedUnits'>;

export function createDocuments(): Documents {
  const slotOf = new Map<string, number>();
  const ids: (string | null)[] = [];
  const texts = createStoredTexts();
  const dates: string[] = [];
  const days: number[] = [];
  const sights = createShared<Sight>();
  const facets = createShared<DocumentFacets>();
  const sightOf: number[] = [];
  const facetsOf: number[] = [];
  const free: number[] = [];

  return {
    size: () => slotOf.size,
    slots: () => ids.length,
    put(document) {
      const { id, kind, verdict, authenticity, restricted, ownerPath, releasedUnits, topic } = document;
      const slot = free.pop() ?? ids.length;
      slotOf.set(id, slot);
      ids[slot] = id;
      texts.put(slot, JSON.stringify(document));
      dates[slot] = document.date;
      days[slot] = Number(document.date.slice(0, 10).replaceAll('-', ''));
      sightOf[slot] = sights.number({ kind, restricted, ownerPath, releasedUnits });
      const languages = once(document.texts.map(({ language }) => language));
      const places = once(document.places);
      const mediaKinds = once(document.mediaKinds);
      facetsOf[slot] = facets.number({ kind, verdict, authenticity, topic, places, mediaKinds, languages });
      return slot;
    },
    slotOf: (id) => slotOf.get(id),
    drop(id) {
      const slot = slotOf.get(id);
      if (slot === undefined) return;
      slotOf.delete(id);
      ids[slot] = null;
      texts.drop(slot);
    },
    read(slot) {
      // Written by `put`, and by nothing else.
      return JSON.parse(texts.read(slot)) as IndexDocument;
    },
    isAlive: (slot) => typeof ids[slot] === 'string',
    date: (slot) => dates[slot] ?? '',
    day: (slot) => days[slot] ?? 0,
    id: (slot) => ids[slot] ?? '',
    reuse: (slots) => void free.push(...slots),
    visibleTo(audience) {
      const seen = sights.values().map((sight) => maySee(sight, audience));
      return (slot) => ids[slot] !== null && seen[sightOf[slot] ?? 0] === true;
    },
    facets: (slot) => facets.value(facetsOf[slot] ?? 0),
    facetNumber: (slot) => facetsOf[slot] ?? 0,
    allFacets: () => facets.values(),
  };
}

function once<T>(values: readonly T[]): T[] {
  return [...new Set(values)].sort();
}

/** Equal values kept once and named by a number. */
function createShared<T>() {
  const numbers = new Map<string, number>();
  const values: T[] = [];
  return {
    number(value: T): number {
      const name = JSON.stringify(value);
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, values.length);
      return values.push(value) - 1;
    },
    values: (): readonly T[] => values,
    value(number: number): T {
      const value = values[number];
      if (value === undefined) throw new RangeError(`no shared value ${number}`);
      return value;
    },
  };
}
