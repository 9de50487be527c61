import { sql } from 'kysely';
import type { FailureCode, PrintState } from '../contract/lists.js';
import type { Database } from '../database/database.js';
import { mayKnowClaim, type Viewer } from '../database/visibility.js';

/** One of a claim's media and its print; nulls where the claim has no media, or they are not printed. */
export interface AskedMedia {
  clusterId: string;
  mediaId: string | null;
  sha256: string | null;
  printId: string | null;
  state: PrintState | null;
  failure: FailureCode | null;
  failureDetails: unknown;
  soundCompared: boolean | null;
}

/** The media of a claim, newest first; no row when the viewer may not know of the claim. */
export async function askedMedia(db: Database, viewer: Viewer, claimId: string): Promise<AskedMedia[]> {
  const { rows } = await sql<AskedMedia>`
    select c.cluster_id, m.id as media_id, m.file_sha256 as sha256, p.id as print_id, p.state, p.failure,
           p.failure_details, p.sound_compared
      from claims c
      left join lateral (
        select id, file_sha256 from claim_media where claim_id = c.id order by id desc limit 12
      ) m on true
      left join media_prints p on p.file_sha256 = m.file_sha256
     where c.id = ${claimId} and ${mayKnowClaim(viewer, 'c')} order by m.id desc`.execute(db);
  return rows;
}

/** Prints that lead nowhere but to this cluster: what came with its claims, with no other claim, and is no creative. */
export async function printsOfClusterAlone(db: Database, clusterId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id
      from media_prints p
     where p.file_sha256 in (
             select m.file_sha256 from claims c join claim_media m on m.claim_id = c.id where c.cluster_id = ${clusterId})
       and not exists (
             select from claim_media m join claims c on c.id = m.claim_id
              where m.file_sha256 = p.file_sha256 and c.cluster_id <> ${clusterId})
       and not exists (select from creatives k where k.file_sha256 = p.file_sha256)
       and not exists (select from renditions r where r.file_sha256 = p.file_sha256)`.execute(db);
  return rows.map(({ id }) => id);
}
