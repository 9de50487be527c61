import type { CardFrame } from '../../../server/contract/card-frame.js';
import type { Box, Size } from '../../../server/contract/framing.js';
import type { CardTemplate } from '../../../server/contract/lists.js';

/** Smallest and largest size a text may be written in, pixels. */
export interface SizeRange {
  min: number;
  max: number;
}

/**
 * How the parts of a card share a frame. `stack`: one below the other, sources and code in a row at the foot.
 * `wide`: the claim and the fact beside a column with sources and code. `emblem`: where only the middle of a small
 * circle is seen: the code at its foot, with the sources and the issuer at its sides.
 */
export type Arrangement = 'stack' | 'wide' | 'emblem';

/** The spaces of a card in pixels of the frame, before any text is measured. */
export interface CardSpaces {
  frame: Size;
  arrangement: Arrangement;
  /** What is written lies inside: no platform's buttons, no edge, no strip drawn over it. */
  content: Box;
  /** A hundredth of the width the frame is seen in; sizes and gaps are multiples of it. */
  unit: number;
  /** Reaches the frame's edges. */
  photo: Box | null;
  /** Claim, verdict and fact, one below the other. */
  flow: Box;
  /** Where the verdict stands: between claim and fact, or on the photo. */
  plate: { height: number; maxWidth: number; on: 'flow' | 'photo' };
  /** Sources, date and issuer in one column; in an emblem sources and issuer in one each. */
  notes: readonly Box[];
  code: Box;
  scan: Box | null;
  /** Above and below what is written, where a platform covers so much that it would look left empty. */
  sunk: readonly Box[];
  /** Between the flow and the notes. */
  rule: Box | null;
  sizes: Record<'label' | 'claim' | 'verdict' | 'fact' | 'note', SizeRange>;
  gap: number;
}

/** Bands as wide as the frame over and under the content, when they are high enough to be seen as such. */
function sunkBands({ width, height }: Size, content: Box, edge: number): Box[] {
  const end = Math.round(content.y + content.height + edge);
  const bands = [
    { x: 0, y: 0, width, height: Math.round(content.y - edge) },
    { x: 0, y: end, width, height: height - end },
  ];
  return bands.filter((band) => band.height > height * 0.06);
}

function intersect(one: Box, other: Box): Box {
  const x = Math.max(one.x, other.x);
  const y = Math.max(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(one.x + one.width, other.x + other.width) - x),
    height: Math.max(0, Math.min(one.y + one.height, other.y + other.height) - y),
  };
}

function inset(frame: Size, by: number): Box {
  return { x: by, y: by, width: frame.width - 2 * by, height: frame.height - 2 * by };
}

/** The largest square inside the circle as wide as the frame's shorter side. */
function insideCircle({ width, height }: Size): Box {
  const side = Math.min(width, height) * Math.SQRT1_2;
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
}

/** How far from the middle of the circle one may go, so far aside of it, and still be seen. */
function reachInCircle({ width, height }: Size, aside: number): number {
  const radius = (Math.min(width, height) / 2) * 0.96;
  return Math.sqrt(radius ** 2 - aside ** 2);
}

function rounded({ x, y, width, height }: Box): Box {
  const left = Math.ceil(x);
  const top = Math.ceil(y);
  return { x: left, y: top, width: Math.floor(x + width) - left, height: Math.floor(y + height) - top };
}

/** In a quote what was said is the larger, elsewhere the fact is. */
function sizesOf(unit: number, arrangement: Arrangement, template: CardTemplate): CardSpaces['sizes'] {
  const range = (min: number, max: number): SizeRange => ({ min: min * unit, max: max * unit });
  const wide = arrangement === 'wide';
  const [claim, fact] = template === 'quote' ? [6.2, 5.2] : [4.8, 7];
  return {
    label: range(2.2, 2.6),
    claim: range(2.7, wide ? claim * 0.82 : claim),
    verdict: range(3.6, wide ? 5 : 6),
    fact: range(3.1, wide ? fact * 0.78 : fact),
    note: range({ stack: 2.1, wide: 1.8, emblem: 1.7 }[arrangement], 2.6),
  };
}

/**
 * Divides a frame among the parts of a card, purely by its shape. The same template looks alike from a status of
 * 9:16 to a link preview of 1.91:1, because nothing is cropped: every shape is laid out for itself.
 */
