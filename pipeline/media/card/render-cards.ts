import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { CardDocument } from '../../../server/contract/card.js';
import type { FormatSpec } from '../../../server/contract/format.js';
import type { Box, Size } from '../../../server/contract/framing.js';
import { placeOverlays, safeBox } from '../../../server/contract/overlay-layout.js';
import type { Recipe } from '../../../server/contract/recipe.js';
import type { FileStore } from '../../files/file-store.js';
import { type InspectOutcome, inspect } from '../inspect.js';
import { defaultLimits } from '../limits.js';
import { MediaFailure, toMediaFailure } from '../media-failure.js';
import { decodeApart } from '../picture-process/decode-apart.js';
import type { WantedOutput } from '../plan.js';
import { probeFile } from '../probe.js';
import { openRaw } from '../raw-picture.js';
import { type RenderInput, type RenderOutcome, renderAll } from '../render.js';
import type { CardFrame } from './card-layout.js';
import { type CardPhoto, drawCard } from './draw-card.js';

/** A card's own shape where a format has none: tall enough for a phone, and shown whole in every feed. */
const ownShape = { width: 4, height: 5 } as const;
/** Its few lines are as sharp at this height as at any larger one. */
const longestOwnEdge = 2000;
/** What people see of a card before any format is made. */
const masterFrame: CardFrame = {
  width: 1080,
  height: 1350,
  free: { x: 0, y: 0, width: 1080, height: 1350 },
  circle: false,
};
/** A photo is decoded no larger than the largest frame needs it. */
const largestPhotoEdge = 2600;

/** Rendering a card needs the files it stands on: itself and its photo. */
export type CardRenderInput = RenderInput & { files: Pick<FileStore, 'withLocal'> };

/** Reads a card back; it was written by the server, so anything else is a fault of ours. */
async function readCard(path: string): Promise<CardDocument> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!Value.Check(CardDocument, value)) throw new TypeError('a stored card does not have the agreed shape');
  return value;
}

function frameSize({ frame, code }: FormatSpec): Size {
  if (!frame) throw new Error(`format ${code} makes a picture but has no frame`);
  if (frame.fit === 'exact') return { width: frame.width, height: frame.height };
  const height = Math.min(frame.longEdge, longestOwnEdge);
  return { width: Math.round((height * ownShape.width) / ownShape.height), height };
}

/** The part of a format's frame that neither the platform nor anything drawn over the card covers. */
export function cardFrame(format: FormatSpec, { overlays }: Pick<Recipe, 'overlays'>): CardFrame {
  const target = frameSize(format);
  const circle = format.mask === 'circle';
  const frame = { target, safeZone: format.safeZone, circle };
  const safe = safeBox(frame);
  const places = placeOverlays(frame, overlays);
  const top = Math.max(safe.y, places.disclosure?.band.height ?? 0);
  const strips = [places.imprint, places.label].flatMap((place) => (place ? [place.box.y] : []));
  const bottom = Math.min(safe.y + safe.height, ...strips);
  const free: Box = { x: safe.x, y: top, width: safe.width, height: Math.max(1, bottom - top) };
  return { ...target, free, circle };
}

async function openPhoto(input: CardRenderInput, path: string): Promise<CardPhoto['picture']> {
  const { workDir, tools, signal, limits = defaultLimits } = input;
  const source = { path, workDir, tools, limits, signal };
  const { image } = await probeFile(source);
  if (!image) throw new MediaFailure('wrong_kind_for_format');
  const scale = Math.min(1, largestPhotoEdge / Math.max(image.width, image.height));
  const size = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
  return decodeApart(source, { size });
}

async function withPhoto<T>(
  input: CardRenderInput,
  { photo }: CardDocument,
  use: (photo: CardPhoto | null) => Promise<T>,
): Promise<T> {
  if (!photo) return use(null);
  const picture = await input.files.withLocal(photo.sha256, (path) => openPhoto(input, path));
  return use({ picture, focal: photo.focal });
}

