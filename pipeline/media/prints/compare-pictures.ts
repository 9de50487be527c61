import { aligned, type Compared } from './align-pictures.js';
import { gridOf, placesOf, squareFrom, still } from './grey-squares.js';
import { atSize, foundPlaces, halves, type Mapping, type Pair } from './lay-over.js';
import { lettersEdge, pictureEdge } from './picture-prints.js';

export interface Likeness {
  /** How much of the asked picture, without its borders, could be compared: 0 to 1. */
  covered: number;
  /** Share of the tiles with something to see in them that show the same, 0 to 1. */
  alike: number;
  /** Share of those tiles in which each picture shows something of its own, 0 to 1: other words in the same place. */
  against: number;
  /** Correlation of the tile that differs most, -1 to 1, laid exactly over the other's: a single word counts there. */
  worst: number;
  /** Both are letters on a ground, of which more is kept, so that `worst` tells of words. */
  letters: boolean;
}

/** Correlation of the whole below which nothing more is looked at. */
const leastFit = 0.5;
/**
 * Share of tiles against each other at which letters are of another text, however little of them is seen. Chosen after
 * seeing all pairs of the media bench: of 376 that a closer look found alike none had more than 0.042, of 1,705 others six
 * in seven had 0.05 or more.
 */
const muchAgainst = 0.055;
/** Places looked at along each edge: three for four pixels of the coarser picture. */
const gridShare = 0.75;
const tile = 6;

/** Pixels of both pictures at the same places; `used` is 0 where there is nothing to compare. */
interface Samples {
  points: number;
  asked: Float32Array;
  used: Uint8Array;
  /** How many places are used. */
  count: number;
  /** One place wider on every side, so that it can be looked at beside. */
  found: Float32Array;
}

/**
 * Looks at both pictures, no larger than `edge`, at a grid of places of the asked one. A place in a border or a caption of only one
 * of the two is not compared: it was added. In those of both it is: they may say different things.
 */
function sample(pair: Pair, mapping: Mapping, edge: number): Samples {
  const { askedInside, foundInside } = pair;
  const [asked, found] = atSize(pair, edge);
  const points = Math.floor((Math.min(asked.edge, found.edge) * gridShare) / tile) * tile;
  const { left, right, top, bottom } = askedInside;
  const across = placesOf(still, { edge: asked.edge, from: left, to: right }, { points });
  const down = placesOf(still, { edge: asked.edge, from: top, to: bottom }, { points });
  const over = foundPlaces(found, foundInside, mapping, { points, first: -1, count: points + 2 });
  const used = new Uint8Array(points * points);
  let count = 0;
  for (let row = 0; row < points; row += 1) {
    const rowWhere = over.down.where[row + 1] ?? 0;
    for (let column = 0; column < points; column += 1) {
      const where = over.across.where[column + 1] ?? 0;
      if (rowWhere === 0 || where === 0) continue;
      const inside = (down.where[row] ?? 0) + (across.where[column] ?? 0) === 4;
      if ((where + rowWhere === 4) !== inside) continue;
      used[row * points + column] = 1;
      count += 1;
    }
  }
  return {
    points,
    used,
    count,
    asked: gridOf(asked, across, down),
    found: gridOf(found, over.across, over.down),
  };
}

interface Tile extends Moments {
  /** Its correlation where it lies, not beside. */
  straight: number;
}

interface Moments {
  meanA: number;
  meanB: number;
  devA: number;
  devB: number;
  /** Correlation, -1 to 1; 0 where one of them is plain. */
  correlation: number;
}

interface Move {
  moveX: number;
  moveY: number;
}

