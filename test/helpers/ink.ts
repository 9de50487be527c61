import sharp from 'sharp';

/** Dark marks on a light ground, 0 to 1 for each pixel, cropped to what is marked. */
export interface Ink {
  data: number[];
  width: number;
  height: number;
}

/** The ink of a picture; a transparent ground counts as light. */
export async function inkOf(picture: Buffer | string): Promise<Ink> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#ffffff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const dark = (x: number, y: number): number => 1 - (data[(y * width + x) * channels] ?? 255) / 255;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (dark(x, y) < 0.5) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  const cropped: Ink = {
    data: [],
    width: Math.max(0, right - left + 1),
    height: Math.max(0, bottom - top + 1),
  };
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) cropped.data.push(dark(x, y));
  }
  return cropped;
}

/** Brought to a size and softened by a pixel, so that hinting and half a pixel's shift do not count. */
async function softened(ink: Ink, width: number, height: number): Promise<Buffer> {
  const bytes = Buffer.from(ink.data.map((value) => Math.round(value * 255)));
  return sharp(bytes, { raw: { width: ink.width, height: ink.height, channels: 1 } })
    .resize(width, height, { fit: 'fill' })
    .blur(1.2)
    .greyscale()
    .raw()
    .toBuffer();
}

/**
 * How alike two pieces of writing are, 0 to 1: their normalised correlation, times how well their proportions
 * agree, whatever their sizes. The same letters in the same order come near 1, a vowel sign on the wrong side far below.
 */
export async function likeness(one: Ink, other: Ink): Promise<number> {
  if (one.data.length === 0 || other.data.length === 0) return 0;
  const [a, b] = [await softened(one, one.width, one.height), await softened(other, one.width, one.height)];
  let [ab, aa, bb] = [0, 0, 0];
  const mean = (all: Buffer): number => all.reduce((sum, value) => sum + value, 0) / all.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  for (let index = 0; index < a.length; index += 1) {
    const [x, y] = [(a[index] ?? 0) - meanA, (b[index] ?? 0) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  const ratio = (p: number, q: number): number => Math.min(p, q) / Math.max(p, q);
  const shape = ratio(one.width / one.height, other.width / other.height);
  return Math.max(0, ab / Math.sqrt(aa * bb)) * shape;
}