export function layOutCard(frame: CardFrame, template: CardTemplate): CardSpaces {
  const { width, height, free, circle } = frame;
  const size: Size = { width, height };
  const edge = Math.min(width, height) * 0.055;
  const content = rounded(intersect(circle ? insideCircle(size) : inset(size, edge), free));
  const arrangement: Arrangement = circle
    ? 'emblem'
    : content.width / content.height > 1.3
      ? 'wide'
      : 'stack';
  // A wide picture is seen as wide as the phone, and lower than a tall one: its height bounds what fits.
  const unit = Math.min(width, arrangement === 'wide' ? height * 1.45 : height) / 100;
  const gap = unit * 2.6;
  const sizes = sizesOf(unit, arrangement, template);
  const plateHeight = unit * (arrangement === 'wide' ? 8.4 : 10);
  const withPhoto = template === 'photo';
  const right = content.x + content.width;
  const bottom = content.y + content.height;
  const sunk = circle ? [] : sunkBands(size, content, edge * 0.8);
  const base = { frame: size, arrangement, content, unit, gap, sizes, sunk };

  if (arrangement === 'emblem') {
    const codeSide = unit * 18;
    // Where nothing is drawn over the foot, the circle has room under the square inside it.
    const isFree = bottom >= Math.floor((height + Math.min(width, height) * Math.SQRT1_2) / 2) - 1;
    const foot = isFree ? height / 2 + reachInCircle(size, codeSide / 2) : bottom;
    const code: Box = { x: (width - codeSide) / 2, y: foot - codeSide, width: codeSide, height: codeSide };
    const noteHeight = unit * 11;
    const top = code.y - unit * 1.6;
    const half = width / 2 - code.x + unit * 1.2;
    const reach = Math.min(content.width / 2, reachInCircle(size, top + noteHeight - height / 2));
    const column = { y: top, width: reach - half, height: noteHeight };
    const notes: Box[] = [
      { ...column, x: width / 2 - reach },
      { ...column, x: width / 2 + half },
    ];
    const flow: Box = { ...content, height: top - gap * 0.7 - content.y };
    const plate = { height: plateHeight, maxWidth: flow.width, on: 'flow' as const };
    return { ...base, photo: null, flow, plate, notes, code, scan: null, rule: null };
  }

  if (arrangement === 'wide') {
    const photoWidth = withPhoto ? Math.round(width * 0.27) : 0;
    const photo: Box | null = withPhoto ? { x: 0, y: 0, width: photoWidth, height } : null;
    const left = withPhoto ? photoWidth + edge : content.x;
    const column = unit * (withPhoto ? 24 : 27);
    const codeSide = unit * 20;
    const side = right - column;
    const scanHeight = sizes.note.max * 1.5;
    const code: Box = { x: side, y: content.y, width: codeSide, height: codeSide };
    const scan: Box = { x: side, y: code.y + codeSide + unit, width: column, height: scanHeight };
    const notesTop = scan.y + scan.height + gap;
    const notes: Box = { x: side, y: notesTop, width: column, height: bottom - notesTop };
    const flow: Box = { x: left, y: content.y, width: side - 2 * gap - left, height: content.height };
    const rule: Box = {
      x: side - gap,
      y: content.y,
      width: Math.max(1, unit * 0.15),
      height: content.height,
    };
    const plate = { height: plateHeight, maxWidth: flow.width, on: 'flow' as const };
    return { ...base, photo, flow, plate, notes: [notes], code, scan, rule };
  }

  const codeSide = unit * 18;
  const scanHeight = sizes.note.max * 1.5;
  const footHeight = codeSide + unit * 0.8 + scanHeight;
  const foot = bottom - footHeight;
  const code: Box = { x: right - codeSide, y: foot, width: codeSide, height: codeSide };
  const scan: Box = { x: code.x, y: bottom - scanHeight, width: codeSide, height: scanHeight };
  const notes: Box = { x: content.x, y: foot, width: code.x - gap - content.x, height: footHeight };
  const rule: Box = { x: content.x, y: foot - gap, width: content.width, height: Math.max(1, unit * 0.15) };
  const photoEnd = content.y + (foot - content.y) * 0.4;
  const photo: Box | null = withPhoto ? { x: 0, y: 0, width, height: Math.round(photoEnd) } : null;
  const top = photo ? photo.height + gap : content.y;
  const flow: Box = { x: content.x, y: top, width: content.width, height: rule.y - gap - top };
  const plate = {
    height: plateHeight,
    maxWidth: content.width,
    on: withPhoto ? ('photo' as const) : ('flow' as const),
  };
  return { ...base, photo, flow, plate, notes: [notes], code, scan, rule };
}
