import { MediaFailure } from '../media-failure.js';
import {
  fitText,
  type RenderedText,
  renderText,
  TextOverflow,
  type TextRequest,
  UndrawableText,
} from '../text/render-text.js';
import type { SizeRange } from './card-layout.js';

export type FittedText = RenderedText & { sizePx: number };

/** A text to be written as large as its space allows. */
export interface TextWish extends Pick<TextRequest, 'text' | 'weight' | 'color' | 'maxWidth' | 'maxHeight'> {
  range: SizeRange;
  align?: TextRequest['align'];
  lineHeight?: number;
  /** Lines of about the same length instead of one last word alone. */
  balanced?: boolean;
}

/** Devanagari has signs above and below its letters: lines closer than this touch. */
const usualLineHeight = 1.42;

/** Longer texts are named by their beginning. */
function named(text: string): string {
  const letters = [...new Intl.Segmenter('hi').segment(text)].map(({ segment }) => segment);
  return letters.length > 90 ? `${letters.slice(0, 89).join('')}…` : text;
}

/** What kept a text from being drawn, as a failure that names the text; anything else as it is. */
export function textFailure(error: unknown): unknown {
  if (error instanceof TextOverflow)
    return new MediaFailure('text_does_not_fit', { text: named(error.text) }, error);
  if (error instanceof UndrawableText) {
    const characters = error.characters.slice(0, 8).join(' ');
    const details = { text: named(error.text), ...(characters !== '' && { characters }) };
    return new MediaFailure('text_not_drawable', details, error);
  }
  return error;
}

/** The same text in the narrowest width that needs no further line. */
async function balance(request: TextRequest, written: FittedText): Promise<FittedText> {
  let best = written;
  let [narrow, wide] = [written.width * 0.55, written.width];
  for (let step = 0; step < 5; step += 1) {
    const maxWidth = (narrow + wide) / 2;
    const tried = await renderText({ ...request, maxWidth }).catch((error: unknown) => {
      if (error instanceof TextOverflow) return null;
      throw error;
    });
    // A line more is a good deal higher; ink alone differs by less.
    if (tried && tried.height < written.height + request.sizePx * 0.6) {
      best = { ...tried, sizePx: written.sizePx };
      wide = maxWidth;
    } else narrow = maxWidth;
  }
  return best;
}

/** Writes a text in the largest size that fits, or throws what names it. */
export async function writeText(wish: TextWish): Promise<FittedText> {
  const { range, align = 'left', lineHeight = usualLineHeight, balanced = false, ...rest } = wish;
  const least = Math.ceil(range.min);
  const request = { ...rest, align, lineHeight };
  try {
    const written = await fitText({
      ...request,
      minSizePx: least,
      maxSizePx: Math.max(least, Math.floor(range.max)),
    });
    const { sizePx } = written;
    return balanced && written.height > sizePx * 2 ? await balance({ ...request, sizePx }, written) : written;
  } catch (error) {
    throw textFailure(error);
  }
}
