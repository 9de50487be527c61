import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { headBytes } from '../http/file-rules.js';

/** The files of uploads under way; each belongs to a row. */
export interface PartFiles {
  pathOf(id: string): string;
  prepare(): Promise<void>;
  /** Null when there is none. */
  sizeOf(id: string): Promise<number | null>;
  head(id: string): Promise<Buffer>;
  hash(id: string): Promise<string>;
  /** Puts a copy in its place, so that whoever has it open no longer reaches it. */
  detach(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Of files that have not changed for so long. */
  idsOlderThan(ms: number): Promise<string[]>;
}

const name = /^part-([0-9a-f-]{36})$/;

export function createPartFiles({ directory }: { directory: string }): PartFiles {
  const pathOf = (id: string) => path.join(directory, `part-${id}`);
  const prepare = async () => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  };
  return {
    pathOf,
    prepare,
    async sizeOf(id) {
      const found = await stat(pathOf(id)).catch(() => null);
      return found?.isFile() ? found.size : null;
    },
    async head(id) {
      const handle = await open(pathOf(id), 'r');
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    async hash(id) {
      const digest = createHash('sha256');
      for await (const chunk of createReadStream(pathOf(id))) digest.update(chunk);
      return digest.digest('hex');
    },
    async detach(id) {
      // The copy has a name of the same kind, so that the sweep finds it.
      const copy = pathOf(randomUUID());
      await copyFile(pathOf(id), copy);
      await rename(copy, pathOf(id));
    },
    remove: (id) => rm(pathOf(id), { force: true }),
    async idsOlderThan(ms) {
      await prepare();
      const old: string[] = [];
      for (const entry of await readdir(directory)) {
        const id = name.exec(entry)?.[1];
        const found = id === undefined ? null : await stat(path.join(directory, entry)).catch(() => null);
        if (id !== undefined && found && Date.now() - found.mtimeMs > ms) old.push(id);
      }
      return old;
    },
  };
}
