import { constants } from 'node:fs';
import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runTask } from './picture-process/run-task.js';
import type { ProbeInput } from './probed.js';
import { type Sniffed, sniffFile } from './sniff.js';
import { unpackWebp } from './unpack-webp.js';

function folderOf(workDir: string): string {
  return join(workDir, 'source');
}

/** Gives the file a plain name in a folder of its own: whatever it asks a decoder to open beside itself is not there. */
async function setApart({ path, workDir }: ProbeInput, { extension }: Sniffed): Promise<string> {
  const own = join(folderOf(workDir), `source.${extension}`);
  await mkdir(folderOf(workDir), { mode: 0o700 });
  try {
    await link(path, own);
  } catch (error) {
    // Another file system, or one that has no links or forbids them.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP'].includes(code)) throw error;
    await copyFile(path, own, constants.COPYFILE_FICLONE);
  }
  return own;
}

/**
 * Gives the file that probe and renderers read: the source alone in a folder, or a lossless copy in the
 * work directory of what they cannot read, a moving WebP. Throws MediaFailure.
 */
export async function prepareSource<T extends ProbeInput>(input: T): Promise<T> {
  const type = await sniffFile(input.path);
  const path = await setApart(input, type);
  const apart = { ...input, path };
  await runTask(apart, 'lookThrough', { path, type });
  if (type.mime !== 'image/webp') return apart;
  const { frames } = await runTask(apart, 'probeImage', { path, type, limits: input.limits });
  return frames > 1 ? { ...apart, path: await unpackWebp(apart) } : apart;
}

/** Takes the prepared source away again; what was made of it stays. */
export async function leaveSource({ workDir }: Pick<ProbeInput, 'workDir'>): Promise<void> {
  await rm(folderOf(workDir), { recursive: true, force: true });
}
