import { type Axis, gridOf, type Places, placesOf, type Square, still } from './grey-squares.js';
import { halved, type Part, whole } from './luma.js';

/** One of two pictures to compare. */
export interface Compared {
  /** The whole picture as a square of grey pixels. */
  fine: Uint8Array;
  /** The picture without borders and captions around it. */
  inside: Part;
  /** The part whose hash met the other's. */
  part: Part;
}

export interface Mapping {
  across: Axis;
  down: Axis;
}

/** Edge of the smallest picture that is looked at. */
const smallest = 32;

/** Both pictures at every size, the largest first. */
export interface Pair {
  asked: readonly Square[];
  askedInside: Part;
  found: readonly Square[];
  foundInside: Part;
}

/** The square and its halves: 128, 64 and 32 pixels a side. */
export function halves(square: Square): Square[] {
  const all = [square];
  for (let last = square; last.edge > smallest; ) {
    const { width, data } = halved({ width: last.edge, height: last.edge, data: last.pixels });
    last = { edge: width, pixels: data };
    all.push(last);
  }
  return all;
}

/** Both pictures at one size, with what does not change while one is moved over the other. */
interface Level {
  points: number;
  asked: Float32Array;
  across: Places;
  down: Places;
  found: Square;
  foundInside: Part;
}

/** Both at the largest size that is no larger than that. */
export function atSize({ asked, found }: Pair, edge: number): [asked: Square, found: Square] {
  const [small, other] = [asked, found].map((squares) => squares.find((one) => one.edge <= edge));
  if (!small || !other) throw new Error(`no square of ${edge}`);
  return [small, other];
}

function levelOf(pair: Pair, { edge, points }: { edge: number; points: number }): Level {
  const { askedInside, foundInside } = pair;
  const [small, other] = atSize(pair, edge);
  const { left, right, top, bottom } = askedInside;
  const across = placesOf(still, { edge: small.edge, from: left, to: right }, { points });
  const down = placesOf(still, { edge: small.edge, from: top, to: bottom }, { points });
  return {
    ...{ points, across, down, foundInside },
    asked: gridOf(small, across, down),
    found: other,
  };
}

/** Where the found picture is looked at when it is laid so. */
export function foundPlaces(
  { edge }: Square,
  { left, right, top, bottom }: Part,
  { across, down }: Mapping,
  grid: { points: number; first?: number; count?: number },
): { across: Places; down: Places } {
  return {
    across: placesOf(across, { edge, from: left, to: right }, grid),
    down: placesOf(down, { edge, from: top, to: bottom }, grid),
  };
}

/**
 * How well the two fit when laid over each other so: their correlation, less a little for what does not overlap.
 */
function fitOf({ points, asked, across, down, found, foundInside }: Level, mapping: Mapping): number {
  const { edge, pixels } = found;
  const over = foundPlaces(found, foundInside, mapping, { points });
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < points; row += 1) {
    const rowWhere = over.down.where[row] ?? 0;
    if (rowWhere === 0) continue;
    const top = (over.down.at[row] ?? 0) * edge;
    const dy = over.down.past[row] ?? 0;
    const askedRow = down.where[row] ?? 0;
    for (let column = 0; column < points; column += 1) {
      const where = over.across.where[column] ?? 0;
      if (where === 0) continue;
      if ((where + rowWhere === 4) !== ((across.where[column] ?? 0) + askedRow === 4)) continue;
      const at = top + (over.across.at[column] ?? 0);
      const dx = over.across.past[column] ?? 0;
      const upper = (pixels[at] ?? 0) * (1 - dx) + (pixels[at + 1] ?? 0) * dx;
      const lower = (pixels[at + edge] ?? 0) * (1 - dx) + (pixels[at + edge + 1] ?? 0) * dx;
      const x = asked[row * points + column] ?? 0;
      const y = upper * (1 - dy) + lower * dy;
      n += 1;
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
  }
  if (n === 0) return -1;
  const spread = Math.sqrt(Math.max(0, aa / n - (a / n) ** 2) * Math.max(0, bb / n - (b / n) ** 2));
  const correlation = spread < 0.25 ? 0 : (ab / n - (a / n) * (b / n)) / spread;
  return correlation - 0.1 * (1 - n / points ** 2);
}

