import { overlayLineHeight, type TextPlace } from '../../../server/contract/overlay-layout.js';

export interface FittedWords {
  sizePx: number;
  lines: string[];
  width: number;
  height: number;
  /** False when even the smallest size does not fit: the renderer will refuse it. */
  fits: boolean;
}

/** Width of words in parts of their size, in the interface's own font. */
function ruler(weight: number): (text: string) => number {
  const unit = 100;
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length / 2;
  const family = getComputedStyle(document.documentElement).getPropertyValue('--font') || 'sans-serif';
  context.font = `${weight} ${unit}px ${family}`;
  return (text) => context.measureText(text).width / unit;
}

function wrap(text: string, most: number, widthOf: (line: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || widthOf(longer) > most) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/**
 * The largest size at which words fit their place: in one line if that can be read, else in as many as there is room
 * for, as the renderer does it; its font differs by a hair, so this is a preview and no promise.
 */
export function fitWords(text: string, place: TextPlace, weight: number): FittedWords {
  const { box, minSizePx, maxSizePx } = place;
  const widthOf = ruler(weight);
  const wide = widthOf(text);
  const single = Math.min(maxSizePx, box.width / wide, box.height / overlayLineHeight);
  if (single >= minSizePx) {
    return {
      sizePx: single,
      lines: [text],
      width: wide * single,
      height: single * overlayLineHeight,
      fits: true,
    };
  }
  for (let sizePx = maxSizePx; ; sizePx = Math.max(minSizePx, sizePx * 0.94)) {
    const lines = wrap(text, box.width, (line) => widthOf(line) * sizePx);
    const width = Math.max(...lines.map((line) => widthOf(line) * sizePx));
    const height = lines.length * sizePx * overlayLineHeight;
    const fits = width <= box.width + 1 && height <= box.height + 1;
    if (fits || sizePx <= minSizePx) return { sizePx, lines, width, height, fits };
  }
}
