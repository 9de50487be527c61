import { createHash } from 'node:crypto';
import { type FileStore, FileStoreError, type StoredFile } from '../../pipeline/files/file-store.js';
import type { Database } from '../database/database.js';
import { readFiles } from './stored-files.repository.js';
import { unrecordedFiles } from './sweep-files.js';

/** What is wrong with the stored files, by hash; all empty when nothing is. */
export interface FilesReport {
  /** Rows looked at. */
  rows: number;
  /** A row without a file. */
  missing: string[];
  /** A file whose size or content is not what its row says. */
  damaged: string[];
  /** A file without a row. */
  unrecorded: string[];
}

export interface VerifyFilesOptions {
  db: Database;
  files: Pick<FileStore, 'list' | 'stat' | 'openRange'>;
  /** Files without a row younger than this are not told of: their rows may be on the way. */
  graceMs?: number;
  batch?: number;
}

async function stateOf(
  files: VerifyFilesOptions['files'],
  { sha256, size }: StoredFile,
): Promise<'sound' | 'missing' | 'damaged'> {
  const found = await files.stat(sha256);
  if (!found) return 'missing';
  if (found.size !== size) return 'damaged';
  const digest = createHash('sha256');
  try {
    for await (const chunk of await files.openRange(sha256)) digest.update(chunk);
  } catch (error) {
    if (error instanceof FileStoreError && error.code === 'not_found') return 'missing';
    // A file the disk cannot give back is as good as changed.
    if (error instanceof Error && 'code' in error && error.code === 'EIO') return 'damaged';
    throw error;
  }
  return digest.digest('hex') === sha256 ? 'sound' : 'damaged';
}

/** Reads every stored file and compares it with its row, and looks for files without one. Changes nothing. */
export async function verifyFiles({
  db,
  files,
  graceMs = 10 * 60_000,
  batch = 500,
}: VerifyFilesOptions): Promise<FilesReport> {
  const report: FilesReport = { rows: 0, missing: [], damaged: [], unrecorded: [] };
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows = await readFiles(db, { after, limit: batch });
    for (const row of rows) {
      const state = await stateOf(files, row);
      if (state !== 'sound') report[state].push(row.sha256);
    }
    report.rows += rows.length;
    after = rows.at(-1)?.sha256;
  }
  for await (const sha256 of unrecordedFiles({ db, files, olderThanMs: graceMs }))
    report.unrecorded.push(sha256);
  return report;
}

/** Whether the report has nothing to tell. */
export function isSound({ missing, damaged, unrecorded }: FilesReport): boolean {
  return missing.length + damaged.length + unrecorded.length === 0;
}