/** Draws a card for one frame as a picture of exactly its size, without loss. */
async function drawMaster({
  directory,
  frame,
  document,
  photo,
}: {
  directory: string;
  frame: CardFrame;
  document: CardDocument;
  photo: CardPhoto | null;
}): Promise<string> {
  await mkdir(directory);
  const { picture } = await drawCard({ document, frame, photo });
  const path = join(directory, 'card.png');
  await writeFile(path, await openRaw(picture).png({ compressionLevel: 2 }).toBuffer());
  return path;
}

/** Outputs that show the same frame share one drawing. */
function byFrame(outputs: readonly WantedOutput[]): { frame: CardFrame; outputs: WantedOutput[] }[] {
  const groups = new Map<string, { frame: CardFrame; outputs: WantedOutput[] }>();
  for (const output of outputs) {
    const frame = cardFrame(output.format, output.recipe);
    const key = JSON.stringify(frame);
    const group = groups.get(key) ?? { frame, outputs: [] };
    // The drawing has the frame's shape: there is nothing to crop.
    group.outputs.push({ ...output, recipe: { ...output.recipe, framing: 'fit', crop: null } });
    groups.set(key, group);
  }
  return [...groups.values()];
}

function failAll(
  outcomes: Map<string, RenderOutcome>,
  outputs: readonly WantedOutput[],
  error: unknown,
): void {
  const failure = toMediaFailure(error);
  for (const { key } of outputs) if (!outcomes.has(key)) outcomes.set(key, { ok: false, failure });
}

/**
 * Makes every wanted file of a card, like `renderAll` of an upload: each shape is drawn for itself and then encoded
 * and verified on the usual way. Never rejects; a text that does not fit one shape fails that one and is named.
 */
export async function renderCards(input: CardRenderInput): Promise<Map<string, RenderOutcome>> {
  const { inputPath, workDir, outputs, onProgress, signal } = input;
  const outcomes = new Map<string, RenderOutcome>();
  try {
    const document = await readCard(inputPath);
    await withPhoto(input, document, async (photo) => {
      const pictures = outputs.filter(({ format }) => format.kind === 'image');
      for (const { key, format } of outputs) {
        if (format.kind !== 'image')
          outcomes.set(key, { ok: false, failure: new MediaFailure('wrong_kind_for_format') });
      }
      for (const [index, group] of byFrame(pictures).entries()) {
        if (signal?.aborted) throw new MediaFailure('cancelled');
        try {
          const directory = join(workDir, `card-${index}`);
          const inputPath = await drawMaster({ directory, frame: group.frame, document, photo });
          const quiet = { ...input, onProgress: () => undefined };
          const made = await renderAll({ ...quiet, inputPath, workDir: directory, outputs: group.outputs });
          for (const [key, outcome] of made) outcomes.set(key, outcome);
        } catch (error) {
          failAll(outcomes, group.outputs, error);
        }
        onProgress?.(Math.min(0.99, outcomes.size / outputs.length));
      }
    });
  } catch (error) {
    failAll(outcomes, outputs, error);
  }
  return outcomes;
}

/** Looks at a card as it would be seen: draws it in its own shape, with a preview. Never rejects. */
export async function inspectCard(
  input: Omit<CardRenderInput, 'outputs' | 'onProgress'>,
): Promise<InspectOutcome> {
  const { inputPath, workDir, tools, signal, limits } = input;
  try {
    const document = await readCard(inputPath);
    const directory = join(workDir, 'card');
    const master = await withPhoto({ ...input, outputs: [] }, document, (photo) =>
      drawMaster({ directory, frame: masterFrame, document, photo }),
    );
    const outcome = await inspect({
      inputPath: master,
      workDir: directory,
      tools,
      signal,
      ...(limits && { limits }),
    });
    // Every shape is laid out for itself, so no point of the picture has to stay.
    return outcome.ok ? { ok: true, inspection: { ...outcome.inspection, suggestedFocal: null } } : outcome;
  } catch (error) {
    return { ok: false, failure: toMediaFailure(error) };
  }
}
