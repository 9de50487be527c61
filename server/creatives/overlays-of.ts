import type { CreativeSummary, RenditionRequest } from '../contract/creative.js';
import type { FormatSpec } from '../contract/format.js';
import type { Overlay } from '../contract/recipe.js';
import type { Dressing, Issuer } from './framings.repository.js';

export interface OverlayParts {
  creative: CreativeSummary;
  dressing: Dressing;
  issuer: Issuer;
  request: Pick<RenditionRequest, 'language' | 'overlays'>;
}

/** Everything a rendition of this creative carries in this format. */
export function overlaysOf(_spec: FormatSpec, _parts: OverlayParts): Overlay[] {
  return [];
}
