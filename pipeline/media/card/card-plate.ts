import type { CardDocument } from '../../../server/contract/card.js';
import { drawMark } from '../marks/draw-mark.js';
import { drawBlock } from './block.js';
import type { CardSpaces } from './card-layout.js';
import type { CardLook } from './card-look.js';
import { type Sheet, sizeOf } from './card-sheet.js';
import { writeText } from './card-texts.js';

/** The verdict by shape and word on its block, measured before it is placed. */
export async function makePlate(document: CardDocument, { plate, sizes }: CardSpaces, look: CardLook) {
  const height = Math.round(plate.height);
  const pad = Math.round(height * 0.26);
  const markSide = Math.round(height * 0.58);
  const word = await writeText({
    text: document.texts.verdict,
    weight: 700,
    color: look.onPlate,
    range: sizes.verdict,
    maxWidth: plate.maxWidth - markSide - pad * 2.8,
    maxHeight: height * 0.66,
  });
  const width = Math.round(pad * 2.8 + markSide + word.width);
  return {
    width,
    height,
    layAt(sheet: Sheet, x: number, y: number): void {
      const block = drawBlock({ width, height, radius: Math.round(height * 0.16), color: look.plate });
      sheet.lay('plate', block, { x, y, width, height });
      const mark = drawMark({ code: document.verdict, sizePx: markSide, color: look.onPlate });
      const markBox = { x: x + pad, y: y + (height - markSide) / 2, width: markSide, height: markSide };
      sheet.lay('plate/mark', { ...mark, channels: 4 }, markBox);
      const wordX = x + pad * 1.8 + markSide;
      sheet.lay('plate/word', word.png, { x: wordX, y: y + (height - word.height) / 2, ...sizeOf(word) });
    },
  };
}
export type Plate = Awaited<ReturnType<typeof makePlate>>;

/** The shape alone on a photo that stands beside the words: cut off from them it still says what it is. */
export function layBadge(
  sheet: Sheet,
  { verdict }: CardDocument,
  { plate, content }: CardSpaces,
  look: CardLook,
): void {
  const side = Math.round(plate.height);
  const box = { x: content.x, y: content.y + content.height - side, width: side, height: side };
  sheet.lay('badge', drawBlock({ ...sizeOf(box), radius: Math.round(side * 0.16), color: look.plate }), box);
  const sizePx = Math.round(side * 0.6);
  const mark = drawMark({ code: verdict, sizePx, color: look.onPlate });
  const from = (side - sizePx) / 2;
  const markBox = { x: box.x + from, y: box.y + from, width: sizePx, height: sizePx };
  sheet.lay('badge/mark', { ...mark, channels: 4 }, markBox);
}
