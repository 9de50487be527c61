import { type FileHandle, open } from 'node:fs/promises';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';

const chunkBytes = 65_536;

/** Reads a file byte by byte through one buffer, skipping ahead without reading. */
function byteReader(handle: FileHandle) {
  const buffer = Buffer.alloc(chunkBytes);
  let [start, length, at] = [0, 0, 0];
  return {
    /** Whether the file ends here. */
    async ended(): Promise<boolean> {
      return at >= (await handle.stat()).size;
    },
    async next(): Promise<number> {
      if (at < start || at >= start + length) {
        start = at;
        length = (await handle.read(buffer, 0, chunkBytes, start)).bytesRead;
        if (length === 0) throw new MediaFailure('damaged');
      }
      at += 1;
      return buffer[at - 1 - start] ?? 0;
    },
    skip(count: number): void {
      at += count;
    },
  };
}

type Bytes = ReturnType<typeof byteReader>;

async function word(bytes: Bytes): Promise<number> {
  return (await bytes.next()) + (await bytes.next()) * 256;
}

/** Bytes of a colour table by the flags before it. */
function tableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

async function skipSubBlocks(bytes: Bytes): Promise<void> {
  for (let size = await bytes.next(); size > 0; size = await bytes.next()) bytes.skip(size);
}

/**
 * Whether a GIF has more than one frame. Its blocks are walked here because the libraries unpack
 * frames to count them, which costs minutes for a small hostile file. Throws MediaFailure when the
 * screen or all frames together are over the limit.
 */
export async function gifMoves(path: string, limits: MediaLimits): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const bytes = byteReader(handle);
    bytes.skip(6);
    const pixels = Math.max(1, (await word(bytes)) * (await word(bytes)));
    if (pixels > limits.maxPixels) {
      throw new MediaFailure('too_many_pixels', { limit: limits.maxPixels, actual: pixels });
    }
    const most = Math.max(1, Math.floor(limits.maxAnimatedPixels / pixels));
    const flags = await bytes.next();
    bytes.skip(2 + tableBytes(flags));
    let frames = 0;
    // Many writers leave the trailer out or pad with zeros; viewers and we forgive both.
    while (!(await bytes.ended())) {
      const block = await bytes.next();
      if (block === 0x3b) break;
      if (block === 0) continue;
      if (block === 0x21) {
        bytes.skip(1);
        await skipSubBlocks(bytes);
      } else if (block === 0x2c) {
        frames += 1;
        if (frames > most) throw new MediaFailure('too_many_frames', { limit: most, actual: frames });
        bytes.skip(8);
        bytes.skip(tableBytes(await bytes.next()) + 1);
        await skipSubBlocks(bytes);
      } else throw new MediaFailure('damaged');
    }
    if (frames === 0) throw new MediaFailure('damaged');
    return frames > 1;
  } finally {
    await handle.close();
  }
}
