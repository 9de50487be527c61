import { halved, type Part } from './luma.js';

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

const grid = 96;
const tile = 6;
const alignPoints = 44;

/** The mean of each pixel and its neighbours: a copy may be a little sharper or softer. */
function softened(fine: Uint8Array): Square {
  const edge = Math.round(Math.sqrt(fine.length));
  const pixels = new Float32Array(fine.length);
  const clamp = (at: number): number => Math.min(edge - 1, Math.max(0, at));
  for (let y = 0; y < edge; y += 1) {
    for (let x = 0; x < edge; x += 1) {
      let sum = 0;
      for (let row = y - 1; row <= y + 1; row += 1)
        for (let column = x - 1; column <= x + 1; column += 1)
          sum += fine[clamp(row) * edge + clamp(column)] ?? 0;
      pixels[y * edge + x] = sum / 9;
    }
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

/** Moves and stretches one picture over the other, by ever smaller steps, as long as they fit better. */
function align(pair: Pair, mirrored: boolean): Mapping {
  const { part: a } = pair.asked;
  const { part: f } = pair.found;
  const small = {
    ...pair,
    askedSquare: smaller(pair.askedSquare),
    foundSquare: smaller(pair.foundSquare),
  };
  const every = Array.from({ length: alignPoints ** 2 }, (_, at) => at);
  const scoreOf = (mapping: Mapping): number => {
    const { count, correlation } = momentsOf(sample(small, mapping, alignPoints), every);
    // Fewer places fit more easily.
    return correlation - 0.1 * (1 - count / every.length);
  };
  let best: Mapping = {
    across: mirrored ? axisOf(a.left, a.right, f.right, f.left) : axisOf(a.left, a.right, f.left, f.right),
    down: axisOf(a.top, a.bottom, f.top, f.bottom),
  };
  let score = scoreOf(best);
  for (const step of [0.016, 0.008, 0.004, 0.002]) {
    for (let better = true, turns = 0; better && turns < 4; turns += 1) {
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
          const next = scoreOf(tried);
          if (next <= score + 1e-5) continue;
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

function median(values: number[]): number | undefined {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The tiles that can be compared for the most part. */
function tilesOf(samples: Samples): Moments[] {
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

/** Share of the tiles with something to see that show the same, whatever was done to the light of the whole. */
function alikeness(tiles: readonly Moments[]): number {
  const met = tiles.filter(({ correlation }) => correlation >= sameTile);
  const gain = median(met.map(({ devA, devB }) => devA / devB)) ?? 1;
  const lift = median(met.map(({ meanA, meanB }) => meanA - gain * meanB)) ?? 0;
  let seen = 0;
  let same = 0;
  for (const { meanA, meanB, devA, devB, correlation } of tiles) {
    const apart = Math.abs(meanA - gain * meanB - lift);
    const textured = Math.max(devA, gain * devB) >= plain;
    if (!textured && apart < brighter) continue;
    seen += 1;
    if (apart < brighter && correlation >= sameTile) same += 1;
  }
  return seen === 0 ? 0 : same / seen;
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
  const samples = sample(pair, align(pair, mirrored), grid);
  const { left, top, right, bottom } = asked.inside;
  const used = samples.used.reduce((sum, one) => sum + one, 0) / samples.used.length;
  return {
    covered: Math.min(1, used / Math.max(1e-6, (right - left) * (bottom - top))),
    alike: alikeness(tilesOf(samples)),
  };
}
