import type { FileStore } from '../../pipeline/files/file-store.js';
import type { Database } from '../database/database.js';
import { recordedAmong } from './stored-files.repository.js';

const batchSize = 500;

export interface UnrecordedOptions {
  db: Database;
  files: Pick<FileStore, 'list'>;
  /** Younger files may belong to a transaction that has not ended. */
  olderThanMs: number;
}

/** The stored files that no row of `files` names: adopted by a process that was killed before it could write the row. */
export async function* unrecordedFiles({
  db,
  files,
  olderThanMs,
}: UnrecordedOptions): AsyncGenerator<string> {
  let batch: string[] = [];
  async function* strangers() {
    const recorded = await recordedAmong(db, batch);
    yield* batch.filter((sha256) => !recorded.has(sha256));
    batch = [];
  }
  for await (const sha256 of files.list({ olderThanMs })) {
    batch.push(sha256);
    if (batch.length >= batchSize) yield* strangers();
  }
  if (batch.length > 0) yield* strangers();
}

/**
 * Deletes stored files that no row names and that are older than that; gives their number. A file that is adopted
 * again meanwhile is young, and stays.
 */
export async function sweepFiles({
  db,
  files,
  olderThanMs,
}: UnrecordedOptions & { files: Pick<FileStore, 'list' | 'remove'> }): Promise<number> {
  let removed = 0;
  for await (const sha256 of unrecordedFiles({ db, files, olderThanMs })) {
    if (await files.remove(sha256, { olderThanMs })) removed += 1;
  }
  return removed;
}
