import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CardFrame, cardFrame, frameName } from '../../../server/contract/card-frame.js';
import { type InspectOutcome, inspect } from '../inspect.js';
import { MediaFailure, toMediaFailure } from '../media-failure.js';
import type { WantedOutput } from '../plan.js';
import { openRaw } from '../raw-picture.js';
import { type RenderInput, type RenderOutcome, renderAll } from '../render.js';
import { type CardInput, type CardSource, openCard } from './card-source.js';
import { drawCard } from './draw-card.js';

/** What people see of a card before any format is made. */
const masterFrame: CardFrame = {
  width: 1080,
  height: 1350,
  free: { x: 0, y: 0, width: 1080, height: 1350 },
  circle: false,
};

/** Draws a card for one frame as a picture of exactly its size, without loss. */
async function drawMaster(
  { document, photo }: CardSource,
  { directory, frame }: { directory: string; frame: CardFrame },
): Promise<string> {
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
    const key = frameName(frame);
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
export async function renderCards(
  input: RenderInput & Pick<CardInput, 'files'>,
): Promise<Map<string, RenderOutcome>> {
  const { workDir, outputs, onProgress, signal } = input;
  const outcomes = new Map<string, RenderOutcome>();
  try {
    const source = await openCard(input);
    const pictures = outputs.filter(({ format }) => format.kind === 'image');
    for (const { key, format } of outputs) {
      if (format.kind !== 'image')
        outcomes.set(key, { ok: false, failure: new MediaFailure('wrong_kind_for_format') });
    }
    for (const [index, group] of byFrame(pictures).entries()) {
      if (signal?.aborted) throw new MediaFailure('cancelled');
      try {
        const directory = join(workDir, `card-${index}`);
        const inputPath = await drawMaster(source, { directory, frame: group.frame });
        const quiet = { ...input, onProgress: () => undefined };
        const made = await renderAll({ ...quiet, inputPath, workDir: directory, outputs: group.outputs });
        for (const [key, outcome] of made) outcomes.set(key, outcome);
      } catch (error) {
        failAll(outcomes, group.outputs, error);
      }
      onProgress?.(Math.min(0.99, outcomes.size / outputs.length));
    }
  } catch (error) {
    failAll(outcomes, outputs, error);
  }
  return outcomes;
}

/** Looks at a card as it would be seen: draws it in its own shape, with a preview. Never rejects. */
export async function inspectCard(input: CardInput): Promise<InspectOutcome> {
  const { workDir, tools, signal, limits } = input;
  try {
    const directory = join(workDir, 'card');
    const master = await drawMaster(await openCard(input), { directory, frame: masterFrame });
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
