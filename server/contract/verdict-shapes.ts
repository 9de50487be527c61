import type { VerdictCode } from './lists.js';

/** How a part of a mark is inked: as a line, filled, cut out of what is filled, dashed, or as dots. */
export type ShapeLook = 'line' | 'solid' | 'cut' | 'dashed' | 'dots';

/** One part of a mark: SVG path data in a square of 24 by 24, drawn in the order given. */
export interface ShapePart {
  d: string;
  look: ShapeLook;
}

/** Widths of the lines of a mark and the rhythm of the dashed ones, in units of the same square. */
export const shapeStroke = { line: 1.9, solid: 1.9, cut: 2.4, dashed: 1.9, dots: 2.8 } as const;
export const shapeDashes = [3, 3.2] as const;

const tick = 'M7.5 12.3l3.2 3.2 5.8-6.5';
const cross = 'M8.5 8.5l7 7M15.5 8.5l-7 7';
const circle = 'M12 3.5a8.5 8.5 0 0 1 0 17a8.5 8.5 0 0 1 0-17z';
const disc = 'M12 3a9 9 0 0 1 0 18a9 9 0 0 1 0-18z';
const block =
  'M5.5 3h13a2.5 2.5 0 0 1 2.5 2.5v13a2.5 2.5 0 0 1-2.5 2.5h-13a2.5 2.5 0 0 1-2.5-2.5v-13a2.5 2.5 0 0 1 2.5-2.5z';

/**
 * The shape of each verdict: told apart by outline and filling, so that they read without colour and in a
 * photocopy. The interface, the cards and the stamps draw these same ones.
 */
export const verdictShapes: Readonly<Record<VerdictCode, readonly ShapePart[]>> = {
  true: [
    { d: disc, look: 'solid' },
    { d: tick, look: 'cut' },
  ],
  mostly_true: [
    { d: circle, look: 'line' },
    { d: tick, look: 'line' },
  ],
  half_true: [
    { d: circle, look: 'line' },
    { d: 'M12 3.5a8.5 8.5 0 0 0 0 17z', look: 'solid' },
  ],
  misleading: [
    { d: 'M12 3.5l9 16.5H3z', look: 'line' },
    { d: 'M12 10v4.5M12 17v.2', look: 'line' },
  ],
  missing_context: [
    { d: 'M8.5 4H4v16h4.5M15.5 4H20v16h-4.5', look: 'line' },
    { d: 'M8.5 12h.1M12 12h.1M15.5 12h.1', look: 'dots' },
  ],
  false: [
    { d: block, look: 'solid' },
    { d: cross, look: 'cut' },
  ],
  unproven: [
    { d: circle, look: 'dashed' },
    { d: 'M9.5 10a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.8v.1', look: 'line' },
  ],
  not_a_claim: [
    { d: 'M4 5h16v11h-8l-4.5 4v-4H4z', look: 'line' },
    { d: 'M8.5 10.5h7', look: 'line' },
  ],
  satire: [
    { d: 'M4 5c5 1.5 11 1.5 16 0v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9z', look: 'line' },
    { d: 'M8 10h2M14 10h2M8.5 13.5c2 2.5 5 2.5 7 0', look: 'line' },
  ],
};
