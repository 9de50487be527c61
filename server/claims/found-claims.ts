import { sql } from 'kysely';
import type { SearchIndex } from '../../search/search-index.js';
import type { Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';

/** What words found. */
export interface FoundClaims {
  /** Claims, each with the words it was found by. */
  claims: ReadonlyMap<string, readonly string[]>;
  /** Clusters whose fact was found, each with the words it was found by. */
  clusters: ReadonlyMap<string, readonly string[]>;
  /** The words that were asked for, folded. */
  words: readonly string[];
}

const perPage = 100;
const pages = 3;
const mostWords = 12;

/** As the column is folded in `isFound`: composed letters, nukta and chandrabindu do not matter. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/\u093c/g, '')
    .replace(/\u0901/g, '\u0902');
}

/** Asks the index; an answered claim is found by its fact, which carries its words. */
export async function findByWords(
  index: Pick<SearchIndex, 'search' | 'health'>,
  viewer: Viewer,
  text: string,
): Promise<FoundClaims> {
  const claims = new Map<string, readonly string[]>();
  const clusters = new Map<string, readonly string[]>();
  for (let page = 0; page < pages; page += 1) {
    const offset = page * perPage;
    const { hits, total } = await index.search({ text, audience: viewer, offset, limit: perPage });
    for (const { kind, objectId, clusterId, matched } of hits) {
      if (kind === 'claim') claims.set(objectId, matched);
      else clusters.set(clusterId, [...(clusters.get(clusterId) ?? []), ...matched]);
    }
    if (total === 0 && viewer.desk && !(await index.health()).ready) throw new AppError('unavailable');
    if (offset + hits.length >= total || hits.length === 0) break;
  }
  return { claims, clusters, words: fold(text).split(/\s+/).filter(Boolean).slice(0, mostWords) };
}

/**
 * Whether a claim `c` is among those found. What someone reported is found by its own words too: the index knows
 * nothing of reporters, and shows claims to the desk alone.
 */
export function isFound({ claims, clusters, words }: FoundClaims, { memberId }: Viewer) {
  const folded = sql`translate(lower(normalize(c.text, NFD)), ${'\u0901\u093c'}, ${'\u0902'})`;
  return sql<boolean>`(c.id = any(${[...claims.keys()]}::uuid[]) or c.cluster_id = any(${[...clusters.keys()]}::uuid[])
    or (c.reporter_id = ${memberId}::uuid and not exists (
      select from unnest(${[...words]}::text[]) word where position(word in ${folded}) = 0)))`;
}

/** The words a claim was found by: the index's, or those asked for where its reporter's own words were looked at. */
export function wordsOf(
  { claims, clusters, words }: FoundClaims,
  { id, clusterId }: { id: string; clusterId: string },
): string[] {
  const matched = [...(claims.get(id) ?? []), ...(clusters.get(clusterId) ?? [])];
  return [...new Set(matched.length > 0 ? matched : words)];
}
