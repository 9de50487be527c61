import { sql } from 'kysely';
import type { Upload } from '../contract/upload.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

type Reader = Database | DatabaseTransaction;

/** A file on its way, as the server works on it. */
export interface UploadRow extends Upload {
  fields: unknown;
  expired: boolean;
  contested: boolean;
}

const columns = [
  'id',
  'originalName',
  'sha256',
  'size',
  'received',
  'expiresAt',
  'creativeId',
  'fields',
  'contested',
  sql<boolean>`expires_at <= now()`.as('expired'),
] as const;

export async function findUpload(
  db: Reader,
  { id, memberId }: { id: string; memberId: string },
): Promise<UploadRow | null> {
  const row = await db
    .selectFrom('uploads')
    .select(columns)
    .where('id', '=', id)
    .where('memberId', '=', memberId)
    .executeTakeFirst();
  return row ?? null;
}

/** How many files of a member are announced and not whole. */
export async function countOpen(db: Reader, memberId: string): Promise<number> {
  const { count } = await db
    .selectFrom('uploads')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('memberId', '=', memberId)
    .where('creativeId', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

export interface NewUpload {
  memberId: string;
  size: number;
  sha256: string;
  originalName: string;
  fields: unknown;
  keepMs: number;
}

const fromNow = (ms: number) => sql<string>`now() + ${ms} * interval '1 millisecond'`;

export async function insertUpload(
  tx: DatabaseTransaction,
  { keepMs, fields, ...upload }: NewUpload,
): Promise<{ id: string; expiresAt: string }> {
  return tx
    .insertInto('uploads')
    .values({ ...upload, fields: JSON.stringify(fields), expiresAt: fromNow(keepMs) })
    .returning(['id', 'expiresAt'])
    .executeTakeFirstOrThrow();
}

/** Makes `holder` the one who may write; null while another is, or when there is no such upload. */
export async function takeHold(
  db: Database,
  { id, holder, holdMs }: { id: string; holder: string; holdMs: number },
): Promise<UploadRow | null> {
  const row = await db
    .updateTable('uploads')
    .set({
      holder,
      heldUntil: fromNow(holdMs),
      contested: sql<boolean>`contested or holder is not null`,
    })
    .where('id', '=', id)
    .where((row) => row.or([row('holder', 'is', null), row('heldUntil', '<', sql<string>`now()`)]))
    .returning(columns)
    .executeTakeFirst();
  return row ?? null;
}

export interface Held {
  id: string;
  holder: string;
}

/** Notes what is durable and holds on; false when another has taken over. */
export async function keepHold(
  db: Database,
  { id, holder, holdMs, keepMs, received }: Held & { holdMs: number; keepMs: number; received?: number },
): Promise<boolean> {
  const row = await db
    .updateTable('uploads')
    .set({
      heldUntil: fromNow(holdMs),
      ...(received !== undefined && { received, expiresAt: fromNow(keepMs) }),
    })
    .where('id', '=', id)
    .where('holder', '=', holder)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function dropHold(db: Database, { id, holder }: Held): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ holder: null, heldUntil: null })
    .where('id', '=', id)
    .where('holder', '=', holder)
    .execute();
}

/** False when another has taken over: then its creative is the other's to make. */
export async function settleUpload(
  tx: DatabaseTransaction,
  { id, holder, creativeId }: Held & { creativeId: string },
): Promise<boolean> {
  const row = await tx
    .updateTable('uploads')
    .set({ creativeId })
    .where('id', '=', id)
    .where('holder', '=', holder)
    .where('creativeId', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function removeUpload(db: Database, { id, holder }: Held): Promise<void> {
  await db.deleteFrom('uploads').where('id', '=', id).where('holder', '=', holder).execute();
}

/** Forgets what nobody goes on with, unless someone is at it just now. */
export async function removeExpired(db: Database): Promise<string[]> {
  const rows = await db
    .deleteFrom('uploads')
    .where('expiresAt', '<', sql<string>`now()`)
    .where((row) => row.or([row('holder', 'is', null), row('heldUntil', '<', sql<string>`now()`)]))
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Which of these are still on their way. */
export async function uploadsAmong(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('uploads')
    .select('id')
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
