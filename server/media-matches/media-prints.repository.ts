import { sql } from 'kysely';
import type { FailureDetails } from '../contract/failures.js';
import type { FailureCode, MediaKind } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

/** The print of a kept file and whether it was entered just now, to be made by this version. */
export async function enterPrint(
  tx: DatabaseTransaction,
  sha256: string,
  version: number,
): Promise<{ id: string; created: boolean }> {
  const { rows } = await sql<{ id: string; created: boolean }>`
    with made as (
      insert into media_prints (file_sha256, made_by) values (${sha256}, ${version})
      on conflict (file_sha256) do nothing returning id
    )
    select id, true as created from made
    union all select id, false from media_prints where file_sha256 = ${sha256}`.execute(tx);
  const row = rows[0];
  if (row !== undefined) return row;
  // Entered by another transaction since this statement began.
  const { id } = await tx
    .selectFrom('mediaPrints')
    .where('fileSha256', '=', sha256)
    .select('id')
    .executeTakeFirstOrThrow();
  return { id, created: false };
}

export async function enterSearchPrint(tx: DatabaseTransaction): Promise<string> {
  const { id } = await tx.insertInto('mediaPrints').defaultValues().returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function failPrint(
  tx: DatabaseTransaction,
  id: string,
  { reason, details }: { reason: FailureCode; details: FailureDetails | undefined },
): Promise<void> {
  await sql`
    update media_prints set state = 'failed', failure = ${reason}, failure_details = ${JSON.stringify(details ?? {})}::jsonb
     where id = ${id} and state = 'queued'`.execute(tx);
}

export async function requeuePrint(tx: DatabaseTransaction, id: string): Promise<void> {
  await sql`
    update media_prints set state = 'queued', failure = null, failure_details = null
     where id = ${id} and state = 'failed'`.execute(tx);
}

/** Files of claims and creatives that nobody has printed: those from before there were prints. */
export async function unprintedFiles(
  db: Database,
  limit: number,
): Promise<{ sha256: string; kind: MediaKind }[]> {
  const { rows } = await sql<{ sha256: string; kind: MediaKind }>`
    select distinct on (f.sha256) f.sha256, f.kind from (
      select file_sha256 as sha256, kind from claim_media
      union all select file_sha256, kind from creatives where inspection = 'ready'
    ) f
     where f.kind <> 'document' and not exists (select from media_prints p where p.file_sha256 = f.sha256)
     order by f.sha256 limit ${limit}`.execute(db);
  return rows;
}

/**
 * Has prints that an older version made wait to be made anew; what they are found by stays until then. Another
 * transaction's are left to it.
 */
export async function renewPrints(
  tx: DatabaseTransaction,
  version: number,
  limit: number,
): Promise<{ id: string; kind: MediaKind }[]> {
  const { rows } = await sql<{ id: string; kind: MediaKind }>`
    with old as materialized (
      select id from media_prints
       where made_by < ${version} and file_sha256 is not null and state <> 'queued'
       order by id limit ${limit} for update skip locked
    )
    update media_prints p set made_by = ${version}, state = 'queued', failure = null, failure_details = null
      from old where p.id = old.id
    returning p.id, coalesce(
      (select m.kind from claim_media m where m.file_sha256 = p.file_sha256 limit 1),
      (select c.kind from creatives c where c.file_sha256 = p.file_sha256 limit 1), 'image') as kind`.execute(
    tx,
  );
  return rows;
}

/** For a file that shows nothing to compare. */
export async function markReady(tx: DatabaseTransaction, id: string): Promise<void> {
  await tx.updateTable('mediaPrints').set({ state: 'ready' }).where('id', '=', id).execute();
}
