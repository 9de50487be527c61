import { sql } from 'kysely';
import type { SearchIndex } from '../../search/search-index.js';
import type { Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';

/** What words found: claims, clusters whose fact they found, and the words themselves. */
export interface FoundClaims {
  claimIds: string[];
  clusterIds: string[];
  words: string[];
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
  const found: FoundClaims = {
    claimIds: [],
    clusterIds: [],
    words: fold(text).split(/\s+/).filter(Boolean).slice(0, mostWords),
  };
  for (let page = 0; page < pages; page += 1) {
    const offset = page * perPage;
    const { hits, total } = await index.search({ text, audience: viewer, offset, limit: perPage });
    for (const { kind, objectId, clusterId } of hits) {
      if (kind === 'claim') found.claimIds.push(objectId);
      else found.clusterIds.push(clusterId);
    }
    if (total === 0 && viewer.desk && !(await index.health()).ready) throw new AppError('unavailable');
    if (offset + hits.length >= total || hits.length === 0) break;
  }
  return found;
}

/**
 * Whether a claim `c` is among those found. What someone reported is found by its own words too: the index knows
 * nothing of reporters, and shows claims to the desk alone.
 */
export function isFound({ claimIds, clusterIds, words }: FoundClaims, { memberId }: Viewer) {
  const folded = sql`translate(lower(normalize(c.text, NFD)), ${'\u0901\u093c'}, ${'\u0902'})`;
  return sql<boolean>`(c.id = any(${claimIds}::uuid[]) or c.cluster_id = any(${clusterIds}::uuid[])
    or (c.reporter_id = ${memberId}::uuid and not exists (
      select from unnest(${words}::text[]) word where position(word in ${folded}) = 0)))`;
}
