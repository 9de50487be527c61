import type { GreyFrame } from './grey-frames.js';
import { type Luma, type Part, whole, within } from './luma.js';
import type { PicturePrints } from './media-prints.js';
import { bitsOf } from './pdq.js';
import {
  askOf,
  type Hashed,
  hashed,
  leastQuality,
  middle,
  middles,
  outlinesFor,
  printOf,
} from './picture-prints.js';
import { trimmed } from './trim-borders.js';

/** Bits by which two pictures of a film must differ for both to be worth keeping. */
const newPicture = 10;
/** A bar that stays through a whole film is one however wide: a wide film on a tall screen has a third above it. */
const widestBar = 0.42;
/** A film is found by every picture that is kept, but asks with few of them: two films share many. */
const askEveryMs = 1000;
const mostAsking = 48;
/** Pictures, spread over the film, that also ask as if a tenth of the film had been cut off. */
const mostCropped = 8;
/** Shapes that are laid on a soft copy of themselves to fill a screen of another shape, width by height. */
const laidOn = [16 / 9, 1, 9 / 16];
/** A window of such a shape that is nearly the film says nothing new. */
const mostOfFilm = 0.8;

function distance(one: string, other: string): number {
  let differing = 0;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) differing += 1;
  return differing;
}

/** What lies within the bars that all pictures have. */
function insideOf(pictures: readonly Luma[]): Part {
  const parts = pictures.map((luma) => trimmed(luma, pictures.length > 1 ? widestBar : undefined));
  return {
    left: Math.min(...parts.map(({ left }) => left)),
    top: Math.min(...parts.map(({ top }) => top)),
    right: Math.max(...parts.map(({ right }) => right)),
    bottom: Math.max(...parts.map(({ bottom }) => bottom)),
  };
}

/** The middle of a picture in each shape that the film may have had before its screen was filled. */
function windowsIn({ width, height }: Luma): Part[] {
  const shape = width / height;
  return laidOn.flatMap((wanted) => {
    const share = Math.min(shape, wanted) / Math.max(shape, wanted);
    if (share > mostOfFilm) return [];
    const [from, to] = [(1 - share) / 2, (1 + share) / 2];
    return [wanted > shape ? { ...whole, top: from, bottom: to } : { ...whole, left: from, right: to }];
  });
}

interface Moment extends GreyFrame {
  /** In each outline, the one without bars first. */
  full: Hashed[];
}

/** Moments that show something, each other than the last. */
function momentsOf(frames: readonly GreyFrame[], inside: Part): Moment[] {
  const moments: Moment[] = [];
  let last: string | null = null;
  for (const frame of frames) {
    const full = outlinesFor(inside).map((part) => hashed(frame.luma, part));
    const [shown] = full;
    if (!shown || shown.upright.quality < leastQuality) continue;
    const bits = bitsOf(shown.upright);
    if (last !== null && distance(last, bits) < newPicture) continue;
    last = bits;
    moments.push({ ...frame, full });
  }
  return moments;
}

/** The first moment of each second. */
function everySecond(moments: readonly Moment[]): Moment[] {
  const chosen: Moment[] = [];
  for (const moment of moments) {
    const last = chosen.at(-1);
    if (!last || moment.atMs - last.atMs >= askEveryMs) chosen.push(moment);
  }
  return chosen;
}

function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, at) => items[Math.floor((at * items.length) / most)]).flatMap(
    (item) => item ?? [],
  );
}

/**
 * Fingerprints of a film's pictures. It is found again after compression, scaling and cuts, within plain bars of any
 * width and on a soft copy of itself; a short one also after a tenth of its width and height was cut off.
 */
export function filmPrints(frames: readonly GreyFrame[]): PicturePrints {
  const shown = frames.filter(({ luma }) => hashed(luma, whole).upright.quality >= leastQuality);
  if (shown.length === 0) return { prints: [], asks: [], fine: null };
  const inside = insideOf(shown.map(({ luma }) => luma));
  const moments = momentsOf(shown, inside);
  const asking = spread(everySecond(moments), mostAsking);
  const cropped = spread(asking, mostCropped).flatMap(({ luma, atMs }) =>
    middles.map((part) => askOf(hashed(luma, within(inside, part)), atMs)),
  );
  return {
    prints: moments.flatMap(({ luma, atMs, full }) => [
      ...full.map((one) => printOf(one, atMs)),
      printOf(hashed(luma, within(inside, middle)), atMs),
    ]),
    asks: [
      ...asking.flatMap(({ luma, atMs, full }) => [
        ...full.map((one) => askOf(one, atMs)),
        ...windowsIn(luma).map((part) => askOf(hashed(luma, part), atMs)),
      ]),
      ...cropped,
    ],
    fine: null,
  };
}
