import {
  type Layout,
  type LayoutWish,
  layOut,
  type Size,
  type Step,
  targetSize,
  windowOf,
} from '../../server/contract/framing.js';

/** How much larger or smaller a wish makes the part of the source it shows; 1 keeps its size. */
function neededScale(source: Size, wish: LayoutWish, step: Step): number {
  const { crop, inner } = layOut(source, wish, step);
  return Math.max(inner.width / crop.width, inner.height / crop.height);
}

function reduced(source: Size, scale: number, step: Step): Size {
  // Less a hair, so that an exact fit is not rounded up.
  const reduce = (length: number): number =>
    Math.min(length, Math.ceil((length * scale - 1e-6) / step) * step);
  return { width: reduce(source.width), height: reduce(source.height) };
}

function layOutOn(base: Size, source: Size, wish: LayoutWish, step: Step): Layout {
  const layout = layOut(base, wish, step);
  if (wish.frame.fit !== 'long_edge') return layout;
  // A kept shape is measured on the source, lest the rounding of the base change it.
  const kept = targetSize(windowOf(source, wish.crop, step), wish.frame, step);
  return { ...layout, target: kept, inner: { x: 0, y: 0, ...kept } };
}

/** A base so little larger than needed costs less than one more reduction. */
const nearEnough = 0.9;

/**
 * The smallest base picture that covers every wish without enlarging, and the layouts on it: the
 * source is decoded and reduced once, then each output is cut from the base. `halvings` are the divisors
 * by which the decoder itself gives a smaller picture.
 */
export function layOutAll(
  source: Size,
  wishes: readonly LayoutWish[],
  step: Step,
  halvings: readonly number[] = [],
): { base: Size; layouts: Layout[] } {
  const scale = Math.min(1, Math.max(...wishes.map((wish) => neededScale(source, wish, step)), 0));
  const divisor = [1, ...halvings].find((one) => scale * one <= 1 && scale * one > nearEnough);
  const base = reduced(source, divisor === undefined ? scale : 1 / divisor, step);
  return { base, layouts: wishes.map((wish) => layOutOn(base, source, wish, step)) };
}

/** Wishes that need at most this share of the source's size are worth a reduced picture of their own. */
const apartScale = 0.6;

/**
 * As `layOutAll`, with up to two bases: a tall cut of a 4K film needs nearly all its lines, but what
 * needs far fewer shares one reduced picture, so that not every output is scaled from the whole.
 */
export function layOutApart(
  source: Size,
  wishes: readonly LayoutWish[],
  step: Step,
): { base: Size; layout: Layout }[] {
  const scales = wishes.map((wish) => neededScale(source, wish, step));
  const small = scales.filter((scale) => scale <= apartScale);
  const base = small.length > 1 ? reduced(source, Math.max(...small), step) : source;
  return wishes.map((wish, index) => {
    const own = (scales[index] ?? 1) <= apartScale ? base : source;
    return { base: own, layout: layOutOn(own, source, wish, step) };
  });
}
