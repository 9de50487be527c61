import { writeFile } from 'node:fs/promises';
import { type Static, type TSchema, Type } from 'typebox';
import type { Size } from '../../../server/contract/framing.js';
import { FocalPoint } from '../../../server/contract/recipe.js';
import { gifMoves } from '../gif-frames.js';
import type { MediaLimits } from '../limits.js';
import { lookThrough } from '../look-through.js';
import { type PictureSource, probeImage } from '../probe-image.js';
import { decodePicture } from '../raw-picture.js';
import { renderImages } from '../render-images.js';
import { savePreview } from '../save-preview.js';
import { writeWebpFrames } from '../webp-frames.js';
import { PlainFailure } from './messages.js';
import { toPlainFailure } from './plain-failure.js';

/** One thing done in a picture process: plain data in, plain data out, files in the work folder. */
interface PictureTask<Input, Schema extends TSchema> {
  /** What a result must be to be believed. */
  schema: Schema;
  /** `step` says that a part of a long task is done. Throws MediaFailure. */
  perform(input: Input, step: () => void): Promise<Static<Schema>>;
}

function task<Schema extends TSchema, Input>(
  schema: Schema,
  perform: PictureTask<Input, Schema>['perform'],
): PictureTask<Input, Schema> {
  return { schema, perform };
}

const count = Type.Integer({ minimum: 1 });
const size = { width: count, height: count };

/** Everything that reads pictures of others, by name. */
export const pictureTasks = {
  lookThrough: task(Type.Null(), async (input: Parameters<typeof lookThrough>[0]) => {
    await lookThrough(input);
    return null;
  }),
  probeImage: task(Type.Object({ ...size, frames: count, hasAlpha: Type.Boolean() }), probeImage),
  gifMoves: task(Type.Boolean(), ({ path, limits }: { path: string; limits: MediaLimits }) =>
    gifMoves(path, limits),
  ),
  savePreview: task(
    Type.Object({ ...size, suggestedFocal: Type.Union([FocalPoint, Type.Null()]) }),
    savePreview,
  ),
  writeWebpFrames: task(
    Type.Object({ delays: Type.Array(Type.Number({ minimum: 0 }), { minItems: 1 }) }),
    writeWebpFrames,
  ),
  decode: task(
    Type.Object({ ...size, channels: Type.Union([Type.Literal(3), Type.Literal(4)]) }),
    async (input: {
      path: string;
      source?: PictureSource;
      size: Size;
      limits: MediaLimits;
      file: string;
    }) => {
      const { data, width, height, channels } = await decodePicture(input);
      await writeFile(input.file, data);
      return { width, height, channels };
    },
  ),
  renderImages: task(
    Type.Object({ failures: Type.Array(Type.Union([PlainFailure, Type.Null()])) }),
    async (input: Omit<Parameters<typeof renderImages>[0], 'done'>, step) => {
      const failures = await renderImages({ ...input, done: step });
      return { failures: failures.map((failure) => failure && toPlainFailure(failure)) };
    },
  ),
};
export type PictureTasks = typeof pictureTasks;
export type PictureTaskName = keyof PictureTasks;

function isTaskName(name: string): name is PictureTaskName {
  return Object.hasOwn(pictureTasks, name);
}

/** The task of a name that was sent. */
export function findTask(name: string): (input: unknown, step: () => void) => Promise<unknown> {
  if (!isTaskName(name)) throw new TypeError(`no task ${name}`);
  // Checked edge: only `runTask` sends, which ties each name to the input of its task.
  return pictureTasks[name].perform as (input: unknown, step: () => void) => Promise<unknown>;
}
