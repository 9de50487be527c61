import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { Size } from '../../server/contract/framing.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure, toMediaFailure } from './media-failure.js';
import type { PlannedImage } from './plan.js';

/** A decoded picture in memory: 8-bit sRGB, upright, three or four channels. */
export interface RawPicture extends Size {
  data: Buffer;
  channels: 3 | 4;
}

/** What sharp says about a picture it could not finish, as a failure. */
export function pictureFailure(error: unknown): MediaFailure {
  const known = toMediaFailure(error);
  if (known.code !== 'internal') return known;
  const text = error instanceof Error ? error.message : '';
  if (/exceeds pixel limit/i.test(text)) return new MediaFailure('too_many_pixels', {}, error);
  if (/timeout/i.test(text)) return new MediaFailure('time_limit', {}, error);
  if (/out of memory|unable to allocate/i.test(text)) return new MediaFailure('memory_limit', {}, error);
  return new MediaFailure('damaged', {}, error);
}

/** Decodes the first frame once, upright, reduced to `size`; any warning of the decoder counts as damage. */
export async function decodePicture({
  path,
  size,
  limits,
}: {
  path: string;
  size: Size;
  limits: MediaLimits;
}): Promise<RawPicture> {
  try {
    const { data, info } = await sharp(path, { failOn: 'warning', limitInputPixels: limits.maxPixels })
      .timeout({ seconds: Math.ceil(limits.imageWallMs / 1000) })
      .autoOrient()
      .resize(size.width, size.height, { fit: 'fill' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3 && info.channels !== 4) throw new MediaFailure('damaged');
    return { data, width: info.width, height: info.height, channels: info.channels };
  } catch (error) {
    throw pictureFailure(error);
  }
}

export function openRaw(picture: RawPicture): Sharp {
  const { data, width, height, channels } = picture;
  return sharp(data, { raw: { width, height, channels } });
}

async function toRaw(image: Sharp): Promise<RawPicture> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
}

/** The wide, soft copy of the picture that fills the frame behind it. */
async function blurredGround(base: RawPicture, target: Size): Promise<RawPicture> {
  const small = { width: Math.ceil(target.width / 8), height: Math.ceil(target.height / 8) };
  const soft = await toRaw(
    openRaw(base).resize(small.width, small.height, { fit: 'cover' }).removeAlpha().blur(6).linear(0.75, 0),
  );
  return toRaw(openRaw(soft).resize(target.width, target.height, { fit: 'fill', kernel: 'cubic' }));
}

/** Brings the base picture into one frame: pixels ready to be encoded. */
export async function composePicture(base: RawPicture, output: PlannedImage): Promise<RawPicture> {
  const { crop, inner, target, ground } = output.layout;
  const shown = openRaw(base)
    .extract({ left: crop.x, top: crop.y, width: crop.width, height: crop.height })
    .resize(inner.width, inner.height, { fit: 'fill' })
    .flatten({ background: output.background });
  if (ground === 'none') return toRaw(shown);
  const front = await toRaw(shown);
  const { data, width, height, channels } = front;
  const back =
    ground === 'blur'
      ? openRaw(await blurredGround(base, target))
      : sharp({ create: { ...target, channels: 3, background: output.background } });
  return toRaw(
    back
      .composite([{ input: data, raw: { width, height, channels }, left: inner.x, top: inner.y }])
      .removeAlpha(),
  );
}

/** Encodes at the wanted quality, or at the best one that fits the bytes. Carries no metadata. */
async function encodeToFit(picture: RawPicture, output: PlannedImage): Promise<Buffer> {
  const { quality, minQuality, mozjpeg } = output.settings;
  const encode = (at: number): Promise<Buffer> => openRaw(picture).jpeg({ quality: at, mozjpeg }).toBuffer();
  let best = await encode(quality);
  if (best.length <= output.maxBytes) return best;
  best = await encode(minQuality);
  if (best.length > output.maxBytes) {
    throw new MediaFailure('does_not_fit_bytes', { limit: output.maxBytes, actual: best.length });
  }
  let [low, high] = [minQuality, quality];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const tried = await encode(middle);
    if (tried.length <= output.maxBytes) [low, best] = [middle, tried];
    else high = middle;
  }
  return best;
}

export interface RenderedFile<T> {
  output: T;
  result: { ok: true; path: string } | { ok: false; failure: MediaFailure };
}

/**
 * Makes every picture from one decode of the source. A damaged source fails all of them by
 * rejecting; an output that cannot be made fails alone. `done` is called after each.
 */
export async function renderImages({
  path,
  workDir,
  base,
  outputs,
  limits,
  signal,
  done,
}: {
  path: string;
  workDir: string;
  base: Size;
  outputs: readonly PlannedImage[];
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
  done?: () => void;
}): Promise<RenderedFile<PlannedImage>[]> {
  const picture = await decodePicture({ path, size: base, limits });
  const files: RenderedFile<PlannedImage>[] = [];
  for (const [index, output] of outputs.entries()) {
    if (signal?.aborted) throw new MediaFailure('cancelled');
    const file = join(workDir, `image-${index}.jpg`);
    try {
      await writeFile(file, await encodeToFit(await composePicture(picture, output), output));
      files.push({ output, result: { ok: true, path: file } });
    } catch (error) {
      files.push({ output, result: { ok: false, failure: toMediaFailure(error) } });
    }
    done?.();
  }
  return files;
}
