import type { Framing } from '../../server/contract/lists.js';
import type { FocalPoint } from '../../server/contract/recipe.js';

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
}

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

/** Where everything goes for one wish. A source that already has the frame's shape is simply scaled. */
export function layOut(source: Size, wish: LayoutWish, step: Step): Layout {
  const target = targetSize(source, wish.frame, step);
  const whole: Box = { x: 0, y: 0, ...source };
  const full: Box = { x: 0, y: 0, ...target };
  const difference = Math.abs(source.width * target.height - source.height * target.width);
  const sameShape =
    difference <= Math.max(source.width, source.height) * Math.max(target.width, target.height) * 0.004;
  if (wish.frame.fit === 'long_edge' || sameShape)
    return { target, crop: whole, inner: full, ground: 'none' };
  if (wish.framing === 'crop') {
    return { target, crop: cropAround(source, target, wish.focal, step), inner: full, ground: 'none' };
  }
  const ground = wish.framing === 'blur' ? 'blur' : 'plain';
  return { target, crop: whole, inner: fitInside(source, target, step), ground };
}

/**
 * The smallest base picture that covers every wish without enlarging, and the layouts on it: the
 * source is decoded and reduced once, then each output is cut from the base.
 */
export function layOutAll(
  source: Size,
  wishes: readonly LayoutWish[],
  step: Step,
): { base: Size; layouts: Layout[] } {
  const needed = wishes.map((wish) => {
    const { crop, inner } = layOut(source, wish, step);
    return Math.max(inner.width / crop.width, inner.height / crop.height);
  });
  const scale = Math.min(1, Math.max(...needed, 0));
  // Less a hair, so that an exact fit is not rounded up.
  const reduce = (length: number): number =>
    Math.min(length, Math.ceil((length * scale - 1e-6) / step) * step);
  const base: Size = scale > 0.9 ? source : { width: reduce(source.width), height: reduce(source.height) };
  const layouts = wishes.map((wish) => {
    const kept = targetSize(source, wish.frame, step);
    const layout = layOut(base, wish, step);
    // A kept shape is measured on the source, lest the rounding of the base change it.
    return wish.frame.fit === 'long_edge'
      ? { ...layout, target: kept, inner: { x: 0, y: 0, ...kept } }
      : layout;
  });
  return { base, layouts };
}
