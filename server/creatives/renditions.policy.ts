import type { CreativeSummary, FormatFraming, RenditionRequest } from '../contract/creative.js';
import { failureSentences } from '../contract/describe-failure.js';
import type { FormatSpec } from '../contract/format.js';
import type { AiDeclaration, DigitalSource } from '../contract/lists.js';
import { type Credit, defaultRecipe, type Overlay, type Recipe } from '../contract/recipe.js';
import { AppError } from '../errors.js';
import type { ActiveFormat } from '../formats/formats.policy.js';
import { framingProblems } from './framing.policy.js';
import type { Issuer } from './framings.repository.js';

type Source = Pick<CreativeSummary, 'kind' | 'hasAudio' | 'width' | 'height'>;

/** What a recipe is put together from, besides the format. */
export interface RecipeParts {
  creative: Pick<
    CreativeSummary,
    'kind' | 'origin' | 'focal' | 'texts' | 'rights' | 'credit' | 'aiDeclaration'
  >;
  issuer: Issuer;
  /** What was chosen for formats before. */
  kept: Readonly<Record<string, FormatFraming>>;
  request: Pick<RenditionRequest, 'framing' | 'background' | 'perFormat' | 'language'>;
  /** What is drawn over it in this format. */
  overlays: readonly Overlay[];
}

function refuseFormat(code: string, messages: { hi: string; en: string }): AppError {
  return new AppError('invalid_input', {
    messages,
    fields: [{ path: '/formats', messages }],
    details: { format: code },
  });
}

/** Whether something can be made of this source at all: a voice note needs a sound. */
function suits(spec: FormatSpec, source: Source): boolean {
  return spec.accepts.includes(source.kind) && !(spec.kind === 'audio' && source.hasAudio === false);
}

/** The formats something can be made in at all. */
export function suitingFormats(active: readonly ActiveFormat[], source: Source): ActiveFormat[] {
  return active.filter(({ spec }) => suits(spec, source));
}

/** The formats named, or all that suit the source. Throws `invalid_input` when one does not, or none does. */
export function chooseFormats(
  active: readonly ActiveFormat[],
  source: Source,
  codes: readonly string[] | undefined,
): ActiveFormat[] {
  const wrongKind = failureSentences({ code: 'wrong_kind_for_format', details: {} });
  if (codes === undefined) {
    const suiting = suitingFormats(active, source);
    if (suiting.length === 0) throw refuseFormat('', wrongKind);
    return suiting;
  }
  return codes.map((code) => {
    const format = active.find(({ spec }) => spec.code === code);
    if (!format) {
      throw refuseFormat(code, {
        hi: 'चुना गया प्रारूप उपलब्ध नहीं है। सूची से दूसरा चुनें।',
        en: 'A chosen format does not exist. Choose another from the list.',
      });
    }
    if (!format.spec.accepts.includes(source.kind)) throw refuseFormat(code, wrongKind);
    if (!suits(format.spec, source)) {
      throw refuseFormat(code, failureSentences({ code: 'no_audio_stream', details: {} }));
    }
    return format;
  });
}

/** How a picture or film came to be, in the words of the press; nothing is claimed of an upload made without AI. */
const sources: Readonly<Record<AiDeclaration, DigitalSource | null>> = {
  none: null,
  enhanced: 'algorithmicallyEnhanced',
  composite: 'compositeWithTrainedAlgorithmicMedia',
  generated: 'trainedAlgorithmicMedia',
};

function creditOf({ creative, issuer, request }: RecipeParts): Credit | null {
  const language = request.language ?? 'hi';
  const organisation = issuer.name[language] ?? issuer.name.hi ?? issuer.name.en;
  if (organisation === undefined) return null;
  const { credit: creator, rights, aiDeclaration, origin } = creative;
  const own = origin === 'generated' ? 'digitalCreation' : null;
  return { organisation, creator, rights, source: sources[aiDeclaration] ?? own };
}

function titleOf({ creative, request }: RecipeParts): string | null {
  const language = request.language ?? 'hi';
  const { hi, en } = creative.texts;
  return (creative.texts[language]?.title || hi?.title || en?.title) ?? null;
}

/** What was asked for, completed by what is kept for the format, by its own rule and by the creative's focal point. */
export function recipeFor(
  { code, kind, defaultFraming }: Pick<FormatSpec, 'code' | 'kind' | 'defaultFraming'>,
  parts: RecipeParts,
): Recipe {
  const { creative, kept, request, overlays } = parts;
  const asked: Partial<FormatFraming> = request.perFormat?.[code] ?? {};
  const own = kept[code];
  const framing = asked.framing ?? request.framing ?? own?.framing ?? defaultFraming;
  // A kept window belongs to the framing it was kept with.
  const keptCrop = own?.framing === framing ? own.crop : null;
  const background = asked.background ?? request.background ?? own?.background;
  const { x, y } = creative.focal;
  return {
    ...defaultRecipe({ framing, focal: { x, y }, language: request.language ?? null }),
    crop: asked.crop === undefined ? keptCrop : asked.crop,
    ...(background !== undefined && { background: background.toLowerCase() }),
    overlays: [...overlays],
    title: creative.kind === 'audio' && kind === 'video' ? titleOf(parts) || null : null,
    credit: kind === 'audio' ? null : creditOf(parts),
  };
}

/** Throws `invalid_input` for framings of formats that are not made now, and for windows that do not suit. */
export function checkPerFormat(
  chosen: readonly ActiveFormat[],
  source: Source,
  { perFormat = {}, framing }: RenditionRequest,
): void {
  const specs = chosen.map(({ spec }) => spec);
  const asked = Object.fromEntries(
    Object.entries(perFormat).map(([code, one]) => [code, { ...(framing && { framing }), ...one }]),
  );
  const fields = framingProblems('perFormat', specs, source, asked);
  if (fields.length > 0) throw new AppError('invalid_input', { fields });
}
