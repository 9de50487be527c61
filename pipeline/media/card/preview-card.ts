import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CardFrame, frameName } from '../../../server/contract/card-frame.js';
import { type MediaFailure, toMediaFailure } from '../media-failure.js';
import { openRaw } from '../raw-picture.js';
import { type CardInput, type CardSource, openCard } from './card-source.js';
import { drawCard } from './draw-card.js';

/** Of a preview, pixels: twice what the studio shows it in. */
const longestEdge = 640;
const quality = 82;

export const cardPreviewMime = 'image/webp';

export interface CardPreview {
  frame: CardFrame;
  outcome: { ok: true; path: string } | { ok: false; failure: MediaFailure };
}

/** Drawn in the frame's own size, as the file will be, and only then made small: the lines break where they will break. */
async function preview(
  { document, photo }: CardSource,
  frame: CardFrame,
  workDir: string,
): Promise<CardPreview['outcome']> {
  try {
    const { picture } = await drawCard({ document, frame, photo });
    const path = join(workDir, `${frameName(frame)}.webp`);
    const small = openRaw(picture).resize({ width: longestEdge, height: longestEdge, fit: 'inside' });
    await writeFile(path, await small.webp({ quality, smartSubsample: true }).toBuffer());
    return { ok: true, path };
  } catch (error) {
    return { ok: false, failure: toMediaFailure(error) };
  }
}

/** A small WebP of a card in each frame, one after the other; a text that does not fit one of them is named there. */
export async function* previewCard(
  input: CardInput & { frames: readonly CardFrame[] },
): AsyncGenerator<CardPreview> {
  const source = await openCard(input);
  for (const frame of input.frames) {
    input.signal?.throwIfAborted();
    yield { frame, outcome: await preview(source, frame, input.workDir) };
  }
}
