import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { FileStore, StoredFile } from '../../pipeline/files/file-store.js';
import { AppError } from '../errors.js';
import { explain } from '../http/upload-problems.js';

/** Small texts in the file store; the temporary name is one that the sweep of unfinished uploads knows. */
export function createTextFiles({
  files,
  tempDirectory,
}: {
  files: Pick<FileStore, 'adopt' | 'openRange'>;
  tempDirectory: string;
}): { keepText(text: string): Promise<StoredFile>; readText(sha256: string): Promise<string> } {
  return {
    async keepText(text) {
      const tempPath = path.join(tempDirectory, `upload-${randomUUID()}`);
      try {
        await mkdir(tempDirectory, { recursive: true, mode: 0o700 });
        await writeFile(tempPath, text, { flag: 'wx', mode: 0o600 });
        return await files.adopt(tempPath);
      } catch (error) {
        throw explain(error);
      } finally {
        await rm(tempPath, { force: true });
      }
    },
    async readText(sha256) {
      try {
        return await readAll(await files.openRange(sha256));
      } catch (error) {
        // The row is there and the file is not: a fault of ours, for the operator to hear of.
        throw new AppError('internal', { cause: error });
      }
    },
  };
}
