import type { FormatInfo } from '../../../server/contract/creative.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';

export interface Size {
  width: number;
  height: number;
}

/**
 * Where a cropped picture lies in its frame, as `object-position` shares: the focal point comes as near the middle of
 * the frame as the picture's edges allow, as the pipeline cuts it.
 */
export function cropPosition(source: Size, frame: Size, focal: FocalPoint): FocalPoint {
  const scale = Math.max(frame.width / source.width, frame.height / source.height);
  const along = (length: number, part: number, at: number): number => {
    const over = length * scale - part;
    if (over < 0.5) return 0.5;
    return Math.min(1, Math.max(0, (at * length * scale - part / 2) / over));
  };
  return {
    x: along(source.width, frame.width, focal.x),
    y: along(source.height, frame.height, focal.y),
  };
}

/** The frame a format gives this source; formats without a fixed frame keep the source's own shape. */
export function frameOf(format: Pick<FormatInfo, 'width' | 'height'>, source: Size): Size {
  return format.width !== null && format.height !== null
    ? { width: format.width, height: format.height }
    : source;
}

/** A source that already has the frame's shape is only scaled: the choice of framing changes nothing. */
export function sameShape(source: Size, frame: Size): boolean {
  const difference = Math.abs(source.width * frame.height - source.height * frame.width);
  return difference <= Math.max(source.width, source.height) * Math.max(frame.width, frame.height) * 0.004;
}
