import type { OverlayOptions } from 'sharp';
import type { Box, Size } from '../../../server/contract/framing.js';
import type { RawPicture } from '../raw-picture.js';

/** Where a part of a drawn card lies, in pixels of the frame. */
export interface PlacedPart {
  part: string;
  box: Box;
}

/** Collects what is laid over the ground, and where. */
export function createSheet() {
  const layers: OverlayOptions[] = [];
  const parts: PlacedPart[] = [];
  return {
    layers,
    parts,
    lay(part: string, input: OverlayOptions['input'] | RawPicture, { x, y, width, height }: Box): void {
      const box = { x: Math.round(x), y: Math.round(y), width, height };
      const place = { left: box.x, top: box.y };
      if (typeof input === 'object' && 'data' in input) {
        const { data, channels } = input;
        layers.push({ input: data, raw: { width: input.width, height: input.height, channels }, ...place });
      } else layers.push({ ...(input !== undefined && { input }), ...place });
      parts.push({ part, box });
    },
  };
}
export type Sheet = ReturnType<typeof createSheet>;

export function sizeOf({ width, height }: Size): Size {
  return { width, height };
}
