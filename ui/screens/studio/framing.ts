import type { Creative, FormatFraming, FormatInfo } from '../../../server/contract/creative.js';
import { type Layout, layOut, type Size, sameShape, targetSize } from '../../../server/contract/framing.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';

/** How one format is framed, with the focal point that the automatic window follows. */
export interface Framed extends FormatFraming {
  focal: FocalPoint;
}

type Framing = Pick<FormatInfo, 'kind' | 'width' | 'height' | 'longEdge'>;

function frameOf({ width, height, longEdge }: Framing) {
  return width !== null && height !== null
    ? { fit: 'exact' as const, width, height }
    : { fit: 'long_edge' as const, longEdge: longEdge ?? 4096 };
}

const stepOf = ({ kind }: Framing) => (kind === 'video' ? 2 : 1);

/** Exactly the renderer's layout, for a source of its full size. */
export function layoutOf(format: Framing, source: Size, { framing, crop, focal }: Framed): Layout {
  return layOut(source, { frame: frameOf(format), framing, focal, crop }, stepOf(format));
}

/** Size of the finished frame when nothing is cut by hand. */
export function frameSize(format: Framing, source: Size): Size {
  return targetSize(source, frameOf(format), stepOf(format));
}

export function sourceSize({ width, height }: Pick<Creative, 'width' | 'height'>): Size | null {
  return width === null || height === null ? null : { width, height };
}

/** Whether a picture has to be brought into another shape, so that the way of framing makes a difference. */
export function isFramed(format: Framing, creative: Pick<Creative, 'width' | 'height' | 'card'>): boolean {
  // A card is laid out anew for every frame.
  if (creative.card) return false;
  const source = sourceSize(creative);
  if (format.kind === 'audio' || format.width === null || format.height === null || !source) return false;
  return !sameShape(source, { width: format.width, height: format.height });
}

/** Pixels of the frame that the platform's own interface covers. */
export function safePixels({ safeZone }: Pick<FormatInfo, 'safeZone'>, { width, height }: Size) {
  if (!safeZone) return null;
  return {
    top: Math.round(safeZone.top * height),
    right: Math.round(safeZone.right * width),
    bottom: Math.round(safeZone.bottom * height),
    left: Math.round(safeZone.left * width),
  };
}

/** The server's own ground when none is named. */
export const white = '#ffffff';

/** What counts for a format until a designer chooses otherwise. */
export function ownFraming(format: Pick<FormatInfo, 'defaultFraming'>): FormatFraming {
  return { framing: format.defaultFraming, crop: null, background: white };
}
