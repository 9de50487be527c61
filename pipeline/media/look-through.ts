import { open, readFile } from 'node:fs/promises';
import { refuseExifLoops } from './exif-cost.js';
import { refuseScanFlood } from './jpeg-scans.js';
import { lookedAt, refuseArchives, refuseSecondContent } from './second-content.js';
import type { Sniffed } from './sniff.js';

/** Looks at the bytes themselves for what no decoder should meet. Throws MediaFailure. */
export async function lookThrough({
  path,
  type: { kind, mime },
}: {
  path: string;
  type: Sniffed;
}): Promise<void> {
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
