import { type RawBuilder, sql } from 'kysely';
import { mayKnowClaim, type Viewer } from '../database/visibility.js';

/** How often the claims of a cluster were met, as far as the viewer may know them. Without any, the times are null. */
export interface Seen {
  claims: number;
  /** Units they were reported in. */
  units: number;
  firstSeen: string | null;
  lastSeen: string | null;
}

/** One row of counts for the cluster in the given column, to be joined laterally. */
export function seenIn(cluster: RawBuilder<unknown>, viewer: Viewer): RawBuilder<Seen> {
  return sql<Seen>`(
    select count(*) as claims, count(distinct s.owner_unit_id) as units,
           min(least(s.created_at, a.first_at)) as first_seen, max(greatest(s.created_at, a.last_at)) as last_seen
      from claims s
      left join lateral (
        select min(seen_at) as first_at, max(seen_at) as last_at from claim_appearances where claim_id = s.id
      ) a on true
     where s.cluster_id = ${cluster} and ${mayKnowClaim(viewer, 's')})`;
}
