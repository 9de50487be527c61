import type { CreativeSummary, RenditionRequest } from '../contract/creative.js';
import { failureSentences } from '../contract/failures.js';
import type { FormatSpec } from '../contract/format.js';
import { defaultRecipe, type Recipe } from '../contract/recipe.js';
import { AppError } from '../errors.js';
import type { ActiveFormat } from '../formats/formats.policy.js';

type Source = Pick<CreativeSummary, 'kind' | 'hasAudio' | 'focal'>;

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

/** The formats named, or all that suit the source. Throws `invalid_input` when one does not, or none does. */
export function chooseFormats(
  active: readonly ActiveFormat[],
  source: Source,
  codes: readonly string[] | undefined,
): ActiveFormat[] {
  const wrongKind = failureSentences({ code: 'wrong_kind_for_format', details: {} });
  if (codes === undefined) {
    const suiting = active.filter(({ spec }) => suits(spec, source));
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

/** What was asked for, completed by the creative's focal point and the format's own framing. */
export function recipeFor(spec: FormatSpec, source: Source, request: RenditionRequest): Recipe {
  const { x, y } = source.focal;
  const recipe = defaultRecipe({
    framing: request.framing ?? spec.defaultFraming,
    focal: { x, y },
    language: request.language ?? null,
  });
  return request.background === undefined
    ? recipe
    : { ...recipe, background: request.background.toLowerCase() };
}
