import { type SqlBool, sql } from 'kysely';
import type { ClusterDetail } from '../contract/claim.js';
import type { Database } from '../database/database.js';
import { mayKnowClaim, type Viewer } from '../database/visibility.js';

/** No screen shows more of a cluster than this; the counts are always of all. */
const shown = 200;

/**
 * What a viewer may know of a cluster: its claims, newest first, where they came from, and every act that brought
 * one in or took one out. Always one statement, however large the cluster is.
 */
export async function readClusterDetail(
  db: Database,
  viewer: Viewer,
  clusterId: string,
): Promise<ClusterDetail> {
  const known = sql<SqlBool>`${mayKnowClaim(viewer, 'c')}`;
  const { rows } = await sql<ClusterDetail>`
    with inside as materialized (
      select c.id, c.text, c.language, c.state, c.created_at, c.owner_unit_id, c.reporter_id
        from claims c where c.cluster_id = ${clusterId} and ${known}
    )
    select
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'text', left(i.text, 300), 'language', i.language,
                  'state', i.state, 'createdAt', i.created_at, 'ownerUnit', unit_ref(i.owner_unit_id)) order by i.id desc)
                  from (select * from inside order by id desc limit ${shown}) i), '[]') as claims,
      coalesce((select jsonb_agg(jsonb_build_object('unit', unit_ref(u.owner_unit_id), 'claims', u.claims)
                  order by u.claims desc, u.owner_unit_id)
                  from (select owner_unit_id, count(*) as claims from inside group by owner_unit_id
                         order by 2 desc limit ${shown}) u), '[]') as units,
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'act', a.act, 'came', a.to_cluster_id = ${clusterId},
                  'claimId', a.claim_id, 'text', left(a.text, 120), 'method', a.method, 'score', a.score,
                  'member', member_ref(a.member_id), 'at', a.at) order by a.at desc, a.id desc)
                  from (select x.*, c.text from cluster_acts x join claims c on c.id = x.claim_id
                         where (x.to_cluster_id = ${clusterId} or x.from_cluster_id = ${clusterId}) and ${known}
                         order by x.at desc, x.id desc limit ${shown}) a), '[]') as acts`.execute(db);
  const [detail] = rows;
  if (detail === undefined) throw new Error('a statement without a from always gives a row');
  return detail;
}
