import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { FileStoreError } from './file-store.js';

const markerName = '.tathya-store';
const markerText =
  'Tathya keeps its files in this directory. Do not remove this file: without it the program does not start.\n';

export interface ClaimDirectoryOptions {
  root: string;
  expectFiles: boolean;
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** Writes and removes a small file: permissions alone do not tell of a read-only or full disk. */
async function proveWritable(root: string): Promise<void> {
  const probe = path.join(root, `.probe-${randomUUID()}`);
  try {
    const handle = await open(probe, 'wx', 0o600);
    try {
      await handle.writeFile('tathya');
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = reasonOf(error);
    // A full disk is no reason to refuse to start: reading and freeing space must be possible.
    if (code !== 'ENOSPC' && code !== 'EDQUOT') {
      throw new FileStoreError('unusable', `the file store ${root} cannot be written (${code})`, error);
    }
  } finally {
    await rm(probe, { force: true });
  }
}

async function hasMarker(root: string): Promise<boolean> {
  try {
    await readFile(path.join(root, markerName));
    return true;
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return false;
    throw new FileStoreError(
      'unusable',
      `the marker of the file store ${root} cannot be read (${reasonOf(error)})`,
      error,
    );
  }
}

/**
 * Makes sure the directory is our store and can be written; a new empty one becomes it. An unmounted disk
 * shows as a directory without the marker, and must not be taken for an empty store.
 */
export async function claimDirectory({ root, expectFiles }: ClaimDirectoryOptions): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
  } catch (error) {
    throw new FileStoreError('unusable', `the file store ${root} cannot be made (${reasonOf(error)})`, error);
  }
  if (!(await hasMarker(root))) {
    // `lost+found` is in every fresh ext4 disk; a probe is another process starting beside this one.
    const others = (await readdir(root)).filter(
      (name) => name !== 'lost+found' && !name.startsWith('.probe-'),
    );
    if (others.length > 0 || expectFiles) {
      throw new FileStoreError(
        'unusable',
        `the file store ${root} has no marker file ${markerName}: is its disk mounted?`,
      );
    }
    await proveWritable(root);
    const handle = await open(path.join(root, markerName), 'w', 0o644);
    try {
      await handle.writeFile(markerText);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return;
  }
  await proveWritable(root);
}
