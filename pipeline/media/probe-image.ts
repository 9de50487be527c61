import sharp, { type Metadata } from 'sharp';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';
import type { Sniffed } from './sniff.js';

export interface ImageProbe {
  /** Upright size: after the EXIF orientation. */
  width: number;
  height: number;
  frames: number;
  hasAlpha: boolean;
}

/** A picture as it is opened; `image` is null for what was not looked at before. */
export interface PictureSource {
  type: Sniffed;
  image: ImageProbe | null;
}

const formatOf: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'heif',
};

/** Reads the header of a picture and refuses what would be too large to decode; decodes nothing. */
export async function probeImage({
  path,
  type,
  limits,
}: {
  path: string;
  type: Sniffed;
  limits: MediaLimits;
}): Promise<ImageProbe> {
  let metadata: Metadata;
  try {
    // The header alone costs nothing, so our own limit below can name the size it refuses.
    metadata = await sharp(path, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new MediaFailure('damaged', {}, error);
  }
  if (metadata.format !== formatOf[type.mime]) throw new MediaFailure('damaged');
  const width = metadata.autoOrient.width;
  const height = metadata.autoOrient.height;
  const frames = metadata.pages ?? 1;
  const pixels = width * height;
  if (pixels > limits.maxPixels) {
    throw new MediaFailure('too_many_pixels', { limit: limits.maxPixels, actual: pixels });
  }
  if (frames > 1 && frames * pixels > limits.maxAnimatedPixels) {
    const limit = Math.max(1, Math.floor(limits.maxAnimatedPixels / pixels));
    throw new MediaFailure('too_many_frames', { limit, actual: frames });
  }
  return { width, height, frames, hasAlpha: metadata.hasAlpha };
}
