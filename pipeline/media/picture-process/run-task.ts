import { Value } from 'typebox/value';
import { MediaFailure } from '../media-failure.js';
import type { ProbeInput } from '../probed.js';
import { type PictureTaskName, type TaskResult, taskResults } from './results.js';
import type { PictureTasks } from './tasks.js';

export type TaskInput<Name extends PictureTaskName> = Parameters<PictureTasks[Name]>[0];

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
  if (!Value.Check(taskResults[name], result)) {
    throw new MediaFailure('damaged', {}, new Error(`a picture process gave no result of ${name}`));
  }
  // Checked just above, against the schema this type is made from.
  return result as TaskResult<Name>;
}
