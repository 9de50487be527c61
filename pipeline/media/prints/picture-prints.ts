import { cut, halved, type Luma, type Part, softened, squareOf, whole, within } from './luma.js';
import type { FinePicture, PictureAsk, PicturePrint, PicturePrints } from './media-prints.js';
import { bitsOf, hashBits, type PictureHash, pdq } from './pdq.js';
import { trimmed } from './trim-borders.js';

/** Edge of the small grey picture that is kept. */
export const pictureEdge = 128;
/** The same of letters on a ground: they need more of it than faces do, and pack well. */
export const lettersEdge = 256;
/**
 * From this share of plain squares on a picture may be one of letters on a ground. Then half of the other squares hold
 * nearly black and white, or most of it is of one grey: of 31 photographs none with much sky went beyond 65 grey levels and
 * 0.44; all cards had 175 and 0.84.
 */
const plainGround = 0.35;
const plainRange = 12;
const lettersRange = 100;
const oneGround = 0.6;

/** Below this quality, of PDQ's 0 to 100, a picture shows so little that its hash is chance. */
export const leastQuality = 20;
const bands = 4;
const bandBits = 20;
/** So many of a band's least sure bits are tried both ways. */
const unsure = 3;

/**
 * The bits of the lowest frequencies, dealt out to the bands in turn: they survive a shift by a few hundredths, which
 * turns a third of the higher ones. Measured on random crops (`npm run bench -- media`).
 */
const bandOf: readonly (readonly number[])[] = (() => {
  const edge = Math.sqrt(hashBits);
  const frequency = (at: number): number => (Math.floor(at / edge) + 1) ** 2 + ((at % edge) + 1) ** 2;
  const order = Array.from({ length: hashBits }, (_, at) => at).sort(
    (a, b) => frequency(a) - frequency(b) || a - b,
  );
  return Array.from({ length: bands }, (_, band) =>
    order.slice(0, bands * bandBits).filter((_, place) => place % bands === band),
  );
})();

function keyOf(band: number, margins: Float32Array, turned: ReadonlySet<number>): number {
  let key = band;
  for (const at of bandOf[band] ?? []) {
    const bit = (margins[at] ?? 0) > 0 !== turned.has(at);
    key = key * 2 + (bit ? 1 : 0);
  }
  return key;
}

/** Where the index keeps a hash. */
export function keysOf({ margins }: Pick<PictureHash, 'margins'>): number[] {
  return bandOf.map((_, band) => keyOf(band, margins, new Set()));
}

/** The keys a near hash is likely to have: those with the least sure bits of each band turned, in every mixture. */
function askedKeys({ margins }: PictureHash): number[] {
  const sureness = (at: number): number => Math.abs(margins[at] ?? 0);
  return bandOf.flatMap((bits, band) => {
    const weakest = bits.toSorted((a, b) => sureness(a) - sureness(b)).slice(0, unsure);
    return Array.from({ length: 2 ** unsure }, (_, mixture) =>
      keyOf(band, margins, new Set(weakest.filter((_, place) => (mixture >> place) & 1))),
    );
  });
}

/** What is left in the middle of a picture however a tenth of its width and height is cut off. */
export const middle: Part = { left: 0.1, top: 0.1, right: 0.9, bottom: 0.9 };

/** Where that middle lies, along one axis, in a picture from which nothing, a twentieth or a tenth was cut off. */
const middleSpans: readonly (readonly [number, number])[] = [
  [0.1, 0.9],
  [0, 0.889],
  [0.111, 1],
  [0.056, 0.944],
  [0.053, 0.895],
  [0.105, 0.947],
];
export const middles: readonly Part[] = middleSpans.flatMap(([left, right]) =>
  middleSpans.map(([top, bottom]) => ({ left, top, right, bottom })),
);

/** What is left of a picture when a fifth of it, at the top or at the bottom, was written over. */
const belowBar: Part = { left: 0, top: 0.2, right: 1, bottom: 1 };
const aboveBar: Part = { left: 0, top: 0, right: 1, bottom: 0.8 };

/** Where that lies in a copy whose bar of a fifth, a seventh, a tenth or a twentieth was taken for a caption. */
const barred: readonly Part[] = [0, 0.06, 0.11, 0.16].flatMap((cutOff) => [
  { ...whole, top: cutOff },
  { ...whole, bottom: 1 - cutOff },
]);

function isWhole({ left, top, right, bottom }: Part): boolean {
  return left < 0.01 && top < 0.01 && right > 0.99 && bottom > 0.99;
}

export interface Hashed {
  part: Part;
  upright: PictureHash;
  mirrored: PictureHash;
}

