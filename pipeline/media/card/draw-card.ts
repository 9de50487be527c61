import sharp from 'sharp';
import type { CardDocument } from '../../../server/contract/card.js';
import type { CardFrame } from '../../../server/contract/card-frame.js';
import { type Box, cropAround } from '../../../server/contract/framing.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';
import { MediaFailure } from '../media-failure.js';
import { openRaw, type RawPicture } from '../raw-picture.js';
import { drawBlock } from './block.js';
import { settleFlow } from './card-flow.js';
import { type CardSpaces, layOutCard } from './card-layout.js';
import { type CardLook, cardLooks } from './card-look.js';
import { layNotes } from './card-notes.js';
import { layBadge, makePlate } from './card-plate.js';
import { createSheet, type PlacedPart, type Sheet, sizeOf } from './card-sheet.js';
import { writeText } from './card-texts.js';
import { drawCode } from './qr.js';

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

function layCode(
  sheet: Sheet,
  document: CardDocument,
  box: Box,
  arrangement: CardSpaces['arrangement'],
): Box {
  const { address } = document;
  const code = drawCode({ address, maxSide: Math.floor(box.width), leastModulePx: 2 });
  if (!code) throw new MediaFailure('text_does_not_fit', { text: address });
  // At the outer edge of its space, or in the middle of a circle, however many modules it has.
  const free = box.width - code.width;
  const x = box.x + { wide: 0, stack: free, emblem: Math.floor(free / 2) }[arrangement];
  const y = box.y + (arrangement === 'emblem' ? Math.floor(free / 2) : 0);
  const placed = { x, y, ...sizeOf(code) };
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
  const code = layCode(sheet, document, spaces.code, spaces.arrangement);
  if (spaces.scan) {
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
