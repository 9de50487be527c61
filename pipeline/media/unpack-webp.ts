import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { MediaFailure } from './media-failure.js';
import type { ProbeInput } from './probe.js';
import { programFailure, succeeded } from './program-failure.js';
import { openRaw, pictureFailure } from './raw-picture.js';
import { runCommand } from './run-command.js';

/** Frames times pixels of a moving WebP: unpacked, these are up to a gigabyte on disk. */
const mostPixels = 250_000_000;
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
  const most = Math.floor(mostPixels / Math.max(1, width * height));
  if (pages > most) throw new MediaFailure('too_many_frames', { limit: most, actual: pages });
  const delays = Array.from({ length: pages }, (_, index) => {
    const asked = delay[index] ?? 100;
    return asked < leastDelayMs ? 100 : asked;
  });
  return { count: pages, width, height, delays };
}

/** Writes every frame as PNG; any warning of the decoder counts as damage. */
async function writeFrames({ path, workDir, limits, signal }: ProbeInput, frames: Frames): Promise<string[]> {
  const { count, width, height } = frames;
  const at = Math.max(1, Math.floor(chunkPixels / (width * height)));
  const names: string[] = [];
  for (let page = 0; page < count; page += at) {
    const pages = Math.min(at, count - page);
    const { data } = await sharp(path, { failOn: 'warning', limitInputPixels: mostPixels, page, pages })
      .timeout({ seconds: Math.ceil(limits.imageWallMs / 1000) })
      .ensureAlpha()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const bytes = width * height * 4;
    for (let index = 0; index < pages; index += 1) {
      if (signal?.aborted) throw new MediaFailure('cancelled');
      const frame = data.subarray(index * bytes, (index + 1) * bytes);
      const name = `frame-${names.length}.png`;
      const png = openRaw({ data: frame, width, height, channels: 4 }).png({ compressionLevel: 1 });
      await writeFile(join(workDir, name), await png.toBuffer());
      names.push(name);
    }
  }
  return names;
}

/**
 * Turns a moving WebP, which ffmpeg cannot read, into a lossless film of the same frames and delays in
 * the work directory, and gives its path. Throws MediaFailure.
 */
export async function unpackWebp(input: ProbeInput): Promise<string> {
  const { workDir, tools, limits, signal } = input;
  let frames: Frames;
  let names: string[];
  try {
    frames = await framesOf(input.path);
    names = await writeFrames(input, frames);
  } catch (error) {
    throw pictureFailure(error);
  }
  const list = join(workDir, 'frames.ffconcat');
  const film = join(workDir, 'unpacked.mov');
  const entry = (name: string): string => `file ${name}\noption framerate 1000`;
  const lines = names.map(
    (name, index) => `${entry(name)}\nduration ${(frames.delays[index] ?? 100) / 1000}`,
  );
  // A list forgets the last delay unless something follows it.
  await writeFile(list, ['ffconcat version 1.0', ...lines, entry(names.at(-1) ?? ''), ''].join('\n'));
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-xerror', '-y'],
      ...['-protocol_whitelist', 'file', '-f', 'concat', '-safe', '0', '-i', `file:${list}`],
      ...['-map', '0:v', '-c', 'copy', '-f', 'mov', `file:${film}`],
    ],
    directory: workDir,
    limits: {
      addressSpaceBytes: limits.probeMemoryBytes,
      cpuSeconds: limits.walkWallMs / 1000,
      fileBytes: mostPixels * 5,
    },
    wallMs: limits.walkWallMs,
    ...(signal ? { signal } : {}),
  });
  await Promise.all([list, ...names.map((name) => join(workDir, name))].map((path) => rm(path)));
  if (!succeeded(result)) throw programFailure(result, 'internal');
  return film;
}
