import type { Luma, Part } from './luma.js';

/** Grey levels by which pixels of one plain colour differ after compression. */
const near = 14;
/** Least share of a line that must be of the bar's colour. */
const plainShare = { border: 0.98, caption: 0.5 } as const;
/** Longest run of other lines inside a bar with a caption, as a share of all: a line of heavy letters. */
const longestGap = { border: 0, caption: 0.04 } as const;
/** A bar is no wider than this share of the picture: what is, is the picture's own ground. */
const widestBar = 0.3;

type Kind = keyof typeof plainShare;

interface Lines {
  count: number;
  length: number;
  at(line: number, place: number): number;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Pixels of a line, every few of them: enough to judge it by. */
function sampled({ length, at }: Lines, line: number): number[] {
  const step = Math.max(1, Math.floor(length / 96));
  const values: number[] = [];
  for (let place = 0; place < length; place += step) values.push(at(line, place));
  return values;
}

/** How many lines, from the first on, are a bar of one colour; none when that never ends. */
function barOf(lines: Lines, kind: Kind, widest: number): number {
  const colour = median(sampled(lines, 0));
  const most = Math.floor(lines.count * widest);
  const gap = Math.round(lines.count * longestGap[kind]);
  let bar = 0;
  for (let line = 0; line - bar <= gap; line += 1) {
    if (line > most) return 0;
    const values = sampled(lines, line);
    const isNear = (value: number): boolean => Math.abs(value - colour) <= near;
    // Both ends too: a sky is plain in the middle, a bar from edge to edge.
    const framed = [...values.slice(0, 2), ...values.slice(-2)].every(isNear);
    if (framed && values.filter(isNear).length >= plainShare[kind] * values.length) bar = line + 1;
  }
  return bar;
}

/** With a caption where that ends somewhere, else without. */
function edgeOf(lines: Lines, widest: number): number {
  return barOf(lines, 'caption', widest) || barOf(lines, 'border', widest);
}

/** The picture without plain borders and caption bars at its edges; whole when it has none. */
export function trimmed({ width, height, data }: Luma, widest = widestBar): Part {
  const pixel = (x: number, y: number): number => data[y * width + x] ?? 0;
  const top = edgeOf({ count: height, length: width, at: (line, x) => pixel(x, line) }, widest);
  const bottom = edgeOf(
    { count: height, length: width, at: (line, x) => pixel(x, height - 1 - line) },
    widest,
  );
  const length = height - top - bottom;
  const left = edgeOf({ count: width, length, at: (line, y) => pixel(line, top + y) }, widest);
  const right = edgeOf({ count: width, length, at: (line, y) => pixel(width - 1 - line, top + y) }, widest);
  return { left: left / width, top: top / height, right: 1 - right / width, bottom: 1 - bottom / height };
}
