import type { OverlayFrame } from '../../../server/contract/overlay-layout.js';
import type { PlannedImage, PlannedVideo } from '../plan.js';

/** The finished frame of a planned file as overlays see it. */
export function frameOf({
  layout,
  safeZone,
  circle,
}: Pick<PlannedImage | PlannedVideo, 'layout' | 'safeZone' | 'circle'>): OverlayFrame {
  return { target: layout.target, safeZone, circle };
}
