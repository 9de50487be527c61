import { readFileSync } from 'node:fs';
import { plainImages } from './plain-images.js';
import { plainVideos } from './plain-videos.js';
import { product } from './product.js';
import type { Files, Task } from './work.js';

type InputOf<T> = T extends Task<infer Input> ? Input : never;

const tasks = { product, plainImages, plainVideos };
export type TaskName = keyof typeof tasks;
export type TaskInputs = { [Name in TaskName]: InputOf<(typeof tasks)[Name]> };
export type TaskResult = { cpuSeconds: number; wallSeconds: number; files: Files } | { error: string };

/** Seconds this process, all its threads and the children it has waited for have used. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  const stat = readFileSync('/proc/self/stat', 'latin1');
  // Counted from the state, the first field after the name: times of ended children, in hundredths.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (user + system) / 1_000_000 + (Number(fields[13]) + Number(fields[14])) / 100;
}

async function perform<Input>(task: Task<Input>, input: Input): Promise<TaskResult> {
  const work = await task(input);
  const [cpu, wall] = [cpuSeconds(), performance.now()];
  const files = await work();
  return { cpuSeconds: cpuSeconds() - cpu, wallSeconds: (performance.now() - wall) / 1000, files };
}

// Checked edge: the message is sent by `measureTask`, with the input of the task it names.
process.once('message', (message) => {
  const { name, input } = message as { name: TaskName; input: never };
  void perform(tasks[name] as Task<never>, input)
    .catch(
      (error: unknown): TaskResult => ({ error: error instanceof Error ? error.message : String(error) }),
    )
    .then((result) => process.send?.(result, () => process.disconnect()));
});
