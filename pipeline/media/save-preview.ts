import { writeFile } from 'node:fs/promises';
import type { Size } from '../../server/contract/framing.js';
import type { FocalPoint } from '../../server/contract/recipe.js';
import type { MediaLimits } from './limits.js';
import type { PictureSource } from './probe-image.js';
import { decodePicture, openRaw, type RawPicture } from './raw-picture.js';

/**
 * The brightest, most saturated spot by libvips' attention: pixel statistics, so a suggestion only.
 * It is read from two strips, because a crop tells the position along the edge it cuts.
 */
async function attention(picture: RawPicture): Promise<FocalPoint> {
  const { width, height } = picture;
  const strip = async (size: Size): Promise<{ left: number; top: number }> => {
    const { info } = await openRaw(picture)
      .resize(size.width, size.height, { fit: 'cover', position: 'attention' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { left: -(info.cropOffsetLeft ?? 0), top: -(info.cropOffsetTop ?? 0) };
  };
  const narrow = Math.max(1, Math.round(width / 4));
  const low = Math.max(1, Math.round(height / 4));
  const across = await strip({ width: narrow, height });
  const down = await strip({ width, height: low });
  const place = (offset: number, part: number, whole: number): number =>
    Math.round(Math.min(1, Math.max(0, (offset + part / 2) / whole)) * 100) / 100;
  return { x: place(across.left, narrow, width), y: place(down.top, low, height) };
}

/** Decodes a picture into a small JPEG, and says what of it to keep in sight. Throws MediaFailure. */
export async function savePreview({
  path,
  source,
  size,
  limits,
  focal,
  file,
}: {
  path: string;
  source?: PictureSource;
  size: Size;
  limits: MediaLimits;
  /** Whether there is anything that could be in sight. */
  focal: boolean;
  file: string;
}): Promise<Size & { suggestedFocal: FocalPoint | null }> {
  const picture = await decodePicture({ path, size, limits, ...(source && { source }) });
  const bytes = await openRaw(picture).flatten({ background: '#ffffff' }).jpeg({ quality: 80 }).toBuffer();
  await writeFile(file, bytes);
  const { width, height } = picture;
  return { width, height, suggestedFocal: focal ? await attention(picture) : null };
}
