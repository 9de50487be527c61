import { sql } from 'kysely';
import type { Release, Selector } from '../contract/release.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

type Handle = Database | DatabaseTransaction;

/** Writes a release and what its selector meant at this moment; the database refuses units in silence. */
export async function insertRelease(
  tx: DatabaseTransaction,
  release: { packVersionId: string; selector: Selector; unitIds: readonly string[]; releasedBy: string },
): Promise<string> {
  const { id } = await tx
    .insertInto('releases')
    .values({
      packVersionId: release.packVersionId,
      selector: JSON.stringify(release.selector),
      releasedBy: release.releasedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`insert into release_units (release_id, unit_id)
    select ${id}::uuid, unnest(${[...release.unitIds]}::uuid[])`.execute(tx);
  return id;
}

export async function findRelease(db: Handle, id: string): Promise<Release | undefined> {
  const { rows } = await sql<Release>`
    select r.id, r.pack_version_id, r.selector,
           (select coalesce(jsonb_agg(unit_ref(u.id) order by u.code), '[]')
              from release_units ru join units u on u.id = ru.unit_id where ru.release_id = r.id) as units,
           member_ref(r.released_by) as released_by, r.released_at
      from releases r where r.id = ${id}`.execute(db);
  return rows[0];
}

/** Starts the clock of a recall; due after the organisation's hours from when it was noticed. */
export async function insertRecall(
  tx: DatabaseTransaction,
  recall: { packVersionId: string; reason: string; noticedAt: string | null; recalledBy: string },
): Promise<{ dueAt: string }> {
  const { rows } = await sql<{ dueAt: string }>`
    insert into recalls (pack_version_id, reason, noticed_at, due_at, recalled_by)
    select ${recall.packVersionId}, ${recall.reason}, n.at, n.at + make_interval(hours => o.recall_hours), ${recall.recalledBy}
      from organisations o, lateral (select coalesce(${recall.noticedAt}::timestamptz, now()) as at) n
    returning due_at`.execute(tx);
  return { dueAt: rows[0]?.dueAt ?? '' };
}

export async function findTimeZone(db: Handle): Promise<string> {
  const row = await db.selectFrom('organisations').select('timeZone').executeTakeFirst();
  return row?.timeZone ?? 'Asia/Kolkata';
}
