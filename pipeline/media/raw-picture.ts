import sharp, { type Sharp } from 'sharp';
import type { Size } from '../../server/contract/framing.js';
import { jpegHalvings } from './jpeg-scans.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure, toMediaFailure } from './media-failure.js';
import type { PictureSource } from './probe-image.js';

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

/**
 * How far a JPEG may be shrunk while it is decoded, at most to `size`: half the size costs half the time. sharp
 * does so by itself only from a third on; the reader of libvips takes it as an option behind the name.
 */
function shrunk(path: string, size: Size, { type, image }: PictureSource): string {
  if (!image || type.mime !== 'image/jpeg') return path;
  const fits = Math.min(image.width / size.width, image.height / size.height);
  const shrink = jpegHalvings.find((one) => one <= fits);
  return shrink === undefined ? path : `${path}[shrink=${shrink}]`;
}

/** Decodes the first frame once, upright, reduced to `size`; any warning of the decoder counts as damage. */
export async function decodePicture({
  path,
  source,
  size,
  limits,
}: {
  path: string;
  /** What the file was found to be; without it nothing is gained from its type. */
  source?: PictureSource;
  size: Size;
  limits: MediaLimits;
}): Promise<RawPicture> {
  try {
    const { data, info } = await sharp(source ? shrunk(path, size, source) : path, {
      failOn: 'warning',
      limitInputPixels: limits.maxPixels,
    })
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

export async function toRaw(image: Sharp): Promise<RawPicture> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
}
