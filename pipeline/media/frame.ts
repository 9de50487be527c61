import {
  type Layout,
  type LayoutWish,
  layOut,
  type Size,
  type Step,
  targetSize,
  windowOf,
} from '../../server/contract/framing.js';

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
    const kept = targetSize(windowOf(source, wish.crop, step), wish.frame, step);
    const layout = layOut(base, wish, step);
    // A kept shape is measured on the source, lest the rounding of the base change it.
    return wish.frame.fit === 'long_edge'
      ? { ...layout, target: kept, inner: { x: 0, y: 0, ...kept } }
      : layout;
  });
  return { base, layouts };
}
