import { halved, type Part } from './luma.js';
import { lettersEdge } from './picture-prints.js';

/** One of two pictures to compare. */
export interface Compared {
  /** The whole picture as a square of grey pixels. */
  fine: Uint8Array;
  /** The picture without borders and captions around it. */
  inside: Part;
  /** The part whose hash met the other's. */
  part: Part;
}

export interface Likeness {
  /** How much of the asked picture, without its borders, could be compared: 0 to 1. */
  covered: number;
  /** Share of the tiles with something to see in them that show the same, 0 to 1. */
  alike: number;
  /** Share of those tiles in which each picture shows something of its own, 0 to 1: other words in the same place. */
  against: number;
  /** Both are letters on a ground, of which more is kept: there a single word counts. */
  letters: boolean;
}

/** Where each place of the one picture, 0 to 1, lies in the other, by axis. */
interface Axis {
  scale: number;
  shift: number;
}

interface Mapping {
  across: Axis;
  down: Axis;
}

/** A square of grey pixels, read between them too. */
interface Square {
  edge: number;
  pixels: Float32Array;
}

/** Places looked at along each edge: three for four pixels of the coarser picture. */
const gridShare = 0.75;
const tile = 6;
const alignPoints = 36;

/** The mean of each pixel and its neighbours: a copy may be a little sharper or softer. Across first, then down. */
function softened(fine: Uint8Array): Square {
  const edge = Math.round(Math.sqrt(fine.length));
  const across = new Float32Array(fine.length);
  const pixels = new Float32Array(fine.length);
  const last = edge - 1;
  for (let row = 0; row < fine.length; row += edge) {
    for (let x = 0; x < edge; x += 1) {
      const before = fine[row + Math.max(0, x - 1)] ?? 0;
      const after = fine[row + Math.min(last, x + 1)] ?? 0;
      across[row + x] = (before + (fine[row + x] ?? 0) + after) / 3;
    }
  }
  for (let y = 0; y < edge; y += 1) {
    const [above, at, below] = [Math.max(0, y - 1) * edge, y * edge, Math.min(last, y + 1) * edge];
    for (let x = 0; x < edge; x += 1)
      pixels[at + x] = ((across[above + x] ?? 0) + (across[at + x] ?? 0) + (across[below + x] ?? 0)) / 3;
  }
  return { edge, pixels };
}

function smaller({ edge, pixels }: Square): Square {
  const { width, data } = halved({ width: edge, height: edge, data: pixels });
  return { edge: width, pixels: data };
}

function pixel({ edge, pixels }: Square, u: number, v: number): number {
  const x = Math.min(edge - 1.001, Math.max(0, u * edge - 0.5));
  const y = Math.min(edge - 1.001, Math.max(0, v * edge - 0.5));
  const left = Math.floor(x);
  const top = Math.floor(y);
  const at = top * edge + left;
  const [dx, dy] = [x - left, y - top];
  const upper = (pixels[at] ?? 0) * (1 - dx) + (pixels[at + 1] ?? 0) * dx;
  const lower = (pixels[at + edge] ?? 0) * (1 - dx) + (pixels[at + edge + 1] ?? 0) * dx;
  return upper * (1 - dy) + lower * dy;
}

function holds({ left, top, right, bottom }: Part, u: number, v: number): boolean {
  return u >= left && u <= right && v >= top && v <= bottom;
}

/** Pixels of both pictures at the same places; `used` is 0 where there is nothing to compare. */
interface Samples {
  asked: Float32Array;
  found: Float32Array;
  used: Uint8Array;
}

interface Pair {
  asked: Compared;
  found: Compared;
  askedSquare: Square;
  foundSquare: Square;
}

/**
 * Looks at both pictures at `points` by `points` places of the asked one. A place in a border or a caption of only one
 * of the two is not compared: it was added. In those of both it is: they may say different things.
 */
function sample({ asked, found, askedSquare, foundSquare }: Pair, mapping: Mapping, points: number): Samples {
  const { across, down } = mapping;
  const samples = {
    asked: new Float32Array(points * points),
    found: new Float32Array(points * points),
    used: new Uint8Array(points * points),
  };
  for (let row = 0; row < points; row += 1) {
    const v = (row + 0.5) / points;
    const otherV = v * down.scale + down.shift;
    for (let column = 0; column < points; column += 1) {
      const u = (column + 0.5) / points;
      const otherU = u * across.scale + across.shift;
      if (otherU < 0 || otherU > 1 || otherV < 0 || otherV > 1) continue;
      if (holds(asked.inside, u, v) !== holds(found.inside, otherU, otherV)) continue;
      const at = row * points + column;
      samples.asked[at] = pixel(askedSquare, u, v);
      samples.found[at] = pixel(foundSquare, otherU, otherV);
      samples.used[at] = 1;
    }
  }
  return samples;
}

interface Moments {
  count: number;
  meanA: number;
  meanB: number;
  devA: number;
  devB: number;
  /** Correlation, -1 to 1; 0 where one of them is plain. */
  correlation: number;
}

