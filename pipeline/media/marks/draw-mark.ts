import type { VerdictCode } from '../../../server/contract/lists.js';
import {
  type ShapeLook,
  shapeDashes,
  shapeStroke,
  verdictShapes,
} from '../../../server/contract/verdict-shapes.js';
import { dashed, flattenPath, type Point, type Polyline } from './path.js';

/** Pixels with transparency, ready to be laid over a picture. */
export interface DrawnMark {
  /** Red, green, blue, alpha for each pixel, row by row. */
  data: Buffer;
  width: number;
  height: number;
}

interface Segment {
  from: Point;
  to: Point;
}

function segmentsOf(lines: readonly Polyline[], close: boolean): Segment[] {
  return lines.flatMap(({ points, closed }) =>
    points.flatMap((from, index) => {
      const to = points[index + 1] ?? (closed || close ? points[0] : undefined);
      return to ? [{ from, to }] : [];
    }),
  );
}

function distance({ x, y }: Point, { from, to }: Segment): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

/** Even-odd: the shapes filled here do not cross themselves. */
function inside({ x, y }: Point, segments: readonly Segment[]): boolean {
  let odd = false;
  for (const { from, to } of segments) {
    if (from.y > y !== to.y > y && x < from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x))
      odd = !odd;
  }
  return odd;
}

/** The ink of one part for each pixel, 0 to 1, soft over one pixel at its edge. */
function inkOf(d: string, look: ShapeLook, sizePx: number): Float64Array {
  const scale = sizePx / 24;
  const lines = flattenPath(d);
  const filled = look === 'solid';
  const segments = segmentsOf(look === 'dashed' ? dashed(lines, shapeDashes) : lines, filled);
  const half = shapeStroke[look] / 2;
  const ink = new Float64Array(sizePx * sizePx);
  const centre = (index: number): number => (index + 0.5) / scale;
  if (filled) {
    for (let index = 0; index < ink.length; index += 1) {
      const point = { x: centre(index % sizePx), y: centre(Math.floor(index / sizePx)) };
      if (inside(point, segments)) ink[index] = 1;
    }
  }
  const pixel = (at: number): number => Math.min(sizePx - 1, Math.max(0, Math.floor(at * scale)));
  const reach = half + 1 / scale;
  for (const segment of segments) {
    const { from, to } = segment;
    for (
      let row = pixel(Math.min(from.y, to.y) - reach);
      row <= pixel(Math.max(from.y, to.y) + reach);
      row += 1
    ) {
      const last = pixel(Math.max(from.x, to.x) + reach);
      for (let column = pixel(Math.min(from.x, to.x) - reach); column <= last; column += 1) {
        const depth = half - distance({ x: centre(column), y: centre(row) }, segment);
        const index = row * sizePx + column;
        ink[index] = Math.max(ink[index] ?? 0, Math.min(1, depth * scale + 0.5));
      }
    }
  }
  return ink;
}

function rgb(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/**
 * Draws the shape of a verdict as wide and high as asked, in one colour (`#rrggbb`) on nothing: the same shapes as
 * the interface shows. Drawn here because the workers may not open vector pictures.
 */
export function drawMark({
  code,
  sizePx,
  color,
}: {
  code: VerdictCode;
  sizePx: number;
  color: string;
}): DrawnMark {
  const alpha = new Float64Array(sizePx * sizePx);
  for (const { d, look } of verdictShapes[code]) {
    inkOf(d, look, sizePx).forEach((ink, index) => {
      const before = alpha[index] ?? 0;
      alpha[index] = look === 'cut' ? before * (1 - ink) : Math.max(before, ink);
    });
  }
  const data = Buffer.alloc(sizePx * sizePx * 4);
  const [red, green, blue] = rgb(color);
  for (let index = 0; index < alpha.length; index += 1) {
    data.set([red, green, blue, Math.round((alpha[index] ?? 0) * 255)], index * 4);
  }
  return { data, width: sizePx, height: sizePx };
}
