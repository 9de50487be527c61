export interface Point {
  x: number;
  y: number;
}

/** One stretch of a path as straight pieces. */
export interface Polyline {
  points: Point[];
  closed: boolean;
}

/** Pieces per curve: at the sizes marks are drawn in, more cannot be seen. */
const pieces = 24;

function cubic(from: Point, a: Point, b: Point, to: Point): Point[] {
  return Array.from({ length: pieces }, (_, index) => {
    const t = (index + 1) / pieces;
    const s = 1 - t;
    const at = (key: 'x' | 'y'): number =>
      s * s * s * from[key] + 3 * s * s * t * a[key] + 3 * s * t * t * b[key] + t * t * t * to[key];
    return { x: at('x'), y: at('y') };
  });
}

/** A circular arc between two points, as SVG gives it (its appendix on arcs; both radii are the same here). */
function arc(from: Point, to: Point, given: number, large: boolean, sweep: boolean): Point[] {
  const half = { x: (from.x - to.x) / 2, y: (from.y - to.y) / 2 };
  const reach = Math.hypot(half.x, half.y);
  if (reach === 0) return [];
  const radius = Math.max(given, reach);
  const side = ((large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, radius * radius - reach * reach))) / reach;
  const centre = {
    x: side * half.y + (from.x + to.x) / 2,
    y: -side * half.x + (from.y + to.y) / 2,
  };
  const start = Math.atan2(from.y - centre.y, from.x - centre.x);
  let turn = Math.atan2(to.y - centre.y, to.x - centre.x) - start;
  if (sweep && turn < 0) turn += 2 * Math.PI;
  if (!sweep && turn > 0) turn -= 2 * Math.PI;
  return Array.from({ length: pieces }, (_, index) => {
    const angle = start + (turn * (index + 1)) / pieces;
    return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
  });
}

const takes: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, a: 7, z: 0 };

/** The path of a mark as straight pieces; knows the commands marks are written with and refuses others. */
export function flattenPath(d: string): Polyline[] {
  const lines: Polyline[] = [];
  let current: Polyline = { points: [], closed: false };
  let at: Point = { x: 0, y: 0 };
  for (const [, command = '', rest = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const kind = command.toLowerCase();
    const count = takes[kind];
    if (count === undefined) throw new RangeError(`a mark cannot be drawn with the command ${command}`);
    const numbers = (rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
    const relative = command === kind;
    if (kind === 'z') {
      current.closed = true;
      at = current.points[0] ?? at;
      continue;
    }
    for (let index = 0; index + count <= numbers.length; index += count) {
      const base = relative ? at : { x: 0, y: 0 };
      const n = (offset: number): number => numbers[index + offset] ?? 0;
      const point = (offset: number): Point => ({ x: base.x + n(offset), y: base.y + n(offset + 1) });
      let next: Point[];
      if (kind === 'h') next = [{ x: base.x + n(0), y: at.y }];
      else if (kind === 'v') next = [{ x: at.x, y: base.y + n(0) }];
      else if (kind === 'c') next = cubic(at, point(0), point(2), point(4));
      else if (kind === 'a') next = arc(at, point(5), n(0), n(3) !== 0, n(4) !== 0);
      else next = [point(0)];
      if (kind === 'm' && index === 0) {
        current = { points: [], closed: false };
        lines.push(current);
      }
      current.points.push(...next);
      at = next.at(-1) ?? at;
    }
  }
  return lines;
}

/** Cuts lines into dashes of `on` with gaps of `off`, each line beginning with a dash. */
export function dashed(lines: readonly Polyline[], [on, off]: readonly [number, number]): Polyline[] {
  return lines.flatMap(({ points, closed }) => {
    const first = points[0];
    const whole = closed && first ? [...points, first] : points;
    const dashes: Polyline[] = [];
    let dash: Point[] = first ? [first] : [];
    let drawing = true;
    let left: number = on;
    for (let index = 1; index < whole.length; index += 1) {
      let [from, to] = [whole[index - 1], whole[index]];
      if (!from || !to) continue;
      let length = Math.hypot(to.x - from.x, to.y - from.y);
      while (length > left) {
        const share = left / length;
        const cut: Point = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
        if (drawing) dashes.push({ points: [...dash, cut], closed: false });
        dash = drawing ? [] : [cut];
        drawing = !drawing;
        length -= left;
        left = drawing ? on : off;
        from = cut;
      }
      left -= length;
      if (drawing) dash.push(to);
      to = from;
    }
    if (drawing && dash.length > 1) dashes.push({ points: dash, closed: false });
    return dashes;
  });
}
