import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import {
  access,
  chmod,
  copyFile,
  mkdir,
  open,
  opendir,
  readdir,
  rename,
  rm,
  stat,
  utimes,
} from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type FileAge, type FileStore, FileStoreError, type StoredFile } from './file-store.js';
import { claimDirectory } from './marker.js';
import { copyName, isOlder, removeIfOlder, tidyWorkRoot } from './set-aside.js';

export interface DiskStoreOptions {
  /** Where the store lives: `files/`, `work/` and the marker file are made in it. */
  directory: string;
  /**
   * True when the database already names stored files: then a directory without the marker is refused even
   * when it is empty, because the disk that belongs there is most likely not mounted.
   */
  expectFiles?: boolean;
}

const hash = /^[0-9a-f]{64}$/;
const workName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/;
/** No space, quota reached, file size limit reached. */
const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The store's own error where the reason is known, else the error itself. */
function explained(error: unknown): unknown {
  if (fullCodes.has(codeOf(error) ?? '')) {
    return new FileStoreError('storage_full', 'the file store has no space left', error);
  }
  return error;
}

async function hashOf(file: string): Promise<StoredFile> {
  const digest = createHash('sha256');
  let size = 0;
  await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      digest.update(chunk);
      size += chunk.length;
    }
  });
  return { sha256: digest.digest('hex'), size };
}

async function syncPath(target: string): Promise<void> {
  const handle = await open(target, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Keeps files as `files/ab/cd/<sha256>` on one disk. A file is under its address whole and durable or not
 * at all. Rejects with `unusable` and one line why when the directory is not a store or cannot be written.
 */
export async function openDiskStore({
  directory,
  expectFiles = false,
}: DiskStoreOptions): Promise<FileStore> {
  const root = path.resolve(directory);
  await claimDirectory({ root, expectFiles });
  const filesRoot = path.join(root, 'files');
  const workRoot = path.join(root, 'work');
  await mkdir(filesRoot, { recursive: true });
  await mkdir(workRoot, { recursive: true, mode: 0o700 });
  await syncPath(root);

  const placeOf = (sha256: string) => {
    if (!hash.test(sha256)) throw new FileStoreError('invalid_name', 'a file is named by its SHA-256 in hex');
    return path.join(filesRoot, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };
  const workPlaceOf = (name: string) => {
    if (!workName.test(name))
      throw new FileStoreError('invalid_name', 'that name cannot be a work directory');
    return path.join(workRoot, name);
  };
  await tidyWorkRoot({ workRoot, placeOf });
  const sizeOf = async (sha256: string): Promise<StoredFile | null> => {
    try {
      const found = await stat(placeOf(sha256));
      return found.isFile() ? { sha256, size: found.size } : null;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  };
  const present = async (sha256: string): Promise<StoredFile> => {
    const found = await sizeOf(sha256);
    if (!found) throw new FileStoreError('not_found', 'the file is not in the store');
    return found;
  };

  /** The two fan-out directories of an address, each made durable before something stands in it. */
  async function prepare(place: string): Promise<void> {
    const inner = path.dirname(place);
    const made = await mkdir(inner, { recursive: true });
    if (made === undefined) return;
    await syncPath(path.dirname(inner));
    await syncPath(filesRoot);
  }

  /** Brings a file from another file system over, so that the rename below is atomic. */
  async function onSameDisk(tempPath: string): Promise<string> {
    const [from, to] = await Promise.all([stat(tempPath), stat(filesRoot)]);
    if (from.dev === to.dev) return tempPath;
    const near = path.join(workRoot, copyName());
    try {
      await copyFile(tempPath, near, constants.COPYFILE_EXCL);
      return near;
    } catch (error) {
      await rm(near, { force: true });
      throw error;
    }
  }

  async function adopt(tempPath: string): Promise<StoredFile> {
    let near = tempPath;
    try {
      near = await onSameDisk(tempPath);
      // A file's age counts from its adoption, not from when it was written.
      const now = new Date();
      await utimes(near, now, now);
      await syncPath(near);
      const file = await hashOf(near);
      const place = placeOf(file.sha256);
      await prepare(place);
      await chmod(near, 0o440);
      await rename(near, place);
      await syncPath(path.dirname(place));
      const kept = await hashOf(place);
      if (kept.sha256 !== file.sha256 || kept.size !== file.size) {
        await rm(place, { force: true });
        throw new FileStoreError('corrupt', 'the stored file reads back differently from what was written');
      }
      return file;
    } catch (error) {
      throw explained(error);
    } finally {
      await rm(near, { force: true });
      await rm(tempPath, { force: true });
    }
  }

  async function* list(age?: FileAge): AsyncGenerator<string> {
    for (const outer of await readdir(filesRoot)) {
      if (!/^[0-9a-f]{2}$/.test(outer)) continue;
      for (const inner of await readdir(path.join(filesRoot, outer))) {
        if (!/^[0-9a-f]{2}$/.test(inner)) continue;
        const folder = path.join(filesRoot, outer, inner);
        for await (const entry of await opendir(folder)) {
          if (!entry.isFile() || !hash.test(entry.name)) continue;
          if (age === undefined || (await isOlder(path.join(folder, entry.name), age))) yield entry.name;
        }
      }
    }
  }

  return {
    adopt,
    async withLocal(sha256, use) {
      await present(sha256);
      return use(placeOf(sha256));
    },
    async openRange(sha256, range) {
      const { size } = await present(sha256);
      const { start, end } = range ?? { start: 0, end: Math.max(size - 1, 0) };
      if (
        !Number.isSafeInteger(start) ||
        !Number.isSafeInteger(end) ||
        start < 0 ||
        end < start ||
        start >= Math.max(size, 1)
      ) {
        throw new RangeError('the range does not lie in the file');
      }
      const handle = await open(placeOf(sha256), 'r');
      return handle.createReadStream({ start, end, autoClose: true });
    },
    stat: sizeOf,
    async remove(sha256, age) {
      const place = placeOf(sha256);
      if (age !== undefined) return removeIfOlder({ place, workRoot, age });
      const there = (await sizeOf(sha256)) !== null;
      await rm(place, { force: true });
      return there;
    },
    list,
    async workDirectory(name) {
      const place = workPlaceOf(name);
      try {
        await rm(place, { recursive: true, force: true });
        await mkdir(place, { mode: 0o700 });
        await access(place, constants.W_OK);
      } catch (error) {
        throw explained(error);
      }
      return place;
    },
    async listWork() {
      const entries = await readdir(workRoot, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() && workName.test(entry.name))
        .map(({ name }) => name);
    },
    async removeWork(name) {
      await rm(workPlaceOf(name), { recursive: true, force: true });
    },
  };
}
