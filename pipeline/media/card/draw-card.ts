import sharp, { type OverlayOptions } from 'sharp';
import type { CardDocument } from '../../../server/contract/card.js';
import { type Box, cropAround } from '../../../server/contract/framing.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';
import { drawMark } from '../marks/draw-mark.js';
import { MediaFailure } from '../media-failure.js';
import { openRaw, type RawPicture } from '../raw-picture.js';
import { drawBlock } from './block.js';
import { settleFlow } from './card-flow.js';
import { type CardFrame, type CardSpaces, layOutCard } from './card-layout.js';
import { type CardLook, cardLooks } from './card-look.js';
import { layNotes } from './card-notes.js';
import { writeText } from './card-texts.js';
import { drawCode } from './qr.js';

/** Where a part of a drawn card lies, in pixels of the frame. */
export interface PlacedPart {
  part: string;
  box: Box;
}

export interface DrawnCard {
  picture: RawPicture;
  /** For tests and for whoever wants to know: everything written or drawn, but the ground. */
  parts: readonly PlacedPart[];
}

/** The photo of a card, decoded, and the point of it that stays in every shape. */
export interface CardPhoto {
  picture: RawPicture;
  focal: FocalPoint;
}

/** Collects what is laid over the ground, and where. */
function createSheet() {
  const layers: OverlayOptions[] = [];
  const parts: PlacedPart[] = [];
  return {
    layers,
    parts,
    lay(part: string, input: OverlayOptions['input'] | RawPicture, { x, y, width, height }: Box): void {
      const box = { x: Math.round(x), y: Math.round(y), width, height };
      const place = { left: box.x, top: box.y };
      if (typeof input === 'object' && 'data' in input) {
        const { data, channels } = input;
        layers.push({ input: data, raw: { width: input.width, height: input.height, channels }, ...place });
      } else layers.push({ ...(input !== undefined && { input }), ...place });
      parts.push({ part, box });
    },
  };
}
export type Sheet = ReturnType<typeof createSheet>;

async function layPhoto(sheet: Sheet, box: Box, { picture, focal }: CardPhoto): Promise<void> {
  const { x, y, width, height } = cropAround(picture, box, focal, 1);
  const { data, info } = await openRaw(picture)
    .extract({ left: x, top: y, width, height })
    .resize(box.width, box.height, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  sheet.lay('photo', { data, width: info.width, height: info.height, channels: 3 }, box);
}

function layRule(sheet: Sheet, box: Box, look: CardLook): void {
  const size = { width: Math.max(1, Math.round(box.width)), height: Math.max(1, Math.round(box.height)) };
  sheet.lay('rule', drawBlock({ ...size, radius: 0, color: look.line }), { ...box, ...size });
}

/** The verdict by shape and word on its block, measured before it is placed. */
async function makePlate(document: CardDocument, { plate, sizes }: CardSpaces, look: CardLook) {
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
function layBadge(
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

function sizeOf({ width, height }: { width: number; height: number }) {
  return { width, height };
}

function layCode(
  sheet: Sheet,
  document: CardDocument,
  box: Box,
  arrangement: CardSpaces['arrangement'],
): Box {
  const { address } = document;
  const code = drawCode({ address, maxSide: Math.floor(box.width), leastModulePx: 2 });
  if (!code) throw new MediaFailure('text_does_not_fit', { text: address });
  // At the outer edge of its space, however many modules it has.
  const x = arrangement === 'wide' ? box.x : box.x + box.width - code.width;
  const placed = { x, y: box.y, ...sizeOf(code) };
  sheet.lay('code', code, placed);
  return placed;
}

/**
 * Draws a card in one frame, every text in the largest size its space allows. Throws MediaFailure: a text that
 * cannot be written large enough to be read is named, never cut.
 */
export async function drawCard({
  document,
  frame,
  photo,
}: {
  document: CardDocument;
  frame: CardFrame;
  photo: CardPhoto | null;
}): Promise<DrawnCard> {
  const look = cardLooks[document.template];
  const spaces = layOutCard(frame, document.template);
  const sheet = createSheet();
  for (const band of spaces.sunk) {
    sheet.lay('sunk', drawBlock({ ...sizeOf(band), radius: 0, color: look.sunk }), band);
  }
  if (spaces.photo && photo) await layPhoto(sheet, spaces.photo, photo);
  const plate = await makePlate(document, spaces, look);
  if (spaces.plate.on === 'photo' && spaces.photo) {
    const bottom = Math.min(spaces.photo.height, spaces.content.y + spaces.content.height + spaces.gap);
    plate.layAt(sheet, spaces.content.x, bottom - plate.height - spaces.gap);
  } else if (spaces.photo) layBadge(sheet, document, spaces, look);
  await settleFlow({ sheet, document, spaces, look, plate: spaces.plate.on === 'flow' ? plate : null });
  if (spaces.rule) layRule(sheet, spaces.rule, look);
  if (spaces.code && spaces.scan) {
    const code = layCode(sheet, document, spaces.code, spaces.arrangement);
    const scan = await writeText({
      text: document.texts.scan,
      weight: 400,
      color: look.faint,
      range: { min: spaces.sizes.note.min * 0.85, max: spaces.sizes.note.max },
      maxWidth: spaces.scan.width,
      maxHeight: spaces.scan.height,
    });
    const x = spaces.arrangement === 'wide' ? code.x : code.x + Math.min(0, code.width - scan.width);
    sheet.lay('scan', scan.png, { x, y: code.y + code.height + spaces.unit * 0.8, ...sizeOf(scan) });
  }
  await layNotes(sheet, { document, spaces, look });
  const { data, info } = await sharp({
    create: { ...spaces.frame, channels: 3, background: look.ground },
  })
    .composite(sheet.layers)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture: RawPicture = { data, width: info.width, height: info.height, channels: 3 };
  return { picture, parts: sheet.parts };
}
