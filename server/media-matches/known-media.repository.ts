import { sql } from 'kysely';
import type { Language, VerdictCode } from '../contract/lists.js';
import type { Database } from '../database/database.js';
import { mayKnowClaim, mayKnowFact, type Viewer } from '../database/visibility.js';

/** What a file is known by: a fact about it, a claim it came with, or a creative it is. */
export interface KnownMedia {
  sha256: string;
  kind: 'fact' | 'claim' | 'creative';
  objectId: string;
  clusterId: string | null;
  headline: string;
  verdict: VerdictCode | null;
}

/**
 * Files as they are stored, and as they were handed out: each rendition leads to the file it was made of. Claims speak
 * for a fact as they do in its search words: those of restricted ones only where the fact is theirs, or to those who
 * may know of them.
 */
export async function knownMedia(
  db: Database,
  viewer: Viewer,
  language: Language,
  hashes: readonly string[],
): Promise<KnownMedia[]> {
  if (hashes.length === 0) return [];
  const creatives = viewer.desk
    ? sql`
    union all
    select made.sha256, 'creative', made.id, null, made.original_name, null
      from made where coalesce(creative_restricted_to(made.id) && ${viewer.units}::uuid[], true)`
    : sql``;
  const { rows } = await sql<KnownMedia>`
    with given as (select unnest(${[...hashes]}::text[]) as sha256),
    made as (
      select g.sha256, c.id, c.original_name, c.check_version_id, c.stamp_version_id
        from given g join creatives c on c.file_sha256 = g.sha256
      union
      select g.sha256, c.id, c.original_name, c.check_version_id, c.stamp_version_id
        from given g join renditions r on r.file_sha256 = g.sha256 join creatives c on c.id = r.creative_id
    ),
    came as (
      select g.sha256, c.id, c.cluster_id, c.restricted, c.reporter_id, c.owner_unit_id, c.text
        from given g join claim_media m on m.file_sha256 = g.sha256 join claims c on c.id = m.claim_id
    ),
    said as (
      select c.sha256, c.cluster_id, (not c.restricted or ${mayKnowClaim(viewer, 'c')}) as open, c.id as claim_id from came c
      union
      select made.sha256, v.cluster_id, true, null
        from made join check_versions v on v.id in (made.check_version_id, made.stamp_version_id)
    )
    select distinct said.sha256, 'fact' as kind, v.id as object_id, v.cluster_id,
           (select t.headline from check_texts t where t.check_version_id = v.id
             order by t.language = ${language} desc, t.language limit 1) as headline, v.verdict
      from said join check_versions v on v.cluster_id = said.cluster_id and v.state = 'verified'
      join checks k on k.id = v.check_id join claims l on l.id = k.lead_claim_id
     where (said.open or said.claim_id = l.id) and ${mayKnowFact(viewer)}
    union all
    select c.sha256, 'claim', c.id, c.cluster_id, left(c.text, 300), null from came c where ${mayKnowClaim(viewer, 'c')}
    ${creatives}`.execute(db);
  return rows;
}
