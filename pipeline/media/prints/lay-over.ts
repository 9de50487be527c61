import { type Axis, gridOf, type Places, placesOf, type Square, still } from './grey-squares.js';
import { halved, type Part } from './luma.js';

export interface Mapping {
  across: Axis;
  down: Axis;
}

/** Edge of the smallest picture that is looked at. */
export const smallest = 32;

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
export interface Level {
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

export function levelOf(pair: Pair, { edge, points }: { edge: number; points: number }): Level {
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
export function fitOf({ points, asked, across, down, found, foundInside }: Level, mapping: Mapping): number {
  const { edge, pixels } = found;
  const over = foundPlaces(found, foundInside, mapping, { points });
  let n = 0;
  let a = 0;
  let b = 0;
  let aa = 0;
  let bb = 0;
  let ab = 0;
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
