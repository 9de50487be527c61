import sharp from 'sharp';
import { type FontWeight, fontFamily, fontFile } from '../../fonts/bundled-fonts.js';
import { missingCharacters } from '../../fonts/font-coverage.js';
import { type MarkupStyle, plainText, toMarkup } from './markup.js';

/** A text and the box it has to fit, in pixels of the output. */
export interface TextRequest extends MarkupStyle {
  text: string;
  weight: FontWeight;
  maxWidth: number;
  maxHeight: number;
  align: 'left' | 'center' | 'right';
  /** Never wrapped: a line that is too long does not fit. */
  oneLine?: boolean;
}

/** A text as a picture cropped to its ink, transparent around it. */
export interface RenderedText {
  png: Buffer;
  width: number;
  height: number;
}

/** The text does not fit its box; it is never clipped, and only `fitText` makes it smaller. */
export class TextOverflow extends Error {
  readonly text: string;

  constructor(text: string) {
    super('a text does not fit its box');
    this.name = 'TextOverflow';
    this.text = text;
  }
}

/** The text is empty or has characters the bundled font has no shape for: boxes are never drawn. */
export class UndrawableText extends Error {
  readonly text: string;
  readonly characters: readonly string[];

  constructor(text: string, characters: readonly string[]) {
    super('a text cannot be drawn with the bundled font');
    this.name = 'UndrawableText';
    this.text = text;
    this.characters = characters;
  }
}

const weightNames: Readonly<Record<FontWeight, string>> = { 400: '', 600: 'Semi-Bold ', 700: 'Bold ' };

async function draw(request: TextRequest): Promise<RenderedText> {
  const { text, weight, sizePx, maxWidth, align, oneLine = false } = request;
  const { data, info } = await sharp({
    text: {
      text: toMarkup(text, request),
      // At 72 dots per inch a point is a pixel.
      font: `${fontFamily} ${weightNames[weight]}${sizePx}`,
      fontfile: fontFile(weight),
      dpi: 72,
      align: align === 'center' ? 'centre' : align,
      ...(oneLine ? {} : { width: Math.max(1, Math.floor(maxWidth)), wrap: 'word' as const }),
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}

function demandDrawable(text: string): void {
  const plain = plainText(text);
  const missing = missingCharacters(plain);
  // Joiners and spaces alone leave no ink.
  if (missing.length > 0 || plain.replace(/\p{Cf}|\s/gu, '') === '') throw new UndrawableText(text, missing);
}

async function drawInside(request: TextRequest): Promise<RenderedText> {
  const drawn = await draw(request);
  if (drawn.width > request.maxWidth || drawn.height > request.maxHeight)
    throw new TextOverflow(request.text);
  return drawn;
}

/**
 * Draws a text with Pango and HarfBuzz in the bundled font, wrapped between words; `lineHeight` is the
 * distance of lines in parts of the size. Throws TextOverflow when it does not fit, UndrawableText when
 * the font lacks a character.
 */
export async function renderText(request: TextRequest): Promise<RenderedText> {
  demandDrawable(request.text);
  return drawInside(request);
}

/** Draws a text in the largest whole size between the two at which it fits; throws as `renderText` when none does. */
export async function fitText({
  minSizePx,
  maxSizePx,
  ...request
}: Omit<TextRequest, 'sizePx'> & { minSizePx: number; maxSizePx: number }): Promise<
  RenderedText & { sizePx: number }
> {
  demandDrawable(request.text);
  const least = Math.max(1, Math.ceil(minSizePx));
  let best = { ...(await drawInside({ ...request, sizePx: least })), sizePx: least };
  let [low, high] = [least, Math.max(least, Math.floor(maxSizePx)) + 1];
  // The largest first: most texts are short.
  for (let sizePx = high - 1; high - low > 1; sizePx = Math.floor((low + high) / 2)) {
    const drawn = await draw({ ...request, sizePx });
    if (drawn.width <= request.maxWidth && drawn.height <= request.maxHeight) {
      best = { ...drawn, sizePx };
      low = sizePx;
    } else high = sizePx;
  }
  return best;
}