/** One tile, the found picture moved by so many places. */
function momentsOf(
  { points, asked, found }: Samples,
  top: number,
  left: number,
  { moveX, moveY }: Move,
): Moments {
  let a = 0;
  let b = 0;
  let aa = 0;
  let bb = 0;
  let ab = 0;
  const n = tile * tile;
  for (let row = top; row < top + tile; row += 1) {
    const beside = (row + 1 + moveY) * (points + 2) + 1 + moveX;
    for (let column = left; column < left + tile; column += 1) {
      const x = asked[row * points + column] ?? 0;
      const y = found[beside + column] ?? 0;
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
  }
  const meanA = a / n;
  const meanB = b / n;
  const devA = Math.sqrt(Math.max(0, aa / n - meanA ** 2));
  const devB = Math.sqrt(Math.max(0, bb / n - meanB ** 2));
  const correlation = devA * devB < 0.25 ? 0 : (ab / n - meanA * meanB) / (devA * devB);
  return { meanA, meanB, devA, devB, correlation };
}

/** Grey levels: a tile that varies less shows nothing. */
const plain = 5;
/** A tile that varies so much shows something of its own. */
const drawn = 8;
/** Grey levels by which a tile may be brighter or darker than the copy as a whole is. */
const brighter = 16;
/** Least correlation of two tiles that show the same. */
const sameTile = 0.8;
/** Two tiles with less show different things. */
const otherTile = 0.5;

function median(values: readonly number[]): number | undefined {
  return Float64Array.from(values).sort()[Math.floor(values.length / 2)];
}

/** Below this a tile shows something else: looking beside it only finds chance. */
const unrelated = 0.3;

const unmoved: Move = { moveX: 0, moveY: 0 };
const beside: readonly Move[] = [-1, 0, 1]
  .flatMap((moveY) => [-1, 0, 1].map((moveX) => ({ moveX, moveY })))
  .filter(({ moveX, moveY }) => moveX !== 0 || moveY !== 0);

/** Places between a tile and what is not compared: a bar leaves its mark on what it touches. */
const apart = 3;

function isClear({ points, used, count }: Samples, top: number, left: number): boolean {
  if (count === used.length) return true;
  const right = Math.min(points, left + tile + apart);
  const bottom = Math.min(points, top + tile + apart);
  for (let row = Math.max(0, top - apart); row < bottom; row += 1)
    for (let column = Math.max(0, left - apart); column < right; column += 1)
      if (used[row * points + column] === 0) return false;
  return true;
}

/** Each tile that can be compared; what does not fit may lie a place beside: copies are not even. */
function tilesOf(samples: Samples): Tile[] {
  const tiles: Tile[] = [];
  for (let top = 0; top < samples.points; top += tile) {
    for (let left = 0; left < samples.points; left += tile) {
      if (!isClear(samples, top, left)) continue;
      let best = momentsOf(samples, top, left, unmoved);
      const straight = best.correlation;
      if (straight < sameTile && straight > unrelated && Math.max(best.devA, best.devB) >= plain) {
        for (const move of beside) {
          const moved = momentsOf(samples, top, left, move);
          if (moved.correlation > best.correlation) best = moved;
        }
      }
      tiles.push({ ...best, straight });
    }
  }
  return tiles;
}

/** What the tiles say that have something to see in them, whatever was done to the light of the whole. */
function judged(tiles: readonly Tile[]): Pick<Likeness, 'alike' | 'against' | 'worst'> {
  const met = tiles.filter(({ correlation }) => correlation >= sameTile);
  const gain = median(met.map(({ devA, devB }) => devA / devB)) ?? 1;
  const lift = median(met.map(({ meanA, meanB }) => meanA - gain * meanB)) ?? 0;
  let seen = 0;
  let same = 0;
  let other = 0;
  let worst = 1;
  for (const { meanA, meanB, devA, devB, correlation, straight } of tiles) {
    const darker = Math.abs(meanA - gain * meanB - lift);
    const textured = Math.max(devA, gain * devB) >= plain;
    if (!textured && darker < brighter) continue;
    seen += 1;
    if (darker < brighter && correlation >= sameTile) same += 1;
    if (Math.min(devA, gain * devB) >= drawn && correlation < otherTile) other += 1;
    if (Math.max(devA, gain * devB) >= drawn) worst = Math.min(worst, straight);
  }
  return seen === 0
    ? { alike: 0, against: 0, worst: 0 }
    : { alike: same / seen, against: other / seen, worst };
}

/**
 * Lays one picture over the other and compares them tile by tile. Hashes see little of letters: two cards of one
 * template with other words on them have near hashes, but many tiles that differ.
 */
export function comparePictures(compared: { asked: Compared; found: Compared; mirrored: boolean }): Likeness {
  const { asked, found } = compared;
  const pair: Pair = {
    ...{ asked: halves(squareFrom(asked.fine)), askedInside: asked.inside },
    ...{ found: halves(squareFrom(found.fine)), foundInside: found.inside },
  };
  const { mapping, fit } = aligned(pair, compared);
  if (fit < leastFit) return { covered: 0, alike: 0, against: 0, worst: -1, letters: false };
  const letters = Math.min(asked.fine.length, found.fine.length) >= lettersEdge ** 2;
  const { left, top, right, bottom } = asked.inside;
  const likenessAt = (edge: number): Likeness => {
    const samples = sample(pair, mapping, edge);
    const used = samples.count / samples.used.length;
    const covered = Math.min(1, used / Math.max(1e-6, (right - left) * (bottom - top)));
    return { covered, ...judged(tilesOf(samples)), letters };
  };
  const coarse = likenessAt(pictureEdge);
  // Other words all over need no closer look.
  return letters && coarse.against < muchAgainst ? likenessAt(lettersEdge) : coarse;
}
