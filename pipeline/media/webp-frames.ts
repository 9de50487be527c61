import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';
import { openRaw, pictureFailure } from './raw-picture.js';

/** Frames times pixels of a moving WebP: unpacked, these are up to a gigabyte on disk. */
export const mostWebpPixels = 250_000_000;
/** Pixels decoded at once; the decoder starts from the first frame each time. */
const chunkPixels = 48_000_000;
/** Viewers show shorter delays as a tenth of a second, because writers of old meant "as fast as you like". */
const leastDelayMs = 11;

interface Frames {
  count: number;
  width: number;
  height: number;
  delays: readonly number[];
}

async function framesOf(path: string): Promise<Frames> {
  const { pages = 1, delay = [], width, height } = await sharp(path, { limitInputPixels: false }).metadata();
  const most = Math.floor(mostWebpPixels / Math.max(1, width * height));
  if (pages > most) throw new MediaFailure('too_many_frames', { limit: most, actual: pages });
  const delays = Array.from({ length: pages }, (_, index) => {
    const asked = delay[index] ?? 100;
    return asked < leastDelayMs ? 100 : asked;
  });
  return { count: pages, width, height, delays };
}

/** Writes every frame as PNG; any warning of the decoder counts as damage. */
async function writeFrames(
  { path, workDir, limits }: { path: string; workDir: string; limits: MediaLimits },
  frames: Frames,
): Promise<void> {
  const { count, width, height } = frames;
  const at = Math.max(1, Math.floor(chunkPixels / (width * height)));
  let written = 0;
  for (let page = 0; page < count; page += at) {
    const pages = Math.min(at, count - page);
    const { data } = await sharp(path, { failOn: 'warning', limitInputPixels: mostWebpPixels, page, pages })
      .timeout({ seconds: Math.ceil(limits.imageWallMs / 1000) })
      .ensureAlpha()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const bytes = width * height * 4;
    for (let index = 0; index < pages; index += 1) {
      const frame = data.subarray(index * bytes, (index + 1) * bytes);
      const png = openRaw({ data: frame, width, height, channels: 4 }).png({ compressionLevel: 1 });
      await writeFile(join(workDir, webpFrameName(written)), await png.toBuffer());
      written += 1;
    }
  }
}

/** Name of one unpacked frame in the work directory. */
export function webpFrameName(index: number): string {
  return `frame-${index}.png`;
}

/**
 * Writes every frame of a moving WebP into the work directory and gives how long each is shown, ms. Throws
 * MediaFailure.
 */
export async function writeWebpFrames(input: {
  path: string;
  workDir: string;
  limits: MediaLimits;
}): Promise<{ delays: number[] }> {
  try {
    const frames = await framesOf(input.path);
    await writeFrames(input, frames);
    return { delays: [...frames.delays] };
  } catch (error) {
    throw pictureFailure(error);
  }
}