function momentsOf({ asked, found, used }: Samples, places: Iterable<number>): Moments {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (const at of places) {
    if (used[at] === 0) continue;
    const [x, y] = [asked[at] ?? 0, found[at] ?? 0];
    n += 1;
    a += x;
    b += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  if (n === 0) return { count: 0, meanA: 0, meanB: 0, devA: 0, devB: 0, correlation: 0 };
  const [meanA, meanB] = [a / n, b / n];
  const devA = Math.sqrt(Math.max(0, aa / n - meanA ** 2));
  const devB = Math.sqrt(Math.max(0, bb / n - meanB ** 2));
  const correlation = devA * devB < 0.25 ? 0 : (ab / n - meanA * meanB) / (devA * devB);
  return { count: n, meanA, meanB, devA, devB, correlation };
}

function axisOf(from: number, to: number, otherFrom: number, otherTo: number): Axis {
  const scale = (otherTo - otherFrom) / (to - from);
  return { scale, shift: otherFrom - from * scale };
}

/**
 * How well the two fit when laid over each other so: their correlation, less a little for what does not overlap.
 * Called some hundred times for a pair, so it keeps nothing.
 */
function fitOf({ asked, found, askedSquare, foundSquare }: Pair, { across, down }: Mapping): number {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < alignPoints; row += 1) {
    const v = (row + 0.5) / alignPoints;
    const otherV = v * down.scale + down.shift;
    if (otherV < 0 || otherV > 1) continue;
    for (let column = 0; column < alignPoints; column += 1) {
      const u = (column + 0.5) / alignPoints;
      const otherU = u * across.scale + across.shift;
      if (otherU < 0 || otherU > 1) continue;
      if (holds(asked.inside, u, v) !== holds(found.inside, otherU, otherV)) continue;
      const x = pixel(askedSquare, u, v);
      const y = pixel(foundSquare, otherU, otherV);
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
  return correlation - 0.1 * (1 - n / alignPoints ** 2);
}

/** Moves and stretches one picture over the other, by ever smaller steps, as long as they fit better. */
function align(pair: Pair, mirrored: boolean): Mapping {
  const { part: a } = pair.asked;
  const { part: f } = pair.found;
  const small = {
    ...pair,
    askedSquare: smaller(pair.askedSquare),
    foundSquare: smaller(pair.foundSquare),
  };
  let best: Mapping = {
    across: mirrored ? axisOf(a.left, a.right, f.right, f.left) : axisOf(a.left, a.right, f.left, f.right),
    down: axisOf(a.top, a.bottom, f.top, f.bottom),
  };
  let score = fitOf(small, best);
  // Hashes that met exactly leave little to move.
  for (const step of score > 0.98 ? [0.004, 0.002, 0.001] : [0.016, 0.008, 0.004, 0.002, 0.001]) {
    for (let better = true, turns = 0; better && turns < 3; turns += 1) {
      better = false;
      for (const axis of ['across', 'down'] as const) {
        for (const [scale, shift] of [
          [0, step],
          [0, -step],
          // Stretched about the middle.
          [step, -step / 2],
          [-step, step / 2],
        ] as const) {
          const now = best[axis];
          const tried = { ...best, [axis]: { scale: now.scale + scale, shift: now.shift + shift } };
          const next = fitOf(small, tried);
          if (next <= score + 1e-4) continue;
          [best, score, better] = [tried, next, true];
        }
      }
    }
  }
  return best;
}

/** Grey levels: a tile that varies less shows nothing. */
const plain = 5;
/** Grey levels by which a tile may be brighter or darker than the copy as a whole is. */
const brighter = 16;
/** Least correlation of two tiles that show the same. */
const sameTile = 0.8;
/** Two tiles with less show different things. */
const otherTile = 0.5;

function median(values: number[]): number | undefined {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The tiles that can be compared for the most part. */
function tilesOf(samples: Samples, grid: number): Moments[] {
  const tiles: Moments[] = [];
  for (let top = 0; top < grid; top += tile) {
    for (let left = 0; left < grid; left += tile) {
      const at = (place: number): number => (top + Math.floor(place / tile)) * grid + left + (place % tile);
      const moments = momentsOf(
        samples,
        Array.from({ length: tile * tile }, (_, place) => at(place)),
      );
      if (moments.count > (tile * tile) / 2) tiles.push(moments);
    }
  }
  return tiles;
}

/** What the tiles say that have something to see in them, whatever was done to the light of the whole. */
function judged(tiles: readonly Moments[]): Pick<Likeness, 'alike' | 'against'> {
  const met = tiles.filter(({ correlation }) => correlation >= sameTile);
  const gain = median(met.map(({ devA, devB }) => devA / devB)) ?? 1;
  const lift = median(met.map(({ meanA, meanB }) => meanA - gain * meanB)) ?? 0;
  let seen = 0;
  let same = 0;
  let other = 0;
  for (const { meanA, meanB, devA, devB, correlation } of tiles) {
    const apart = Math.abs(meanA - gain * meanB - lift);
    const textured = Math.max(devA, gain * devB) >= plain;
    if (!textured && apart < brighter) continue;
    seen += 1;
    if (apart < brighter && correlation >= sameTile) same += 1;
    if (Math.min(devA, gain * devB) >= 1.6 * plain && correlation < otherTile) other += 1;
  }
  return seen === 0 ? { alike: 0, against: 0 } : { alike: same / seen, against: other / seen };
}

/**
 * Lays one picture over the other and compares them tile by tile. Hashes see little of letters: two cards of one
 * template with other words on them have near hashes, but many tiles that differ.
 */
export function comparePictures({
  asked,
  found,
  mirrored,
}: {
  asked: Compared;
  found: Compared;
  mirrored: boolean;
}): Likeness {
  const pair = { asked, found, askedSquare: softened(asked.fine), foundSquare: softened(found.fine) };
  const coarser = Math.min(pair.askedSquare.edge, pair.foundSquare.edge);
  const grid = Math.floor((coarser * gridShare) / tile) * tile;
  const samples = sample(pair, align(pair, mirrored), grid);
  const { left, top, right, bottom } = asked.inside;
  const used = samples.used.reduce((sum, one) => sum + one, 0) / samples.used.length;
  return {
    covered: Math.min(1, used / Math.max(1e-6, (right - left) * (bottom - top))),
    ...judged(tilesOf(samples, grid)),
    letters: coarser >= lettersEdge,
  };
}
