import { beforeAll, describe, expect, it } from 'vitest';
import { loadFormats } from '../../pipeline/formats/load-formats.js';
import { spreadRows } from '../../pipeline/media/card/card-flow.js';
import { layOutCard } from '../../pipeline/media/card/card-layout.js';
import { cardFrame } from '../../server/contract/card-frame.js';
import type { FormatSpec } from '../../server/contract/format.js';
import type { Box, Size } from '../../server/contract/framing.js';
import { cardTemplates } from '../../server/contract/lists.js';
import type { Overlay } from '../../server/contract/recipe.js';

let formats: FormatSpec[];
beforeAll(async () => {
  formats = (await loadFormats()).filter(({ kind }) => kind === 'image');
});

/** Whether one box lies in the other, give or take the rounding to whole pixels. */
function lies(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x - 1 &&
    inner.y >= outer.y - 1 &&
    inner.x + inner.width <= outer.x + outer.width + 1 &&
    inner.y + inner.height <= outer.y + outer.height + 1
  );
}

function liesInCircle({ x, y, width, height }: Box, frame: Size): boolean {
  const [middle, centre] = [frame.width / 2, frame.height / 2];
  const across = Math.max(Math.abs(x - middle), Math.abs(x + width - middle));
  const down = Math.max(Math.abs(y - centre), Math.abs(y + height - centre));
  return Math.hypot(across, down) <= Math.min(frame.width, frame.height) / 2 + 1;
}

function overlap(one: Box, other: Box): boolean {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across > 1 && down > 1;
}

const drawnOver: readonly Overlay[] = [
  { kind: 'disclosure', text: 'कृत्रिम सामग्री', share: 0.1 },
  { kind: 'imprint', text: 'मुद्रक: परीक्षण प्रेस' },
];

describe('the spaces of a card', () => {
  it('lie inside what is seen of every picture format, apart from each other', () => {
    expect(formats.length).toBeGreaterThan(8);
    for (const format of formats) {
      for (const overlays of [[], drawnOver]) {
        const frame = cardFrame(format, { overlays: [...overlays] });
        for (const template of cardTemplates) {
          const name = `${format.code} ${template}`;
          const { content, flow, notes, code, scan, rule } = layOutCard(frame, template);
          expect(lies(content, frame.free), name).toBe(true);
          const parts = [flow, ...notes, code, scan, rule].filter((box) => box !== null);
          for (const [index, part] of parts.entries()) {
            expect(part.width > 0 && part.height > 0, name).toBe(true);
            const isSeen = frame.circle ? liesInCircle(part, frame) : lies(part, content);
            expect(isSeen, `${name} ${index}`).toBe(true);
            for (const other of parts.slice(index + 1)) expect(overlap(part, other), name).toBe(false);
          }
        }
      }
    }
  });

  it('are the same whoever asks, and follow the shape of the frame', () => {
    const square = {
      width: 1080,
      height: 1080,
      free: { x: 0, y: 0, width: 1080, height: 1080 },
      circle: false,
    };
    const wide = { ...square, width: 1600, height: 900, free: { x: 0, y: 0, width: 1600, height: 900 } };
    expect(layOutCard(square, 'plain')).toEqual(layOutCard(square, 'plain'));
    expect(layOutCard(square, 'plain').arrangement).toBe('stack');
    expect(layOutCard(wide, 'plain').arrangement).toBe('wide');
    expect(layOutCard({ ...square, circle: true }, 'plain').arrangement).toBe('emblem');
  });

  it('keep the strips that are drawn over a card free of the card', () => {
    const format = formats.find(({ code }) => code === 'feed_image_4x5');
    if (!format) throw new Error('no format of 4:5');
    const free = cardFrame(format, { overlays: [] }).free;
    const less = cardFrame(format, { overlays: [...drawnOver] }).free;
    expect(less.y).toBeGreaterThan(free.y + 50);
    expect(less.y + less.height).toBeLessThan(free.y + free.height - 10);
  });
});

describe('rows that share out a height', () => {
  const row = { height: 100, after: 20, stretches: true };

  it('never overlap and never leave it', () => {
    for (const fromTop of [true, false]) {
      const starts = spreadRows([row, row, row], { top: 50, height: 500, most: 40, fromTop });
      expect(starts[0]).toBeGreaterThanOrEqual(50);
      expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBeGreaterThanOrEqual(120);
      expect((starts[2] ?? 0) + 100).toBeLessThanOrEqual(550);
    }
  });

  it('keep their gaps when there is nothing to share', () => {
    expect(spreadRows([row, row], { top: 0, height: 220, most: 40, fromTop: false })).toEqual([0, 120]);
  });
});
