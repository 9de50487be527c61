import { step } from './gauss-newton.js';
import type { Axis } from './grey-squares.js';
import { fitOf, type Level, levelOf, type Mapping, type Pair, smallest } from './lay-over.js';
import { type Part, whole } from './luma.js';

/** One of two pictures to compare. */
export interface Compared {
  /** The whole picture as a square of grey pixels. */
  fine: Uint8Array;
  /** The picture without borders and captions around it. */
  inside: Part;
  /** The part whose hash met the other's. */
  part: Part;
}

interface Laid {
  mapping: Mapping;
  fit: number;
}

/** Moved about the middle. */
function moved({ scale, shift }: Axis, stretch: number, by: number): Axis {
  return { scale: scale + stretch, shift: shift + by - stretch / 2 };
}

/** Pixels: shorter steps lead nowhere. */
const enough = 0.05;

/** Moves, stretches and lights the found picture until it fits no better. */
function settled(level: Level, { mapping, fit }: Laid, steps: number): Laid {
  let best = { mapping, fit };
  let now = mapping;
  let [contrast, brightness] = [1, 0];
  for (let turn = 0; turn < steps; turn += 1) {
    const change = step(level, now, [contrast, brightness]);
    if (change === null) break;
    const [wider = 0, across = 0, higher = 0, down = 0, more = 0, brighter = 0] = change;
    // No step leads farther than slopes can tell.
    const longest = Math.max(Math.abs(across), Math.abs(down), Math.abs(wider), Math.abs(higher));
    const share = Math.min(1, 0.04 / longest);
    now = {
      across: moved(now.across, wider * share, across * share),
      down: moved(now.down, higher * share, down * share),
    };
    contrast = Math.min(4, Math.max(0.25, contrast + more));
    brightness += brighter;
    const reached = fitOf(level, now);
    if (reached > best.fit) best = { mapping: now, fit: reached };
    if (turn > 0 && longest * level.found.edge < enough) break;
  }
  return best;
}

function axisOf(from: number, to: number, otherFrom: number, otherTo: number): Axis {
  const scale = (otherTo - otherFrom) / (to - from);
  return { scale, shift: otherFrom - from * scale };
}

function laidOver(a: Part, f: Part, mirrored: boolean): Mapping {
  return {
    across: mirrored ? axisOf(a.left, a.right, f.right, f.left) : axisOf(a.left, a.right, f.left, f.right),
    down: axisOf(a.top, a.bottom, f.top, f.bottom),
  };
}

/** Ways of laying one over the other that are worth following, and a fit at which no other is tried. */
const mostStarts = 2;
const surelyLaid = 0.97;

/**
 * Lays one picture over the other: first by the parts whose hashes met, by what is inside the borders of each, or as
 * they are, for a hash of little detail meets parts beside the right one too; then moved and stretched, ever closer.
 * `fit` is the correlation at that, -1 to 1.
 */
export function aligned(
  pair: Pair,
  { asked, found, mirrored }: { asked: Compared; found: Compared; mirrored: boolean },
): Laid {
  const coarse = levelOf(pair, { edge: smallest, points: 24 });
  const tried = new Map<string, Laid>();
  for (const a of [asked.part, asked.inside, whole]) {
    for (const f of [found.part, found.inside, whole]) {
      const mapping = laidOver(a, f, mirrored);
      const { across, down } = mapping;
      const key = [across.scale, across.shift, down.scale, down.shift].map((one) => one.toFixed(2)).join();
      if (!tried.has(key)) tried.set(key, { mapping, fit: fitOf(coarse, mapping) });
    }
  }
  const starts = [...tried.values()].sort((one, other) => other.fit - one.fit).slice(0, mostStarts);
  let best: Laid = { mapping: laidOver(asked.part, found.part, mirrored), fit: -1 };
  for (const start of starts) {
    const laid = settled(coarse, start, 5);
    if (laid.fit > best.fit) best = laid;
    if (best.fit > surelyLaid) break;
  }
  for (const [edge, points] of [
    [64, 40],
    [128, 64],
  ] as const) {
    const level = levelOf(pair, { edge, points });
    best = settled(level, { mapping: best.mapping, fit: fitOf(level, best.mapping) }, 4);
  }
  return best;
}
