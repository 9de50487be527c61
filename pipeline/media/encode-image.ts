import type { Sharp } from 'sharp';
import type { JpegSettings } from '../../server/contract/format.js';
import { MediaFailure } from './media-failure.js';
import type { PlannedImage } from './plan.js';
import { openRaw, toRaw } from './raw-picture.js';
import { xmpPacket } from './xmp.js';

/** Gives the finished pixels, anew each time. */
export type Opening = () => Sharp;

/** Finished pixels with what the file will say of itself, and nothing else. */
function credited(image: Sharp, { credit }: Pick<PlannedImage, 'credit'>): Sharp {
  return credit === null ? image : image.withXmp(xmpPacket(credit));
}

/** At the wanted quality, or at the best one that fits the bytes. */
async function encodeJpeg(open: Opening, output: PlannedImage, settings: JpegSettings): Promise<Buffer> {
  const { maxBytes } = output;
  const { quality, minQuality, mozjpeg } = settings;
  const encode = (image: Sharp, at: number): Promise<Buffer> =>
    credited(image, output).jpeg({ quality: at, mozjpeg }).toBuffer();
  let best = await encode(open(), quality);
  if (best.length <= maxBytes) return best;
  const picture = await toRaw(open());
  best = await encode(openRaw(picture), minQuality);
  if (best.length > maxBytes) {
    throw new MediaFailure('does_not_fit_bytes', { limit: maxBytes, actual: best.length });
  }
  let [low, high] = [minQuality, quality];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const tried = await encode(openRaw(picture), middle);
    if (tried.length <= maxBytes) [low, best] = [middle, tried];
    else high = middle;
  }
  return best;
}

/** Writes finished pixels in the output's own file type; nothing of the source's metadata comes along. */
export async function encodePicture(open: Opening, output: PlannedImage): Promise<Buffer> {
  const { settings } = output;
  if (settings.codec === 'jpeg') return encodeJpeg(open, output, settings);
  const plain = credited(open(), output).withDensity(settings.dpi);
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
