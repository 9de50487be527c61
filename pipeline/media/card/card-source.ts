import { readFile } from 'node:fs/promises';
import { Value } from 'typebox/value';
import { CardDocument } from '../../../server/contract/card.js';
import type { FileStore } from '../../files/file-store.js';
import { defaultLimits } from '../limits.js';
import { MediaFailure } from '../media-failure.js';
import { decodeApart } from '../picture-process/decode-apart.js';
import { probeFile } from '../probe.js';
import type { RenderInput } from '../render.js';
import type { CardPhoto } from './draw-card.js';

/** A photo is decoded no larger than the largest frame needs it. */
const largestPhotoEdge = 2600;

/** Where a card lies, and the files it stands on: itself and its photo. */
export type CardInput = Omit<RenderInput, 'outputs' | 'onProgress'> & {
  files: Pick<FileStore, 'withLocal'>;
};

/** All that is drawn of a card, in whatever frame. */
export interface CardSource {
  document: CardDocument;
  photo: CardPhoto | null;
}

/** Reads a card back; it was written by the server, so anything else is a fault of ours. */
async function readCard(path: string): Promise<CardDocument> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!Value.Check(CardDocument, value)) throw new TypeError('a stored card does not have the agreed shape');
  return value;
}

async function openPhoto(input: CardInput, path: string): Promise<CardPhoto['picture']> {
  const { workDir, tools, signal, limits = defaultLimits } = input;
  const source = { path, workDir, tools, limits, signal };
  const { image } = await probeFile(source);
  if (!image) throw new MediaFailure('wrong_kind_for_format');
  const scale = Math.min(1, largestPhotoEdge / Math.max(image.width, image.height));
  const size = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  return decodeApart(source, { size });
}

/** Reads a card and decodes its photo, once for all its frames. Throws MediaFailure for a photo that is none. */
export async function openCard(input: CardInput): Promise<CardSource> {
  const document = await readCard(input.inputPath);
  const { photo } = document;
  if (!photo) return { document, photo: null };
  const picture = await input.files.withLocal(photo.sha256, (path) => openPhoto(input, path));
  return { document, photo: { picture, focal: photo.focal } };
}
