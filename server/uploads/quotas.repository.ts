import { sql } from 'kysely';
import type { Database, DatabaseTransaction } from '../database/database.js';

/** Bytes. */
export interface Allowance {
  memberDayBytes: number;
  freeDiskBytes: number;
  /** Brought in by the member within 24 hours, with what is announced and still on its way. */
  used: number;
}

export async function readAllowance(
  db: Database | DatabaseTransaction,
  memberId: string,
): Promise<Allowance> {
  const { rows } = await sql<Allowance>`
    with kept as (
      select file_sha256 from creatives
       where created_by = ${memberId} and origin = 'uploaded' and created_at > now() - interval '24 hours'
      union all
      select file_sha256 from claim_media
       where created_by = ${memberId} and created_at > now() - interval '24 hours'
      union all
      select file_sha256 from evidence
       where created_by = ${memberId} and file_sha256 is not null and captured_at > now() - interval '24 hours'
    ), coming as (
      select coalesce(sum(size), 0) as bytes from uploads
       where member_id = ${memberId} and creative_id is null and expires_at > now()
    )
    select o.member_day_bytes, o.free_disk_bytes,
           (select bytes from coming)
           + (select coalesce(sum(size), 0) from media_searches
               where member_id = ${memberId} and created_at > now() - interval '24 hours')
           + (select coalesce(sum(f.size), 0) from kept join files f on f.sha256 = kept.file_sha256) as used
      from organisations o`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('there is no organisation');
  return row;
}

/** One announcement or entry of a member at a time, so that two cannot both take the last of what is left. */
export async function oneAtATime(tx: DatabaseTransaction, memberId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`upload ${memberId}`}, 0))`.execute(tx);
}
