import type { CandidateQuery, SearchAudience, SearchQuery } from '../search-index.js';

/** What one can filter and count by, with the attribute it stands under. */
export const facetAttributes = {
  kinds: 'kind',
  verdicts: 'verdict',
  authenticities: 'authenticity',
  languages: 'languages',
  topics: 'topic',
  places: 'places',
  mediaKinds: 'mediaKinds',
} as const;

export type FacetName = keyof typeof facetAttributes;

/** A filter that begins with who is asking: the only kind of filter a search may be sent with. */
export type AudienceFilter = string & { readonly audience: unique symbol };

/** The rule of `maySee` as a filter, narrowed further by the other parts. */
export function filterFor(audience: SearchAudience, ...narrower: (string | null)[]): AudienceFilter {
  const parts = [visibleTo(audience), ...narrower.filter((part) => part !== null)];
  // Made here and nowhere else, so that no search can be composed without its audience.
  return parts.map((part) => `(${part})`).join(' AND ') as AudienceFilter;
}

function visibleTo({ desk, units, releasedTo }: SearchAudience): string {
  if (desk)
    return units.length === 0 ? 'restricted = false' : `restricted = false OR ${anyOf('ownerPath', units)}`;
  return `${anyOf('kind', ['fact'])} AND ${anyOf('releasedUnits', releasedTo)}`;
}

/** The filters of a query but for one, as parts for `filterFor`. */
export function filtersOf(query: SearchQuery, except?: FacetName): (string | null)[] {
  const { audience, from, to } = query;
  const chosen = (name: FacetName, values: readonly string[] | undefined) =>
    name === except || values === undefined || values.length === 0
      ? null
      : anyOf(facetAttributes[name], values);
  return [
    chosen('kinds', query.kinds),
    chosen('verdicts', query.verdicts),
    chosen('languages', query.languages),
    chosen('topics', query.topics),
    audience.desk ? chosen('places', query.places) : null,
    chosen('mediaKinds', query.mediaKinds),
    from === undefined ? null : `day >= ${dayNumber(from)}`,
    to === undefined ? null : `day <= ${dayNumber(to)}`,
  ];
}

export function candidateFilter({ audience, kinds = [], excludeIds = [] }: CandidateQuery): AudienceFilter {
  return filterFor(
    audience,
    kinds.length === 0 ? null : anyOf('kind', kinds),
    excludeIds.length === 0 ? null : `NOT ${anyOf('id', excludeIds.map(documentId))}`,
  );
}

export function anyOf(attribute: string, values: readonly string[]): string {
  // An empty list is one that nothing is in.
  return `${attribute} IN [${values.map((value) => `"${plain(value)}"`).join(', ')}]`;
}

/** A value as it stands in documents and in filters: without any sign that means something in a filter. */
export function plain(value: string): string {
  return value.replace(/[^\p{L}\p{N}_-]/gu, (sign) => `%${sign.codePointAt(0)?.toString(16)};`);
}

export function unplain(value: string): string {
  return value.replace(/%([0-9a-f]+);/gu, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

/** Days as numbers, which Meilisearch can compare: 2026-01-31 is 20260131. Anything else is before all days. */
export function dayNumber(date: string): number {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/u.exec(date) ?? [];
  return year === undefined ? 0 : Number(`${year}${month}${day}`);
}

const longestId = 400;

/** An id in the few signs Meilisearch allows; different ids stay different. */
export function documentId(id: string): string {
  const safe = id.replace(/[^A-Za-z0-9-]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}_`);
  if (safe.length > longestId) throw new RangeError(`the id of a document is longer than ${longestId} signs`);
  return safe;
}
