import { describe, expect, it } from 'vitest';
import { loadFormats } from '../../pipeline/formats/load-formats.js';
import { coveredShare, type GreyBand } from '../../pipeline/media/overlay/measure-disclosure.js';
import type { FormatSpec } from '../../server/contract/format.js';
import type { Box } from '../../server/contract/framing.js';
import {
  circleShare,
  coveredZone,
  type OverlayFrame,
  placeOverlays,
  safeBox,
} from '../../server/contract/overlay-layout.js';
import type { Overlay } from '../../server/contract/recipe.js';

const formats = (await loadFormats()).filter(({ frame }) => frame !== null);

/** The finished frame of a format; one that keeps the source's shape gets a usual one. */
function frameOf({ frame, safeZone, mask }: FormatSpec, ratio = 16 / 9): OverlayFrame {
  if (!frame) throw new Error('a sound has no frame');
  const target =
    frame.fit === 'exact'
      ? { width: frame.width, height: frame.height }
      : { width: frame.longEdge, height: Math.round(frame.longEdge / ratio / 2) * 2 };
  return { target, safeZone, circle: mask === 'circle' };
}

const every: Overlay[] = [
  { kind: 'disclosure', text: 'एआई-जनित', share: 0.1 },
  { kind: 'stamp', word: 'भ्रामक', mark: 'misleading' },
  { kind: 'subtitles', cues: 'a'.repeat(64) },
  { kind: 'label', text: 'मंच द्वारा जारी' },
  { kind: 'imprint', text: 'मुद्रक: अ प्रेस' },
];

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function inside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

describe('what is drawn over a frame', () => {
  it.each(formats.map((format) => [format.code, format] as const))(
    'never overlaps in %s',
    (_code, format) => {
      const frame = frameOf(format);
      const { disclosure, stamp, subtitles, label, imprint } = placeOverlays(frame, every);
      const boxes = [disclosure?.band, stamp?.band, subtitles?.box, label?.box, imprint?.box];

      for (const [index, one] of boxes.entries()) {
        if (!one) throw new Error('something has no place');
        expect(inside(one, { x: 0, y: 0, ...frame.target })).toBe(true);
        for (const other of boxes.slice(index + 1)) expect(other && overlap(one, other)).toBe(false);
      }
    },
  );

  it.each(formats.map((format) => [format.code, format] as const))(
    'keeps its words where %s is sure to be seen',
    (_code, format) => {
      const frame = frameOf(format);
      const places = placeOverlays(frame, every);
      const safe = safeBox(frame);

      for (const place of [places.label, places.subtitles, places.imprint, places.stamp]) {
        expect(place && inside(place.box, safe)).toBe(true);
      }
      const words = places.disclosure?.box;
      if (frame.circle && words) {
        const radius = frame.target.width / 2;
        const corner = Math.hypot(words.x - radius, words.y - radius);
        expect(corner).toBeLessThan(radius);
      } else expect(words && inside(words, safe)).toBe(true);
      for (const place of [places.stamp, places.disclosure]) {
        expect(place && inside(place.box, place.band)).toBe(true);
      }
    },
  );

  it.each([0.05, 0.1, 0.3])(
    'covers a share of %s or a little more of the visible area at the top',
    (share) => {
      for (const format of formats) {
        const frame = frameOf(format);
        const band = placeOverlays(frame, [{ kind: 'disclosure', text: 'एआई', share }]).disclosure?.band;
        if (!band) throw new Error('the disclosure has no place');
        const depth = band.height / frame.target.height;
        const covered = frame.circle ? circleShare(depth) : depth;

        expect([band.x, band.y, band.width]).toEqual([0, 0, frame.target.width]);
        expect(covered).toBeGreaterThan(share);
        // Only what the platform's own interface hides makes it larger.
        if (!frame.safeZone?.top) expect(covered).toBeLessThan(Math.max(share * 1.1, 0.08));
      }
    },
  );

  it('leaves the zone beside it to other words', () => {
    const frame: OverlayFrame = { target: { width: 1080, height: 1920 }, safeZone: null, circle: false };
    const places = placeOverlays(frame, every);
    const zone = coveredZone(frame, every);

    expect(zone.top).toBe(places.disclosure?.band.height);
    expect(1920 - zone.bottom).toBe(places.subtitles?.box.y);
    expect(coveredZone(frame, [])).toEqual({ top: 0, right: 0, bottom: 0, left: 0 });
  });
});

describe('the share that is measured', () => {
  const frame: OverlayFrame = { target: { width: 200, height: 400 }, safeZone: null, circle: false };
  const band = (grey: (x: number, y: number) => number): GreyBand => {
    const data = Uint8Array.from({ length: 200 * 40 }, (_, index) =>
      grey(index % 200, Math.floor(index / 200)),
    );
    return { data, width: 200, height: 40, step: 1 };
  };
  const words = (x: number, y: number): number => (x % 20 < 8 && y > 8 && y < 32 ? 240 : 20);

  it('is what looks as it was drawn, give or take an encoder', () => {
    const noisy = band((x, y) => words(x, y) + (((x * 7 + y * 13) % 5) - 2) * 4);

    expect(coveredShare({ seen: band(words), wanted: band(words), frame })).toBeCloseTo(0.1, 6);
    expect(coveredShare({ seen: noisy, wanted: band(words), frame })).toBeCloseTo(0.1, 6);
  });

  it('counts neither a dark ground without its words, nor a band that is cut, nor a picture', () => {
    const wanted = band(words);

    expect(coveredShare({ seen: band(() => 20), wanted, frame })).toBeLessThan(0.085);
    expect(coveredShare({ seen: band((x, y) => (y < 30 ? words(x, y) : 128)), wanted, frame })).toBeLessThan(
      0.08,
    );
    expect(coveredShare({ seen: band((x, y) => 90 + ((x + y) % 90)), wanted, frame })).toBeLessThan(0.01);
  });
});
