import type { CreativeSummary, FormatFraming } from '../contract/creative.js';
import type { FormatSpec } from '../contract/format.js';
import { type Box, leastWindow, type Size } from '../contract/framing.js';
import type { FieldProblem, Messages } from '../errors.js';

type Source = Pick<CreativeSummary, 'kind' | 'width' | 'height'>;

/** How far a window's shape may lie from the frame's: what a person sees is what is cut, but for a hair. */
const shapeTolerance = 0.01;
/** Shares lose a little on their way through JSON and the database. */
const rounding = 1e-6;

const sentences = {
  noPicture: {
    hi: 'इस प्रारूप में चित्र नहीं होता, इसलिए काट नहीं चुनी जा सकती।',
    en: 'This format shows no picture, so there is nothing to crop.',
  },
  notSuited: {
    hi: 'यह प्रारूप इस तरह की फ़ाइल से नहीं बनता।',
    en: 'This format is not made from this kind of file.',
  },
  unknown: {
    hi: 'यह प्रारूप उपलब्ध नहीं है। सूची से दूसरा चुनें।',
    en: 'There is no such format. Choose another from the list.',
  },
  notCropping: {
    hi: 'काटने का हिस्सा तभी चुनें जब फ़्रेम को काटकर भरना हो।',
    en: 'A window can be chosen only where the frame is filled by cropping.',
  },
  outside: {
    hi: 'चुना हुआ हिस्सा चित्र से बाहर जाता है। उसे चित्र के भीतर रखें।',
    en: 'The window reaches outside the picture. Keep it inside.',
  },
  tooSmall: {
    hi: `चुना हुआ हिस्सा बहुत छोटा है। कम से कम ${leastWindow} पिक्सेल चौड़ा और ऊँचा हिस्सा चुनें।`,
    en: `The window is too small. Choose at least ${leastWindow} pixels in width and height.`,
  },
  otherShape: {
    hi: 'चुने हुए हिस्से का आकार इस प्रारूप के फ़्रेम से नहीं मिलता। अनुपात बनाए रखें।',
    en: 'The shape of the window is not the shape of the frame. Keep the proportions.',
  },
} satisfies Record<string, Messages>;

/** Whether the window has the frame's shape, give or take one pixel at each edge. */
function fitsShape(window: Size, frame: Size): boolean {
  const wanted = window.height * (frame.width / frame.height);
  const pixel = 1 + frame.width / frame.height;
  return Math.abs(window.width - wanted) <= Math.max(pixel, wanted * shapeTolerance);
}

function windowProblem(spec: FormatSpec, source: Size, crop: Box): Messages | null {
  if (crop.x + crop.width > 1 + rounding || crop.y + crop.height > 1 + rounding) return sentences.outside;
  const window = { width: crop.width * source.width, height: crop.height * source.height };
  const least = Math.min(leastWindow, source.width, source.height);
  if (Math.min(window.width, window.height) < least - rounding) return sentences.tooSmall;
  if (spec.frame?.fit === 'exact' && !fitsShape(window, spec.frame)) return sentences.otherShape;
  return null;
}

/** What is wrong with the framing chosen for one format, in words; null when nothing is. */
export function framingProblem(
  spec: FormatSpec | undefined,
  source: Source,
  chosen: Partial<FormatFraming>,
): Messages | null {
  if (!spec) return sentences.unknown;
  if (!spec.accepts.includes(source.kind)) return sentences.notSuited;
  const { crop = null, framing = spec.defaultFraming } = chosen;
  if (crop === null) return null;
  const { width, height } = source;
  if (!spec.frame || width === null || height === null) return sentences.noPicture;
  // Only a filled frame is cut; a format that keeps the source's own shape takes any window.
  if (spec.frame.fit === 'exact' && framing !== 'crop') return sentences.notCropping;
  return windowProblem(spec, { width, height }, crop);
}

/** The problems of several formats' framings, by their place in the request. */
export function framingProblems(
  field: 'framings' | 'perFormat',
  specs: readonly FormatSpec[],
  source: Source,
  chosen: Readonly<Record<string, Partial<FormatFraming> | null>>,
): FieldProblem[] {
  return Object.entries(chosen).flatMap(([code, framing]) => {
    // Taking a choice back is right whatever became of the format.
    if (framing === null) return [];
    const messages = framingProblem(
      specs.find((spec) => spec.code === code),
      source,
      framing,
    );
    return messages === null ? [] : [{ path: `/${field}/${code}`, messages }];
  });
}