interface Laid {
  mapping: Mapping;
  fit: number;
}

/** What is sought: stretch and place across, stretch and place down, contrast and brightness. */
const unknowns = 6;
/** Grey levels by which a place may differ before it counts for less: something else may be drawn over it. */
const unlike = 24;

/** Solves the normal equations, damped a little; null when they say nothing. */
function solved(matrix: Float64Array, right: Float64Array): Float64Array | null {
  for (let row = 0; row < unknowns; row += 1) {
    const at = row * unknowns + row;
    matrix[at] = (matrix[at] ?? 0) * 1.0001 + 1e-9;
  }
  for (let pivot = 0; pivot < unknowns; pivot += 1) {
    const divisor = matrix[pivot * unknowns + pivot] ?? 0;
    if (!(divisor > 1e-9)) return null;
    for (let row = 0; row < unknowns; row += 1) {
      if (row === pivot) continue;
      const factor = (matrix[row * unknowns + pivot] ?? 0) / divisor;
      for (let column = pivot; column < unknowns; column += 1) {
        const at = row * unknowns + column;
        matrix[at] = (matrix[at] ?? 0) - factor * (matrix[pivot * unknowns + column] ?? 0);
      }
      right[row] = (right[row] ?? 0) - factor * (right[pivot] ?? 0);
    }
  }
  return right.map((value, row) => value / (matrix[row * unknowns + row] ?? 1));
}

/**
 * One step of Gauss and Newton: how the found picture must be moved, stretched and lit so that the squares of what
 * differs become least, as far as its slopes tell; null when there is nothing to go by.
 */
function step(
  { points, asked, across, down, found, foundInside }: Level,
  mapping: Mapping,
  [contrast, brightness]: readonly [number, number],
): Float64Array | null {
  const { edge, pixels } = found;
  const over = foundPlaces(found, foundInside, mapping, { points });
  const slopes = new Float64Array(unknowns);
  const matrix = new Float64Array(unknowns * unknowns);
  const right = new Float64Array(unknowns);
  for (let row = 0; row < points; row += 1) {
    const rowWhere = over.down.where[row] ?? 0;
    if (rowWhere === 0) continue;
    const top = (over.down.at[row] ?? 0) * edge;
    const dy = over.down.past[row] ?? 0;
    const v = (row + 0.5) / points - 0.5;
    const askedRow = down.where[row] ?? 0;
    for (let column = 0; column < points; column += 1) {
      const where = over.across.where[column] ?? 0;
      if (where === 0) continue;
      if ((where + rowWhere === 4) !== ((across.where[column] ?? 0) + askedRow === 4)) continue;
      const at = top + (over.across.at[column] ?? 0);
      const dx = over.across.past[column] ?? 0;
      const [one, two] = [pixels[at] ?? 0, pixels[at + 1] ?? 0];
      const [three, four] = [pixels[at + edge] ?? 0, pixels[at + edge + 1] ?? 0];
      const upper = one + (two - one) * dx;
      const seen = upper + (three + (four - three) * dx - upper) * dy;
      const differs = (asked[row * points + column] ?? 0) - contrast * seen - brightness;
      const weight = 1 / (1 + (differs / unlike) ** 2);
      const slopeAcross = contrast * edge * ((two - one) * (1 - dy) + (four - three) * dy);
      const slopeDown = contrast * edge * ((three - one) * (1 - dx) + (four - two) * dx);
      slopes[0] = slopeAcross * ((column + 0.5) / points - 0.5);
      slopes[1] = slopeAcross;
      slopes[2] = slopeDown * v;
      slopes[3] = slopeDown;
      slopes[4] = seen;
      slopes[5] = 1;
      for (let i = 0; i < unknowns; i += 1) {
        const weighed = weight * (slopes[i] ?? 0);
        right[i] = (right[i] ?? 0) + weighed * differs;
        for (let j = i; j < unknowns; j += 1) {
          const place = i * unknowns + j;
          matrix[place] = (matrix[place] ?? 0) + weighed * (slopes[j] ?? 0);
        }
      }
    }
  }
  for (let i = 1; i < unknowns; i += 1)
    for (let j = 0; j < i; j += 1) matrix[i * unknowns + j] = matrix[j * unknowns + i] ?? 0;
  return solved(matrix, right);
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
