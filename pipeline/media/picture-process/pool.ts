import { availableParallelism } from 'node:os';
import type { Wrappers } from '../confine.js';
import { MediaFailure } from '../media-failure.js';
import {
  type Death,
  type PictureProcess,
  type PictureTaskRun,
  startPictureProcess,
  type TaskEnd,
} from './picture-process.js';
import { fromPlainFailure } from './plain-failure.js';

/**
 * Processes of their own in which pictures of others are decoded: one that crashes, hangs or eats memory takes only
 * itself along. They start with the first pictures, stay for the next, and keep no program from ending.
 */
export interface PictureProcesses {
  /** Does one task and gives its result unchecked. Rejects with MediaFailure. */
  run(task: PictureTaskRun): Promise<unknown>;
  /** Kills all processes; tasks in hand or waiting end as cancelled. */
  close(): void;
}

/** 50 megapixels of 16-bit colour, stored in seven passes and turned on their side, were seen to need 976 MB. */
const defaultMemoryBytes = 1280 * 1024 ** 2;

const outOfMemory = /out of memory|failed to allocate|cannot allocate|bad_alloc/i;

function causeOfDeath({ began, exitCode, signal, stopped, stderr }: Death): MediaFailure {
  const cause = new Error(`a picture process ended with ${signal ?? exitCode ?? 'no start'}: ${stderr}`);
  if (stopped === 'cancelled') return new MediaFailure('cancelled', {}, cause);
  if (!began) return new MediaFailure('internal', {}, cause);
  if (stopped === 'time_limit' || signal === 'SIGXCPU') return new MediaFailure('time_limit', {}, cause);
  // Nobody here sent it: the kernel does when memory runs out.
  if (stopped === null && signal === 'SIGKILL') return new MediaFailure('memory_limit', {}, cause);
  return new MediaFailure(outOfMemory.test(stderr) ? 'too_many_pixels' : 'damaged', {}, cause);
}

/** Whether what went wrong may be chance, or the doing of a picture before: a fresh process settles that. */
function isDoubtful(end: TaskEnd): boolean {
  if (end.kind !== 'died') return end.kind === 'failed' && end.failure.code === 'memory_limit';
  if (end.stopped !== null) return false;
  return !end.began || (end.signal !== 'SIGKILL' && end.signal !== 'SIGXCPU');
}

/** Keeps at most `most` processes at work; further tasks wait in their order. */
export function createPictureProcesses({
  wrappers,
  most = Math.max(2, availableParallelism()),
  memoryBytes = defaultMemoryBytes,
}: {
  wrappers: Wrappers;
  most?: number;
  /** What one process may fill, its own 160 MB included. */
  memoryBytes?: number;
}): PictureProcesses {
  const idle: PictureProcess[] = [];
  const busy = new Set<PictureProcess>();
  const waiting = new Set<{ enter: () => void; leave: () => void }>();
  let closed = false;
  let places = most;

  function refuseCancelled(signal: AbortSignal | undefined): void {
    if (closed || signal?.aborted) throw new MediaFailure('cancelled');
  }

  async function takePlace(signal: AbortSignal | undefined): Promise<void> {
    if (places > 0) {
      places -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const place = {
        enter() {
          waiting.delete(place);
          signal?.removeEventListener('abort', place.leave);
          resolve();
        },
        leave() {
          waiting.delete(place);
          reject(new MediaFailure('cancelled'));
        },
      };
      waiting.add(place);
      signal?.addEventListener('abort', place.leave, { once: true });
    });
  }

  function givePlace(): void {
    const [next] = waiting;
    if (next) next.enter();
    else places += 1;
  }

  function pick({ fresh }: { fresh: boolean }): PictureProcess {
    if (fresh) idle.shift()?.end();
    else for (let one = idle.pop(); one; one = idle.pop()) if (one.usable) return one;
    return startPictureProcess({ wrappers, memoryBytes });
  }

  async function perform(task: PictureTaskRun, choice: { fresh: boolean }): Promise<TaskEnd> {
    refuseCancelled(task.signal);
    const one = pick(choice);
    busy.add(one);
    const end = await one.perform(task);
    busy.delete(one);
    if (one.usable && !one.worn && !isDoubtful(end) && !closed) idle.push(one);
    else one.end();
    return end;
  }

  return {
    async run(task) {
      refuseCancelled(task.signal);
      await takePlace(task.signal);
      try {
        const first = await perform(task, { fresh: false });
        const end = isDoubtful(first) ? await perform(task, { fresh: true }) : first;
        if (end.kind === 'done') return end.result;
        if (end.kind === 'died') throw causeOfDeath(end);
        const failure = fromPlainFailure(end.failure);
        // Twice the share that any honest picture has enough with: a smaller one is what helps.
        throw failure.code === 'memory_limit' ? new MediaFailure('too_many_pixels', {}, failure) : failure;
      } finally {
        givePlace();
      }
    },
    close() {
      closed = true;
      for (const one of [...idle.splice(0), ...busy]) one.end();
      for (const place of [...waiting]) place.leave();
    },
  };
}
