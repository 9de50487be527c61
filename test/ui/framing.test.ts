import { describe, expect, it } from 'vitest';
import { layOutAll } from '../../pipeline/media/frame.js';
import type { FormatInfo } from '../../server/contract/creative.js';
import { framings } from '../../server/contract/lists.js';
import { automaticWindow, moved, resized, widthRange } from '../../ui/screens/studio/crop-window.js';
import { layoutOf } from '../../ui/screens/studio/framing.js';

/** The same numbers each time, so that a failure can be looked at again. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const frames = [
  [1080, 1080],
  [1080, 1350],
  [1080, 1920],
  [1200, 630],
  [1920, 1080],
  [2551, 3579],
] as const;

type Shape = Pick<FormatInfo, 'kind' | 'width' | 'height' | 'longEdge'>;

function cases() {
  const next = numbers(7);
  const whole = (low: number, high: number) => Math.floor(low + next() * (high - low));
  return Array.from({ length: 400 }, () => {
    const source = { width: whole(200, 5000), height: whole(200, 5000) };
    const [width, height] = frames[whole(0, frames.length)] ?? frames[0];
    const kind = next() < 0.5 ? ('image' as const) : ('video' as const);
    const kept = next() < 0.2;
    const format: Shape = kept
      ? { kind, width: null, height: null, longEdge: 1600 }
      : { kind, width, height, longEdge: null };
    const focal = { x: next(), y: next() };
    const framing = framings[whole(0, framings.length)] ?? 'crop';
    const target = kept ? source : { width, height };
    const window = automaticWindow(source, target, focal);
    const { least, most } = widthRange(source, target);
    const crop =
      framing === 'crop' && next() < 0.5
        ? moved(resized(window, least + next() * (most - least), source, target), next() - 0.5, next() - 0.5)
        : null;
    return { source, format, framed: { framing, crop, focal, background: '#ffffff' } };
  });
}

describe('the preview of a format', () => {
  it('lies where the renderer puts it, to a pixel or two, whatever the picture, frame and window', () => {
    for (const one of cases()) {
      const { source, format, framed } = one;
      const { crop: window, framing, focal } = framed;
      const frame =
        format.width !== null && format.height !== null
          ? { fit: 'exact' as const, width: format.width, height: format.height }
          : { fit: 'long_edge' as const, longEdge: format.longEdge ?? 0 };
      const step = format.kind === 'video' ? 2 : 1;
      const made = layOutAll(source, [{ frame, framing, focal, crop: window }], step);
      const [drawn] = made.layouts;
      const seen = layoutOf(format, source, framed);
      if (!drawn) throw new Error('nothing was laid out');
      const off = (share: number, other: number, length: number) => Math.abs(share - other) * length;
      // The renderer cuts from a reduced picture: one of its pixels is the least it can be off by.
      const { base } = made;
      const apart = [
        off(seen.crop.x / source.width, drawn.crop.x / base.width, base.width),
        off(seen.crop.y / source.height, drawn.crop.y / base.height, base.height),
        off(seen.crop.width / source.width, drawn.crop.width / base.width, base.width),
        off(seen.crop.height / source.height, drawn.crop.height / base.height, base.height),
        Math.abs(seen.inner.x - drawn.inner.x),
        Math.abs(seen.inner.y - drawn.inner.y),
        Math.abs(seen.inner.width - drawn.inner.width),
        Math.abs(seen.inner.height - drawn.inner.height),
      ];

      expect({ one, most: Math.max(...apart) }).toSatisfy(({ most }) => most <= step * 2 + 0.5);
      expect([seen.target, seen.ground], JSON.stringify(one)).toEqual([drawn.target, drawn.ground]);
    }
  });
});

describe('a window chosen by hand', () => {
  it('keeps the shape of the frame and stays inside the picture wherever it is moved and however it is zoomed', () => {
    const next = numbers(11);
    for (const { source } of cases()) {
      for (const [width, height] of frames) {
        const frame = { width, height };
        const start = automaticWindow(source, frame, { x: next(), y: next() });
        const { least, most } = widthRange(source, frame);
        const window = moved(resized(start, next() * 1.4, source, frame), next() * 3 - 1.5, next() * 3 - 1.5);
        const shape = (window.width * source.width) / (window.height * source.height);

        expect(window.x).toBeGreaterThanOrEqual(0);
        expect(window.y).toBeGreaterThanOrEqual(0);
        expect(window.x + window.width).toBeLessThanOrEqual(1 + 1e-6);
        expect(window.y + window.height).toBeLessThanOrEqual(1 + 1e-6);
        expect(window.width).toBeLessThanOrEqual(most + 1e-6);
        expect(window.width).toBeGreaterThanOrEqual(least - 1e-6);
        expect(Math.abs(shape / (width / height) - 1)).toBeLessThan(0.01);
      }
    }
  });
});
