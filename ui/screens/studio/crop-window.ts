import { cropAround, leastWindow, type Size } from '../../../server/contract/framing.js';
import type { CropWindow, FocalPoint } from '../../../server/contract/recipe.js';

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Shares with six digits: the same window has the same text, and so the same rendition. */
const tidy = (value: number) => Math.round(value * 1e6) / 1e6;

function tidied(window: CropWindow): CropWindow {
  const width = Math.min(1, tidy(window.width));
  const height = Math.min(1, tidy(window.height));
  return { width, height, x: tidy(within(window.x, 0, 1 - width)), y: tidy(within(window.y, 0, 1 - height)) };
}

/** The window that is cut when nobody chose one. */
export function automaticWindow(source: Size, frame: Size, focal: FocalPoint): CropWindow {
  const { x, y, width, height } = cropAround(source, frame, focal, 1);
  return tidied({
    x: x / source.width,
    y: y / source.height,
    width: width / source.width,
    height: height / source.height,
  });
}

/** The widest share of the source's width that a window of the frame's shape can have, and the narrowest. */
export function widthRange(source: Size, frame: Size): { least: number; most: number } {
  const most = Math.min(1, (source.height * frame.width) / frame.height / source.width);
  const least = (leastWindow * Math.max(1, frame.width / frame.height)) / source.width;
  return { least: Math.min(most, least), most };
}

/** The window in the frame's shape with this share of the source's width, about the same middle where it can. */
export function resized(window: CropWindow, width: number, source: Size, frame: Size): CropWindow {
  const { least, most } = widthRange(source, frame);
  const next = within(width, least, most);
  const height = Math.min(1, (next * source.width * frame.height) / frame.width / source.height);
  return tidied({
    x: window.x + (window.width - next) / 2,
    y: window.y + (window.height - height) / 2,
    width: next,
    height,
  });
}

/** Moved by shares of the source, and never over its edge. */
export function moved(window: CropWindow, x: number, y: number): CropWindow {
  return tidied({ ...window, x: window.x + x, y: window.y + y });
}
