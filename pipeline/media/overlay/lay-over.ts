import type { PlannedImage } from '../plan.js';
import { openRaw, type RawPicture, toRaw } from '../raw-picture.js';
import { drawOverlays } from './draw-overlays.js';
import { frameOf } from './frame-of.js';

/** The finished pixels of an image with its overlays on them. Throws MediaFailure for a text that does not fit. */
export async function layOver(picture: RawPicture, output: PlannedImage): Promise<RawPicture> {
  if (output.overlays.length === 0) return picture;
  const drawn = await drawOverlays(frameOf(output), output.overlays);
  const layers = drawn.map(({ png, x, y }) => ({ input: png, left: x, top: y }));
  return toRaw(openRaw(picture).composite(layers).removeAlpha());
}
