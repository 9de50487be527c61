import type { CreativeSummary, RenditionRequest } from '../contract/creative.js';
import type { FormatSpec } from '../contract/format.js';
import type { Overlay } from '../contract/recipe.js';
import { AppError } from '../errors.js';
import type { Dressing, Issuer, KeptSubtitles } from './framings.repository.js';
import { overlaysFor } from './overlays.policy.js';

export interface OverlayParts {
  creative: Pick<CreativeSummary, 'aiDeclaration' | 'origin'>;
  dressing: Dressing;
  issuer: Issuer;
  request: Pick<RenditionRequest, 'language' | 'overlays'>;
}

const fallen = {
  hi: 'जिस तथ्य का निष्कर्ष इस पर लगता है, वह सुधारा गया या निरस्त हुआ है। पहले दूसरा तथ्य चुनें।',
  en: 'The fact whose verdict is stamped on this was corrected or voided. Choose another one first.',
};
const missing = {
  hi: 'इस भाषा के उपशीर्षक इस वीडियो में नहीं हैं।',
  en: 'The video has no subtitles in this language.',
};

/** The subtitles asked for by name, or those of the request's own language when it names none. */
function subtitlesOf({ dressing, request }: OverlayParts): KeptSubtitles | undefined {
  const wanted = request.overlays?.subtitles;
  if (wanted === null) return undefined;
  return dressing.subtitles.find(({ language }) => language === (wanted ?? request.language ?? 'hi'));
}

/** Everything a rendition of this creative carries in this format. */
export function overlaysOf(format: FormatSpec, parts: OverlayParts): Overlay[] {
  const { creative, dressing, issuer, request } = parts;
  // A card says itself who issued it.
  const labelled = creative.origin === 'uploaded' && (request.overlays?.label ?? dressing.label);
  return overlaysFor({
    format,
    language: request.language ?? null,
    aiDeclaration: creative.aiDeclaration,
    stamp: dressing.stamp,
    issuedBy: labelled ? issuer.issuedBy : null,
    imprint: dressing.imprint,
    subtitles: subtitlesOf(parts)?.fileSha256 ?? null,
    disclosureShare: issuer.disclosureShare,
  });
}

/** Throws when something cannot be drawn as it would have to be: a stamp that fell, subtitles that are not there. */
export function checkOverlays(parts: OverlayParts): void {
  if (parts.dressing.stamp?.stands === false) throw new AppError('wrong_state', { messages: fallen });
  if (parts.request.overlays?.subtitles != null && subtitlesOf(parts) === undefined) {
    throw new AppError('invalid_input', { fields: [{ path: '/overlays/subtitles', messages: missing }] });
  }
}
