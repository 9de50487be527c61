import { foundPlaces, type Level, type Mapping } from './lay-over.js';

/** What is sought: stretch and place across, stretch and place down, contrast and brightness. */
const unknowns = 6;
/** Grey levels by which a place may differ before it counts for less: something else may be drawn over it. */
const unlike = 24;
const leastUnlike = 1 / unlike ** 2;

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
 * differs become least, as far as its slopes tell; null when there is nothing to go by. Of what is sought only the
 * stretch down changes from row to row, so the products of the slopes are summed by rows. Written out in full, for it
 * runs for every place, eight or more times a comparison.
 */
export function step(
  { points, asked, across, down, found, foundInside }: Level,
  mapping: Mapping,
  [contrast, brightness]: readonly [number, number],
): Float64Array | null {
  const { edge, pixels } = found;
  const over = foundPlaces(found, foundInside, mapping, { points });
  const { at: columns, past, where: wheres } = over.across;
  const askedWheres = across.where;
  const each = 1 / points;
  const matrix = new Float64Array(unknowns * unknowns);
  const right = new Float64Array(unknowns);
  const add = (row: number, values: readonly number[]) => {
    for (let at = 0; at < values.length; at += 1) {
      const place = row * unknowns + row + at;
      matrix[place] = (matrix[place] ?? 0) + (values[at] ?? 0);
    }
  };
  for (let row = 0; row < points; row += 1) {
    const rowWhere = over.down.where[row] ?? 0;
    if (rowWhere === 0) continue;
    const top = (over.down.at[row] ?? 0) * edge;
    const dy = over.down.past[row] ?? 0;
    const v = (row + 0.5) / points - 0.5;
    const askedRow = down.where[row] ?? 0;
    // Sums over the row of weighed products; w, x, y, z, 1: stretch and place across, place down, contrast, brightness.
    let ww = 0;
    let wx = 0;
    let wy = 0;
    let wz = 0;
    let w1 = 0;
    let wd = 0;
    let xx = 0;
    let xy = 0;
    let xz = 0;
    let x1 = 0;
    let xd = 0;
    let yy = 0;
    let yz = 0;
    let y1 = 0;
    let yd = 0;
    let zz = 0;
    let z1 = 0;
    let zd = 0;
    let n1 = 0;
    let nd = 0;
    for (let column = 0; column < points; column += 1) {
      const where = wheres[column] ?? 0;
      if (where === 0) continue;
      if ((where + rowWhere === 4) !== ((askedWheres[column] ?? 0) + askedRow === 4)) continue;
      const at = top + (columns[column] ?? 0);
      const dx = past[column] ?? 0;
      const one = pixels[at] ?? 0;
      const two = pixels[at + 1] ?? 0;
      const three = pixels[at + edge] ?? 0;
      const four = pixels[at + edge + 1] ?? 0;
      const upper = one + (two - one) * dx;
      const z = upper + (three + (four - three) * dx - upper) * dy;
      const differs = (asked[row * points + column] ?? 0) - contrast * z - brightness;
      const weight = 1 / (1 + differs * differs * leastUnlike);
      const x = contrast * edge * ((two - one) * (1 - dy) + (four - three) * dy);
      const y = contrast * edge * ((three - one) * (1 - dx) + (four - two) * dx);
      const w = x * ((column + 0.5) * each - 0.5);
      const weighedW = weight * w;
      const weighedX = weight * x;
      const weighedY = weight * y;
      const weighedZ = weight * z;
      ww += weighedW * w;
      wx += weighedW * x;
      wy += weighedW * y;
      wz += weighedW * z;
      w1 += weighedW;
      wd += weighedW * differs;
      xx += weighedX * x;
      xy += weighedX * y;
      xz += weighedX * z;
      x1 += weighedX;
      xd += weighedX * differs;
      yy += weighedY * y;
      yz += weighedY * z;
      y1 += weighedY;
      yd += weighedY * differs;
      zz += weighedZ * z;
      z1 += weighedZ;
      zd += weighedZ * differs;
      n1 += weight;
      nd += weight * differs;
    }
    add(0, [ww, wx, wy * v, wy, wz, w1]);
    add(1, [xx, xy * v, xy, xz, x1]);
    add(2, [yy * v * v, yy * v, yz * v, y1 * v]);
    add(3, [yy, yz, y1]);
    add(4, [zz, z1]);
    add(5, [n1]);
    for (const [at, value] of [wd, xd, yd * v, yd, zd, nd].entries()) right[at] = (right[at] ?? 0) + value;
  }
  for (let i = 1; i < unknowns; i += 1)
    for (let j = 0; j < i; j += 1) matrix[i * unknowns + j] = matrix[j * unknowns + i] ?? 0;
  return solved(matrix, right);
}
