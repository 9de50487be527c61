import { writeFile } from 'node:fs/promises';
import type { Size } from '../../../server/contract/framing.js';
import { gifMoves } from '../gif-frames.js';
import type { MediaLimits } from '../limits.js';
import { lookThrough } from '../look-through.js';
import { type PictureSource, probeImage } from '../probe-image.js';
import { decodePicture } from '../raw-picture.js';
import { renderImages } from '../render-images.js';
import { savePreview } from '../save-preview.js';
import { writeWebpFrames } from '../webp-frames.js';
import { toPlainFailure } from './plain-failure.js';
import type { PictureTaskName, TaskResult } from './results.js';

/** Everything that reads pictures of others. */
type AnyTasks = {
  /** Plain data in, plain data out, files in the work folder; `step` says that a part is done. Throws MediaFailure. */
  [Name in PictureTaskName]: (input: never, step: () => void) => Promise<TaskResult<Name>>;
};

export const pictureTasks = {
  async lookThrough(input: Parameters<typeof lookThrough>[0]) {
    await lookThrough(input);
    return null;
  },
  probeImage,
  gifMoves: ({ path, limits }: { path: string; limits: MediaLimits }) => gifMoves(path, limits),
  savePreview,
  writeWebpFrames,
  async decode(input: {
    path: string;
    source?: PictureSource;
    size: Size;
    limits: MediaLimits;
    /** Where its pixels are put. */
    file: string;
  }) {
    const { data, width, height, channels } = await decodePicture(input);
    await writeFile(input.file, data);
    return { width, height, channels };
  },
  async renderImages(input: Omit<Parameters<typeof renderImages>[0], 'done'>, step: () => void) {
    const failures = await renderImages({ ...input, done: step });
    return { failures: failures.map((failure) => failure && toPlainFailure(failure)) };
  },
} satisfies AnyTasks;
export type PictureTasks = typeof pictureTasks;

/** The task of a name that was sent. */
export function findTask(name: string): (input: unknown, step: () => void) => Promise<unknown> {
  if (!Object.hasOwn(pictureTasks, name)) throw new TypeError(`no task ${name}`);
  // Checked edge: the name was looked up just above, and `runTask` ties it to the input of its task.
  return pictureTasks[name as PictureTaskName] as (input: unknown, step: () => void) => Promise<unknown>;
}
