import { sql } from 'kysely';
import type { StoredFile } from '../../pipeline/files/file-store.js';
import type { Database } from '../database/database.js';

/** Whether any row names a stored file: then an empty store is a disk that is not mounted. */
export async function namesFiles(db: Database): Promise<boolean> {
  return (await db.selectFrom('files').select('sha256').limit(1).executeTakeFirst()) !== undefined;
}

/** Which of these hashes have a row in `files`. */
export async function recordedAmong(db: Database, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('files')
    .where('sha256', '=', sql<string>`any(${[...hashes]}::text[])`)
    .select('sha256')
    .execute();
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** Rows of `files` in the order of their hashes, a page at a time; the first page comes after ''. */
export function readFiles(
  db: Database,
  { after, limit }: { after: string; limit: number },
): Promise<StoredFile[]> {
  return db
    .selectFrom('files')
    .where('sha256', '>', after)
    .select(['sha256', 'size'])
    .orderBy('sha256')
    .limit(limit)
    .execute();
}
