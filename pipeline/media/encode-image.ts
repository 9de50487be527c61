import type { Sharp } from 'sharp';
import type { JpegSettings } from '../../server/contract/format.js';
import { MediaFailure } from './media-failure.js';
import type { PlannedImage } from './plan.js';
import { openRaw, type RawPicture } from './raw-picture.js';
import { xmpPacket } from './xmp.js';

/** Finished pixels with what the file will say of itself, and nothing else. */
function openCredited(picture: RawPicture, { credit }: Pick<PlannedImage, 'credit'>): Sharp {
  const image = openRaw(picture);
  return credit === null ? image : image.withXmp(xmpPacket(credit));
}

/** At the wanted quality, or at the best one that fits the bytes. */
async function encodeJpeg(
  picture: RawPicture,
  output: PlannedImage,
  settings: JpegSettings,
): Promise<Buffer> {
  const { maxBytes } = output;
  const { quality, minQuality, mozjpeg } = settings;
  const encode = (at: number): Promise<Buffer> =>
    openCredited(picture, output).jpeg({ quality: at, mozjpeg }).toBuffer();
  let best = await encode(quality);
  if (best.length <= maxBytes) return best;
  best = await encode(minQuality);
  if (best.length > maxBytes) {
    throw new MediaFailure('does_not_fit_bytes', { limit: maxBytes, actual: best.length });
  }
  let [low, high] = [minQuality, quality];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const tried = await encode(middle);
    if (tried.length <= maxBytes) [low, best] = [middle, tried];
    else high = middle;
  }
  return best;
}

/** Writes finished pixels in the output's own file type; nothing of the source's metadata comes along. */
export async function encodePicture(picture: RawPicture, output: PlannedImage): Promise<Buffer> {
  const { settings } = output;
  if (settings.codec === 'jpeg') return encodeJpeg(picture, output, settings);
  const plain = openCredited(picture, output).withDensity(settings.dpi);
  const perMillimetre = settings.dpi / 25.4;
  return settings.codec === 'png'
    ? plain.png({ compressionLevel: 6 }).toBuffer()
    : plain
        .tiff({
          compression: 'lzw',
          predictor: 'horizontal',
          xres: perMillimetre,
          yres: perMillimetre,
          resolutionUnit: 'inch',
        })
        .toBuffer();
}
