import { type RawBuilder, sql } from 'kysely';
import type { SearchAudience } from '../../search/search-index.js';

/** Who reads: the same words as the search index is asked with, and who it is. */
export interface Viewer extends SearchAudience {
  memberId: string;
}

/** Whether the viewer is placed on the unit or above it; `unitColumn` is SQL of ours. */
function placedOver(unitColumn: RawBuilder<unknown>, { units }: Viewer): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from unit_paths placed
    where placed.unit_id = ${unitColumn} and placed.ancestor_id = any(${units}::uuid[]))`;
}

/**
 * The permission function's rule for claims, as a condition on a table `claims` under the given alias: what a
 * list leaves out is exactly what a single read answers `not_found` for.
 */
export function mayKnowClaim(viewer: Viewer, alias: 'c' | 's'): RawBuilder<boolean> {
  const own = sql<boolean>`${sql.ref(`${alias}.reporterId`)} = ${viewer.memberId}::uuid`;
  if (!viewer.desk) return own;
  const owner = sql.ref(`${alias}.ownerUnitId`);
  return sql<boolean>`(not ${sql.ref(`${alias}.restricted`)} or ${own} or ${placedOver(owner, viewer)})`;
}

/** Whether a desk member may know of a check, by its lead claim `l` and itself `k`; nobody else sees drafts. */
export function mayKnowCheck(viewer: Viewer): RawBuilder<boolean> {
  if (!viewer.desk) return sql<boolean>`false`;
  return sql<boolean>`(not l.restricted or ${placedOver(sql`k.owner_unit_id`, viewer)})`;
}

/**
 * Whether the viewer may know of a fact `v` with its check `k` and lead claim `l`: the desk as for checks, others
 * only what a live pack brought to their unit or one above it.
 */
export function mayKnowFact(viewer: Viewer): RawBuilder<boolean> {
  if (viewer.desk) return mayKnowCheck(viewer);
  return sql<boolean>`exists (select 1 from pack_facts released
    join live_packs pack on pack.pack_version_id = released.pack_version_id
    join release_units target on target.release_id = pack.release_id
    where released.check_version_id = v.id and target.unit_id = any(${viewer.releasedTo}::uuid[]))`;
}
