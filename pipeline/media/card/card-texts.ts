import {
  fitText,
  type RenderedText,
  renderText,
  TextOverflow,
  type TextRequest,
} from '../text/render-text.js';
import { textFailure } from '../text/text-failure.js';
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
