import { readdirSync, readFileSync } from 'node:fs';
import { plainImages } from './plain-images.js';
import { plainVideos } from './plain-videos.js';
import { product } from './product.js';
import type { Files, Task } from './work.js';

type InputOf<T> = T extends Task<infer Input> ? Input : never;

const tasks = { product, plainImages, plainVideos };
export type TaskName = keyof typeof tasks;
export type TaskInputs = { [Name in TaskName]: InputOf<(typeof tasks)[Name]> };
export type TaskResult = { cpuSeconds: number; wallSeconds: number; files: Files } | { error: string };

/** Times of a process in hundredths of a second: its own, and those of the children it has waited for. */
function timesOf(pid: number): { own: number; ended: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // Counted from the state, the first field after the name.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const sum = (at: number): number => (fields[at] ?? 0) + (fields[at + 1] ?? 0);
  return { own: sum(11), ended: sum(13) };
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1').split(' ').filter(Boolean).map(Number),
  );
}

/** Hundredths of a second that children still running have used, with all below them. */
function runningBelow(pid: number): number {
  return childrenOf(pid).reduce((total, child) => {
    const { own, ended } = timesOf(child);
    return total + own + ended + runningBelow(child);
  }, 0);
}

/** Seconds this process, all its threads and all processes below it have used, whether these have ended or not. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  const below = timesOf(process.pid).ended + runningBelow(process.pid);
  return (user + system) / 1_000_000 + below / 100;
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
