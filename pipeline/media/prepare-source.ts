import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseExifLoops } from './exif-cost.js';
import { refuseScanFlood } from './jpeg-scans.js';
import type { ProbeInput } from './probe.js';
import { probeImage } from './probe-image.js';
import { lookedAt, refuseArchives, refuseSecondContent } from './second-content.js';
import { type Sniffed, sniffFile } from './sniff.js';
import { unpackWebp } from './unpack-webp.js';

/** Looks at the bytes themselves for what no decoder should meet. Throws MediaFailure. */
async function lookThrough(path: string, { kind, mime }: Sniffed): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const part = async (start: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    };
    const head = await part(0, lookedAt);
    const tail = await part(Math.max(0, size - lookedAt), lookedAt);
    refuseSecondContent({ head, tail, fileBytes: size, isDocument: kind === 'document' });
    // Pictures are small enough to be looked through from end to end.
    for (const bytes of kind === 'image' ? [await readFile(path)] : [head, tail]) {
      refuseArchives(bytes);
      if (kind === 'image') refuseExifLoops(bytes);
      if (mime === 'image/jpeg') refuseScanFlood(bytes);
    }
  } finally {
    await handle.close();
  }
}

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
  await lookThrough(input.path, type);
  const apart = { ...input, path: await setApart(input, type) };
  if (type.mime !== 'image/webp') return apart;
  const { frames } = await probeImage({ path: apart.path, type, limits: input.limits });
  return frames > 1 ? { ...apart, path: await unpackWebp(apart) } : apart;
}

/** Takes the prepared source away again; what was made of it stays. */
export async function leaveSource({ workDir }: Pick<ProbeInput, 'workDir'>): Promise<void> {
  await rm(folderOf(workDir), { recursive: true, force: true });
}
