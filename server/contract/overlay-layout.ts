import type { Box, Size } from './framing.js';
import type { Overlay } from './recipe.js';

/** Where overlays lie in a finished frame: the renderer and the studio's preview ask the same functions. */

/** The part of a frame that no platform covers, and whether the frame is shown cut to a circle. */
export interface OverlayFrame {
  target: Size;
  /** Pixels of the target at each edge under the platform's own interface; null when nothing is covered. */
  safeZone: { top: number; right: number; bottom: number; left: number } | null;
  circle: boolean;
}

/** A text's place: it is drawn in the largest size between the two that fits, and fails when none does. */
export interface TextPlace {
  box: Box;
  minSizePx: number;
  maxSizePx: number;
}

export interface OverlayPlaces {
  /** The opaque band and, in it, the text. */
  disclosure: (TextPlace & { band: Box }) | null;
  /** The band over the middle and, in it, the mark and word. */
  stamp: (TextPlace & { band: Box }) | null;
  /** The strip lies in the lower left corner of the box and is as large as its text needs. */
  label: TextPlace | null;
  /** The strip is as wide as the box and lies at its lower edge. */
  imprint: TextPlace | null;
  /** One line or two stand in the middle, from the lower edge of the box upwards. */
  subtitles: TextPlace | null;
}

/** Distance of lines in parts of the text size: room for the marks above and below Devanagari. */
export const overlayLineHeight = 1.45;

const even = (length: number): number => Math.max(2, Math.round(length / 2) * 2);
const evenDown = (length: number): number => Math.max(2, Math.floor(length / 2) * 2);
const evenUp = (length: number): number => Math.ceil(length / 2) * 2;

/** The part of the frame that is sure to be seen: for a circle the square inside it. */
export function safeBox({ target, safeZone, circle }: OverlayFrame): Box {
  if (circle) {
    const side = evenDown(Math.min(target.width, target.height) / Math.SQRT2);
    return {
      x: evenUp((target.width - side) / 2),
      y: evenUp((target.height - side) / 2),
      width: side,
      height: side,
    };
  }
  const { top, right, bottom, left } = safeZone ?? { top: 0, right: 0, bottom: 0, left: 0 };
  const x = evenUp(left);
  const y = evenUp(top);
  return {
    x,
    y,
    width: evenDown(target.width - right - x),
    height: evenDown(target.height - bottom - y),
  };
}

/** Share of a circle's area above a horizontal cut at `depth`, both in parts of the diameter. */
export function circleShare(depth: number): number {
  const cosine = 1 - 2 * Math.min(1, Math.max(0, depth));
  return (Math.acos(cosine) - cosine * Math.sqrt(Math.max(0, 1 - cosine * cosine))) / Math.PI;
}

function circleDepth(share: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (circleShare(middle) < share) low = middle;
    else high = middle;
  }
  return high;
}

/** Encoders soften the band's edge by a row or two: this much more is covered than was asked for. */
const bandReserve = 1.03;

function placeDisclosure(frame: OverlayFrame, safe: Box, share: number): OverlayPlaces['disclosure'] {
  const { target, circle } = frame;
  const side = Math.min(target.width, target.height);
  const minSizePx = Math.max(11, side * 0.026);
  const depth = circle ? circleDepth(share * bandReserve) : share * bandReserve;
  // What the platform's interface covers is not seen: the text stands below it, and so does the band's lower part.
  const hidden = circle ? 0 : safe.y;
  const least = hidden > 0 ? side * 0.08 : minSizePx * 2.1;
  const height = evenUp(Math.max(depth * target.height, hidden + least));
  const top = circle ? height * 0.42 : hidden;
  const half = Math.sqrt(Math.max(0, (side / 2) ** 2 - (side / 2 - top) ** 2));
  const [left, right] = circle
    ? [target.width / 2 - half, target.width / 2 + half]
    : [safe.x, safe.x + safe.width];
  const pad = side * 0.025;
  const room = height - top;
  return {
    band: { x: 0, y: 0, width: target.width, height },
    box: {
      x: evenUp(left + pad),
      y: evenUp(top + room * 0.12),
      width: evenDown(right - left - pad * 2),
      height: evenDown(room * 0.76),
    },
    minSizePx,
    maxSizePx: Math.max(minSizePx, Math.min(side * 0.052, room * 0.5)),
  };
}

