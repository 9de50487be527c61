import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import { demand, demandBytes, demandCredit, demandSame, type Measured } from './demand.js';
import { MediaFailure } from './media-failure.js';
import type { PlannedImage } from './plan.js';
import { readTiff } from './read-tiff.js';
import { xmpPacket } from './xmp.js';

async function verifyTiff(
  path: string,
  dpi: number,
  xmp: string | null,
): Promise<{ width: number; height: number }> {
  const found = await readTiff(path);
  if (!found?.width || !found.height) {
    throw new MediaFailure('output_not_valid', { field: 'type', limit: 'tiff', actual: 'other' });
  }
  demandSame('samples a pixel', found.samplesPerPixel, 3);
  demandSame('bits a sample', found.bitsPerSample, 8);
  demandSame('dots per inch', found.dpi, dpi);
  demandSame('embedded metadata', found.metadata, 0);
  demandCredit(found.xmp, xmp);
  return { width: found.width, height: found.height };
}

/** Decodes nothing but the header: what we encoded a moment ago is checked for shape, size and leaks. */
export async function verifyImage(path: string, output: PlannedImage): Promise<Measured> {
  const { size: bytes } = await stat(path);
  demandBytes(bytes, output.maxBytes);
  const { settings, layout, credit } = output;
  const xmp = credit === null ? null : xmpPacket(credit);
  let size: { width: number; height: number };
  if (settings.codec === 'tiff') size = await verifyTiff(path, settings.dpi, xmp);
  else {
    const found = await sharp(path).metadata();
    size = found;
    demandSame('type', found.format, settings.codec);
    demandSame('colour', found.space, 'srgb');
    demandSame('see-through', found.hasAlpha ? 'yes' : 'no', 'no');
    // PNG says its density a second time in EXIF, which holds nothing else.
    const exif = settings.codec === 'jpeg' ? found.exif : undefined;
    const leaks = [exif, found.iptc, found.icc].filter((part) => part !== undefined).length;
    demandSame('embedded metadata', leaks, 0);
    demandCredit(found.xmp?.toString('utf8') ?? null, xmp);
    if (settings.codec === 'png') {
      const { density = 0 } = found;
      demand('dots per inch', density, settings.dpi, Math.abs(density - settings.dpi) < 0.1);
    }
  }
  demandSame('width', size.width, layout.target.width);
  demandSame('height', size.height, layout.target.height);
  return {
    bytes,
    width: size.width,
    height: size.height,
    durationMs: null,
    video: settings.codec,
    audio: null,
    fps: null,
  };
}
