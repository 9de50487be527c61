import { sql } from 'kysely';
import { liveChannel } from '../audit/change.js';
import type { DatabaseTransaction } from '../database/database.js';

/**
 * Tells screens, when the transaction commits, that more is known of the claims the print's file came with: the desk of
 * open ones, of restricted ones those who may know of them, and each reporter.
 */
export async function announceClaimsOfPrint(tx: DatabaseTransaction, printId: string): Promise<void> {
  await sql`
    with claim as (
      select c.id, c.restricted, c.owner_unit_id, c.reporter_id
        from media_prints p join claim_media m on m.file_sha256 = p.file_sha256 join claims c on c.id = m.claim_id
       where p.id = ${printId} limit 100
    )
    select pg_notify(${liveChannel}, event::text) from (
      select json_strip_nulls(json_build_object('topic', 'claim', 'id', id,
               'ownerPath', case when restricted then unit_path(owner_unit_id) end)) as event from claim
      union all
      select json_build_object('topic', 'claim', 'id', id, 'memberId', reporter_id) from claim
    ) events`.execute(tx);
}