function lines(count: number, sizePx: number): number {
  return even(count * sizePx * overlayLineHeight);
}

/**
 * Places what a recipe draws so that nothing overlaps: the disclosure at the top, from the bottom up the imprint, the
 * label and the subtitles, and the stamp over the middle of what is left. Sizes follow the shorter edge.
 */
export function placeOverlays(frame: OverlayFrame, overlays: readonly Overlay[]): OverlayPlaces {
  const { target } = frame;
  const safe = safeBox(frame);
  const side = Math.min(target.width, target.height);
  const gap = even(side * 0.024);
  const has = (kind: Overlay['kind']): boolean => overlays.some((overlay) => overlay.kind === kind);
  const places: OverlayPlaces = {
    disclosure: null,
    stamp: null,
    label: null,
    imprint: null,
    subtitles: null,
  };
  const top = { at: safe.y + gap };
  const share = overlays.find((overlay) => overlay.kind === 'disclosure')?.share;
  if (share !== undefined) {
    places.disclosure = placeDisclosure(frame, safe, share);
    top.at = Math.max(top.at, (places.disclosure?.band.height ?? 0) + gap);
  }
  let bottom = safe.y + safe.height;
  const width = evenDown(safe.width - gap * 2);
  const fromBottom = (height: number, minSizePx: number, maxSizePx: number): TextPlace => {
    const y = Math.max(top.at, evenDown(bottom - gap - height));
    const box = { x: safe.x + gap, y, width, height: Math.max(2, bottom - gap - y) };
    bottom = y;
    return { box, minSizePx, maxSizePx };
  };
  if (has('imprint')) {
    const sizePx = Math.max(11, side * 0.014);
    places.imprint = fromBottom(lines(4, sizePx), sizePx, sizePx * 1.15);
  }
  if (has('label')) {
    const sizePx = Math.max(11, side * 0.024);
    places.label = fromBottom(lines(3, sizePx), sizePx, sizePx * 1.3);
  }
  if (has('subtitles')) {
    const sizePx = Math.max(14, Math.round(side * 0.046));
    places.subtitles = fromBottom(even(sizePx * 4.4), sizePx, sizePx);
  }
  if (has('stamp')) {
    const height = evenDown(Math.min(side * 0.24, Math.max(2, bottom - top.at - gap)));
    const middle = (target.height - height) / 2;
    const y = evenDown(Math.max(top.at, Math.min(middle, bottom - gap - height)));
    places.stamp = {
      band: { x: 0, y, width: target.width, height },
      box: {
        x: safe.x + gap * 2,
        y: evenUp(y + height * 0.14),
        width: evenDown(safe.width - gap * 4),
        height: evenDown(height * 0.72),
      },
      minSizePx: Math.max(14, side * 0.045),
      maxSizePx: height * 0.44,
    };
  }
  return places;
}

/** Pixels at each edge that the platform or something drawn along the edge covers: what is left is free for other words. */
export function coveredZone(
  frame: OverlayFrame,
  overlays: readonly Overlay[],
): NonNullable<OverlayFrame['safeZone']> {
  const { target } = frame;
  const safe = safeBox(frame);
  const { disclosure, subtitles, label, imprint } = placeOverlays(frame, overlays);
  const highest = Math.min(
    safe.y + safe.height,
    ...[subtitles, label, imprint].flatMap((place) => (place ? [place.box.y] : [])),
  );
  return {
    top: Math.max(safe.y, disclosure?.band.height ?? 0),
    right: target.width - safe.x - safe.width,
    bottom: target.height - highest,
    left: safe.x,
  };
}
