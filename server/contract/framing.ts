import type { Framing } from './lists.js';
import type { FocalPoint } from './recipe.js';

/** Where a picture lies in its frame: the renderer and the studio's preview ask the same functions. */

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  x: number;
  y: number;
}

/**
 * How a picture is brought into its frame, all in pixels of the base picture: `crop` is the part
 * shown, scaled to `inner`, which lies in `target` at `x`, `y` over a plain or blurred ground.
 */
export interface Layout {
  target: Size;
  crop: Box;
  inner: Box;
  ground: 'none' | 'plain' | 'blur';
}

/** One picture wanted: fixed frames are filled, `longEdge` keeps the source's shape. */
export interface LayoutWish {
  frame: { fit: 'exact'; width: number; height: number } | { fit: 'long_edge'; longEdge: number };
  framing: Framing;
  focal: FocalPoint;
  /** The part a person chose, in shares of the source: taken as if it were the whole picture. */
  crop?: Box | null;
}

/** A window with a shorter edge, in pixels of the source, shows nothing that can be read. */
export const leastWindow = 64;

/** Sizes and offsets are multiples of this: 2 for video, whose colour is stored for pairs of pixels. */
export type Step = 1 | 2;

function snap(value: number, step: Step): number {
  return Math.max(step, Math.round(value / step) * step);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** The largest part of `source` with the shape of `target`, as near the focal point as the edges allow. */
export function cropAround(source: Size, target: Size, focal: FocalPoint, step: Step): Box {
  const scale = Math.min(source.width / target.width, source.height / target.height);
  const width = Math.min(source.width, snap(target.width * scale, step));
  const height = Math.min(source.height, snap(target.height * scale, step));
  const place = (length: number, part: number, at: number): number =>
    Math.floor(clamp(at * length - part / 2, 0, length - part) / step) * step;
  return { x: place(source.width, width, focal.x), y: place(source.height, height, focal.y), width, height };
}

/** The whole of `source` inside `target`, centred. */
export function fitInside(source: Size, target: Size, step: Step): Box {
  const scale = Math.min(target.width / source.width, target.height / source.height);
  const width = Math.min(target.width, snap(source.width * scale, step));
  const height = Math.min(target.height, snap(source.height * scale, step));
  const middle = (outer: number, inner: number): number => Math.floor((outer - inner) / 2 / step) * step;
  return { x: middle(target.width, width), y: middle(target.height, height), width, height };
}

/** Size of the finished file: fixed frames are even themselves; a kept shape is never enlarged. */
export function targetSize(source: Size, frame: LayoutWish['frame'], step: Step): Size {
  if (frame.fit === 'exact') return { width: frame.width, height: frame.height };
  const scale = Math.min(1, frame.longEdge / Math.max(source.width, source.height));
  return { width: snap(source.width * scale, step), height: snap(source.height * scale, step) };
}

/** Shapes so near to each other that a picture of the one is simply scaled into the other. */
export function sameShape(a: Size, b: Size): boolean {
  const difference = Math.abs(a.width * b.height - a.height * b.width);
  return difference <= Math.max(a.width, a.height) * Math.max(b.width, b.height) * 0.004;
}

/** The part of the source that is laid out, in pixels: the window a person chose, or all of it. */
export function windowOf(source: Size, crop: Box | null | undefined, step: Step): Box {
  if (!crop) return { x: 0, y: 0, ...source };
  const along = (length: number, from: number, share: number): [number, number] => {
    const part = Math.min(length, snap(share * length, step));
    return [Math.floor(clamp(from * length, 0, length - part) / step) * step, part];
  };
  const [x, width] = along(source.width, crop.x, crop.width);
  const [y, height] = along(source.height, crop.y, crop.height);
  return { x, y, width, height };
}

const middlePoint: FocalPoint = { x: 0.5, y: 0.5 };

/** Where everything goes for one wish. A source that already has the frame's shape is simply scaled. */
export function layOut(source: Size, wish: LayoutWish, step: Step): Layout {
  const shown = windowOf(source, wish.crop, step);
  const target = targetSize(shown, wish.frame, step);
  const full: Box = { x: 0, y: 0, ...target };
  if (wish.frame.fit === 'long_edge' || sameShape(shown, target)) {
    return { target, crop: shown, inner: full, ground: 'none' };
  }
  if (wish.framing === 'crop') {
    // The window was placed by eye: what has to go for the shape goes evenly from both sides.
    const part = cropAround(shown, target, wish.crop ? middlePoint : wish.focal, step);
    return {
      target,
      crop: { ...part, x: shown.x + part.x, y: shown.y + part.y },
      inner: full,
      ground: 'none',
    };
  }
  const ground = wish.framing === 'blur' ? 'blur' : 'plain';
  return { target, crop: shown, inner: fitInside(shown, target, step), ground };
}
