import { Value } from 'typebox/value';
import { MediaFailure } from '../media-failure.js';
import type { ProbeInput } from '../probed.js';
import { type PictureTaskName, type PictureTasks, pictureTasks } from './tasks.js';

/** What a named task takes, and what it gives. */
export type TaskInput<Name extends PictureTaskName> = Parameters<PictureTasks[Name]['perform']>[0];
export type TaskResult<Name extends PictureTaskName> = Awaited<ReturnType<PictureTasks[Name]['perform']>>;

/** A process that answers in time ends by itself, with its own words. */
const graceMs = 2_000;

/**
 * Does one task on a picture of others in a process of its own. `limits.imageWallMs` is the time it has to each next
 * step. Rejects with MediaFailure: the task's own, or why its process is gone.
 */
export async function runTask<Name extends PictureTaskName>(
  { tools, workDir, limits, signal }: Pick<ProbeInput, 'tools' | 'workDir' | 'limits' | 'signal'>,
  name: Name,
  input: TaskInput<Name>,
  { steps = 0, onStep = () => undefined }: { steps?: number; onStep?: (step: number) => void } = {},
): Promise<TaskResult<Name>> {
  const stepMs = limits.imageWallMs + graceMs;
  const result = await tools.pictures.run({ name, workDir, input, stepMs, steps, onStep, signal });
  const { schema } = pictureTasks[name];
  if (!Value.Check(schema, result)) {
    throw new MediaFailure('damaged', {}, new Error(`a picture process gave no result of ${name}`));
  }
  // Checked just above, against the schema the task's own type is made from.
  return result as TaskResult<Name>;
}
