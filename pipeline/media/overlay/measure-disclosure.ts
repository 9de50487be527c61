import type { OverlayFrame } from '../../../server/contract/overlay-layout.js';

/** The upper part of a frame in grey; `step` bytes lie between two pixels. */
export interface GreyBand {
  data: Uint8Array;
  width: number;
  height: number;
  step: number;
}

/** Encoders change single pixels at the edges of letters: small squares are compared by their mean. */
const square = 4;
/** Greys of 255 by which the mean of a square may differ. */
const tolerance = 24;

function mean(
  { data, width, step }: GreyBand,
  x: number,
  y: number,
  size: { width: number; height: number },
) {
  let sum = 0;
  for (let row = 0; row < size.height; row += 1) {
    for (let column = 0; column < size.width; column += 1) {
      sum += data[((y + row) * width + x + column) * step] ?? 0;
    }
  }
  return sum / (size.width * size.height);
}

/** Pixels of a square that are seen: all, or for a circle those of squares whose middle lies in it. */
function visible({ target, circle }: OverlayFrame, x: number, y: number): boolean {
  if (!circle) return true;
  const radius = Math.min(target.width, target.height) / 2;
  const dx = x + square / 2 - target.width / 2;
  const dy = y + square / 2 - target.height / 2;
  return Math.hypot(dx, dy) <= radius;
}

/** Share of the visible area of a frame in which the band `seen` looks like the band as it was drawn, words included. */
export function coveredShare({
  seen,
  wanted,
  frame,
}: {
  seen: GreyBand;
  wanted: GreyBand;
  frame: OverlayFrame;
}): number {
  let covered = 0;
  for (let y = 0; y < Math.min(seen.height, wanted.height); y += square) {
    for (let x = 0; x < Math.min(seen.width, wanted.width); x += square) {
      const size = { width: Math.min(square, wanted.width - x), height: Math.min(square, wanted.height - y) };
      const differs = Math.abs(mean(seen, x, y, size) - mean(wanted, x, y, size));
      if (visible(frame, x, y) && differs <= tolerance) covered += size.width * size.height;
    }
  }
  const { width, height } = frame.target;
  const all = frame.circle ? Math.PI * (Math.min(width, height) / 2) ** 2 : width * height;
  return covered / all;
}
