import { type FileHandle, open, readFile } from 'node:fs/promises';
import { holdsExif, refuseExifLoops } from './exif-cost.js';
import { refuseScanFlood } from './jpeg-scans.js';
import { lookedAt, refuseArchives, refuseSecondContent } from './second-content.js';
import type { Sniffed } from './sniff.js';

const pieceBytes = 1 << 20;
/** Pieces overlap by more than any mark is long. */
const overlap = 32;

/** Reads a file from end to end through one buffer: a piece is good until the next one is asked for. */
async function* piecesOf(handle: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.alloc(pieceBytes);
  for (let at = 0, kept = 0; ; ) {
    const { bytesRead } = await handle.read(buffer, kept, pieceBytes - kept, at);
    if (bytesRead === 0) return;
    const piece = buffer.subarray(0, kept + bytesRead);
    yield piece;
    at += bytesRead;
    kept = Math.min(overlap, piece.length);
    piece.copy(buffer, 0, piece.length - kept);
  }
}

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
    if (kind !== 'image') {
      for (const bytes of [head, tail]) refuseArchives(bytes);
      return;
    }
    // Pictures are small enough to be looked through from end to end; a JPEG must be held whole anyway.
    const jpeg = mime === 'image/jpeg' ? await readFile(path) : null;
    let hasExif = false;
    for await (const piece of jpeg ? [jpeg] : piecesOf(handle)) {
      refuseArchives(piece);
      hasExif ||= holdsExif(piece);
    }
    if (hasExif) refuseExifLoops(jpeg ?? (await readFile(path)));
    if (jpeg) refuseScanFlood(jpeg);
  } finally {
    await handle.close();
  }
}
