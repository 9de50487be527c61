import type { Luma } from './luma.js';

/**
 * PDQ, the perceptual hash of Facebook's ThreatExchange, after its paper "The TMK+PDQF Video-Hashing Algorithm and
 * the PDQ Image-Hashing Algorithm" (2019): two passes of a box filter, 64 by 64 samples, 16 by 16 coefficients of
 * the discrete cosine transform without the constant ones, and one bit for each: above their median or not.
 */
export interface PictureHash {
  /** The 256 coefficients less their median; the sign is the bit, the size how sure it is. */
  margins: Float32Array;
  /** 0 to 100, by how much there is to see; below 50 a hash says little. */
  quality: number;
}

const samples = 64;
const edge = 16;
/** Bits of a hash. */
export const hashBits = edge * edge;

const cosines = Float32Array.from({ length: edge * samples }, (_, at) => {
  const frequency = Math.floor(at / samples) + 1;
  const sample = at % samples;
  return Math.sqrt(2 / samples) * Math.cos((Math.PI / (2 * samples)) * frequency * (2 * sample + 1));
});

/** A running mean along one line of pixels, narrower at its ends; `window` as wide as one sample's share of the line. */
function boxLine(
  from: Float32Array,
  to: Float32Array,
  { start, step, length, window }: { start: number; step: number; length: number; window: number },
): void {
  const half = Math.floor((window + 2) / 2);
  let sum = 0;
  let count = 0;
  let right = 0;
  let left = 0;
  for (let at = 0; at < length; at += 1) {
    const end = Math.min(length, at + half);
    for (; right < end; right += 1, count += 1) sum += from[start + right * step] ?? 0;
    const first = at + half - window;
    for (; left < first; left += 1, count -= 1) sum -= from[start + left * step] ?? 0;
    to[start + at * step] = sum / count;
  }
}

/** Two passes over rows and columns: near a triangle filter, at the price of four sums per pixel. */
function smooth({ width, height, data }: Luma): Float32Array {
  const acrossWindow = Math.ceil(width / (2 * samples));
  const downWindow = Math.ceil(height / (2 * samples));
  let from = data;
  if (acrossWindow < 2 && downWindow < 2) return from;
  const rows = new Float32Array(data.length);
  const smoothed = new Float32Array(data.length);
  for (let pass = 0; pass < 2; pass += 1) {
    for (let y = 0; y < height; y += 1)
      boxLine(from, rows, { start: y * width, step: 1, length: width, window: acrossWindow });
    for (let x = 0; x < width; x += 1)
      boxLine(rows, smoothed, { start: x, step: width, length: height, window: downWindow });
    from = smoothed;
  }
  return from;
}

function decimate({ width, height }: Luma, data: Float32Array): Float32Array {
  const small = new Float32Array(samples * samples);
  for (let y = 0; y < samples; y += 1) {
    const row = Math.floor(((y + 0.5) * height) / samples) * width;
    for (let x = 0; x < samples; x += 1)
      small[y * samples + x] = data[row + Math.floor(((x + 0.5) * width) / samples)] ?? 0;
  }
  return small;
}

function qualityOf(small: Float32Array): number {
  let sum = 0;
  const step = (from: number, to: number) =>
    Math.abs(Math.trunc((((small[from] ?? 0) - (small[to] ?? 0)) * 100) / 255));
  for (let y = 0; y < samples; y += 1) {
    for (let x = 0; x < samples; x += 1) {
      const at = y * samples + x;
      if (y + 1 < samples) sum += step(at, at + samples);
      if (x + 1 < samples) sum += step(at, at + 1);
    }
  }
  return Math.min(100, Math.floor(sum / 90));
}

function transform(small: Float32Array): Float32Array {
  const half = new Float32Array(edge * samples);
  for (let row = 0; row < edge; row += 1) {
    for (let x = 0; x < samples; x += 1) {
      let sum = 0;
      for (let y = 0; y < samples; y += 1)
        sum += (cosines[row * samples + y] ?? 0) * (small[y * samples + x] ?? 0);
      half[row * samples + x] = sum;
    }
  }
  const out = new Float32Array(hashBits);
  for (let row = 0; row < edge; row += 1) {
    for (let column = 0; column < edge; column += 1) {
      let sum = 0;
      for (let x = 0; x < samples; x += 1)
        sum += (half[row * samples + x] ?? 0) * (cosines[column * samples + x] ?? 0);
      out[row * edge + column] = sum;
    }
  }
  return out;
}

function lessMedian(coefficients: Float32Array): Float32Array {
  const sorted = coefficients.toSorted();
  const median = sorted[hashBits / 2 - 1] ?? 0;
  return coefficients.map((value) => value - median);
}

/** Hashes a picture, and how it would look in a mirror: that only turns the sign of every other column. */
export function pdq(luma: Luma): { upright: PictureHash; mirrored: PictureHash } {
  const small = decimate(luma, smooth(luma));
  const quality = qualityOf(small);
  const coefficients = transform(small);
  const flipped = coefficients.map((value, at) => (at % 2 === 0 ? -value : value));
  return {
    upright: { margins: lessMedian(coefficients), quality },
    mirrored: { margins: lessMedian(flipped), quality },
  };
}

/** The hash as 256 characters of 0 and 1, as PostgreSQL writes `bit(256)`. */
export function bitsOf({ margins }: PictureHash): string {
  let bits = '';
  for (const margin of margins) bits += margin > 0 ? '1' : '0';
  return bits;
}