export function hashed(luma: Luma, part: Part): Hashed {
  return { part, ...pdq(isWhole(part) ? luma : cut(luma, part)) };
}

export function printOf({ part, upright }: Hashed, atMs: number | null = null): PicturePrint {
  return { bits: bitsOf(upright), keys: keysOf(upright), part, atMs };
}

export function askOf({ part, upright }: Hashed, atMs: number | null = null): PictureAsk {
  return { bits: bitsOf(upright), keys: askedKeys(upright), part, atMs, mirrored: false };
}

function mirrorAskOf({ part, mirrored }: Hashed): PictureAsk {
  return { bits: bitsOf(mirrored), keys: askedKeys(mirrored), part, atMs: null, mirrored: true };
}

/** Lightest less darkest pixel of each square of eight pixels. */
function contrasts({ width, height, data }: Luma): number[] {
  const edge = 8;
  const found: number[] = [];
  for (let top = 0; top + edge <= height; top += edge) {
    for (let left = 0; left + edge <= width; left += edge) {
      let [low, high] = [255, 0];
      for (let y = top; y < top + edge; y += 1) {
        for (let x = left; x < left + edge; x += 1) {
          const value = data[y * width + x] ?? 0;
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      found.push(high - low);
    }
  }
  return found.sort((one, other) => one - other);
}

/** Share of pixels of about the commonest grey. */
function groundShare({ data }: Luma): number {
  const counts = new Uint32Array(33);
  for (const value of data) counts[Math.min(31, value >> 3)] = (counts[Math.min(31, value >> 3)] ?? 0) + 1;
  let most = 0;
  for (let at = 0; at < 32; at += 1) most = Math.max(most, (counts[at] ?? 0) + (counts[at + 1] ?? 0));
  return most / data.length;
}

/** Whether it is letters on a ground, and no photograph of much sky. */
function isLetters(luma: Luma): boolean {
  const ranges = contrasts(luma);
  const first = ranges.findIndex((range) => range >= plainRange);
  if (first < plainGround * ranges.length) return false;
  const middle = ranges[first + Math.floor((ranges.length - first) / 2)] ?? 0;
  return middle >= lettersRange || groundShare(luma) >= oneGround;
}

function fineOf(luma: Luma, inside: Part): FinePicture {
  const edge = isLetters(luma) ? lettersEdge : pictureEdge;
  return { pixels: softened(squareOf(luma, edge)), inside };
}

/** Without its borders, and with them: they may be the picture's own, and a copy then has more or less of them. */
export function outlinesFor(inside: Part): Part[] {
  return isWhole(inside) ? [whole] : [inside, whole];
}

interface Outlines {
  inside: Part;
  full: Hashed[];
  centres: Hashed[];
  windows(parts: readonly Part[], outline: Part): Hashed[];
}

/** Null when the picture shows next to nothing. */
function outlinesOf(luma: Luma): Outlines | null {
  const inside = trimmed(luma);
  const full = outlinesFor(inside).map((part) => hashed(luma, part));
  if (full.every(({ upright }) => upright.quality < leastQuality)) return null;
  // Windows are laid within a fiftieth anyway: a quarter of the pixels will do.
  const small = halved(luma);
  const windows = (parts: readonly Part[], outline: Part): Hashed[] =>
    parts.map((part) => hashed(small, within(outline, part)));
  return { inside, full, centres: full.flatMap(({ part }) => windows([middle], part)), windows };
}

function printsOf({ inside, full, centres, windows }: Outlines): PicturePrint[] {
  return [...full, ...centres, ...windows([belowBar, aboveBar], inside)].map((one) => printOf(one));
}

/** What a picture is found by, without what it would ask with. */
export function indexedPrints(luma: Luma): PicturePrints {
  const outlines = outlinesOf(luma);
  if (outlines === null) return { prints: [], asks: [], fine: null };
  return { prints: printsOf(outlines), asks: [], fine: fineOf(luma, outlines.inside) };
}

/**
 * Fingerprints of a picture. It is found again after compression, scaling, borders, captions above and below, in a
 * mirror, and after a tenth of its width and height was cut off. Nothing is printed of a picture that shows nothing.
 */
export function picturePrints(luma: Luma): PicturePrints {
  const outlines = outlinesOf(luma);
  if (outlines === null) return { prints: [], asks: [], fine: null };
  const { inside, full, centres, windows } = outlines;
  const asked = [...full.flatMap(({ part }) => windows(middles, part)), ...windows(barred, inside)];
  return {
    prints: printsOf(outlines),
    asks: [...[...full, ...asked].map((one) => askOf(one)), ...[...full, ...centres].map(mirrorAskOf)],
    fine: fineOf(luma, inside),
  };
}
