import { randomUUID } from 'node:crypto';
import { link, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileAge } from './file-store.js';

const asideName = /^\.removing-([0-9a-f]{64})\./;
const copyPrefix = '.adopt-';
/** No copy from another disk takes this long. */
const copyAgeMs = 24 * 3_600_000;

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Name in the work directory for a copy that is about to be adopted. */
export function copyName(): string {
  return `${copyPrefix}${randomUUID()}`;
}

/** Whether a file was put there longer ago than that; false when it is not there. */
export async function isOlder(file: string, { olderThanMs }: FileAge): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs >= olderThanMs;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** Puts a file back under its address, unless the same content has come there meanwhile. */
async function putBack(aside: string, place: string): Promise<void> {
  try {
    await link(aside, place);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  await rm(aside, { force: true });
}

/**
 * Deletes a file unless it was adopted again in the last moments. Looking and deleting cannot be one step, so the
 * file is first moved aside: what was moved can no longer be exchanged, and goes back when it turns out young.
 */
export async function removeIfOlder({
  place,
  workRoot,
  age,
}: {
  place: string;
  workRoot: string;
  age: FileAge;
}): Promise<boolean> {
  if (!(await isOlder(place, age))) return false;
  const aside = path.join(workRoot, `.removing-${path.basename(place)}.${randomUUID()}`);
  try {
    await rename(place, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  if (await isOlder(aside, age)) {
    await rm(aside, { force: true });
    return true;
  }
  await putBack(aside, place);
  return false;
}

/** Puts in order what a process left in the work directory that was killed while it adopted or removed. */
export async function tidyWorkRoot({
  workRoot,
  placeOf,
}: {
  workRoot: string;
  placeOf: (sha256: string) => string;
}): Promise<void> {
  for (const name of await readdir(workRoot)) {
    const file = path.join(workRoot, name);
    const sha256 = asideName.exec(name)?.[1];
    if (sha256 !== undefined) {
      // Another process may be about to delete it: then it is gone, or the next sweep deletes it.
      await putBack(file, placeOf(sha256)).catch((error: unknown) => {
        if (!hasCode(error, 'ENOENT')) throw error;
      });
    } else if (name.startsWith(copyPrefix) && (await isOlder(file, { olderThanMs: copyAgeMs }))) {
      await rm(file, { force: true });
    }
  }
}
