import { setTimeout as delay } from 'node:timers/promises';
import type { EnqueuedTask, Meilisearch } from 'meilisearch';
import { checked, Enqueued, TaskState } from './answers.js';
import { asking, MeilisearchTrouble } from './trouble.js';

export interface Tasks {
  /** Hands work in and resolves with the task's number; it is not done yet. */
  enqueue(what: string, request: () => Promise<EnqueuedTask>): Promise<number>;
  /** Resolves when the task succeeded; rejects with Meilisearch's own reason when it ended in any other way. */
  finished(what: string, taskUid: number): Promise<void>;
  /** Both. */
  done(what: string, request: () => Promise<EnqueuedTask>): Promise<void>;
}

const firstPauseMs = 10;
const longestPauseMs = 500;

/**
 * Waits for tasks by asking. The client's own wait is not used: it gives a failed task as if nothing were wrong, and
 * leaves a timer behind when the server goes away.
 */
export function createTasks({
  client,
  timeoutMs,
  signal,
}: {
  client: Meilisearch;
  /** A task that takes longer is given up on, though the server may still do it. */
  timeoutMs: number;
  /** Ends the waiting. */
  signal?: AbortSignal;
}): Tasks {
  async function enqueue(what: string, request: () => Promise<EnqueuedTask>): Promise<number> {
    return checked(Enqueued, await asking(what, request), what).taskUid;
  }

  async function finished(what: string, taskUid: number): Promise<void> {
    const end = performance.now() + timeoutMs;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const { status, error } = checked(TaskState, await look(what, taskUid), what);
      if (status === 'succeeded') return;
      if (status === 'failed' || status === 'canceled') {
        const reason = error === null ? 'without a reason' : error.message;
        throw new MeilisearchTrouble('task', `Meilisearch could not ${what}, the task ${status}: ${reason}`, {
          code: error?.code ?? null,
        });
      }
      if (status !== 'enqueued' && status !== 'processing') {
        throw new MeilisearchTrouble(
          'malformed',
          `Meilisearch calls a task “${status}” when asked to ${what}`,
        );
      }
      if (performance.now() >= end) {
        const seconds = Math.round(timeoutMs / 1_000);
        throw new MeilisearchTrouble(
          'slow',
          `Meilisearch did not ${what} within ${seconds} s: ${status} still`,
        );
      }
      await delay(Math.min(pauseMs, Math.max(1, end - performance.now())), undefined, signal && { signal });
    }
  }

  async function look(what: string, taskUid: number): Promise<unknown> {
    try {
      return await asking(`look after a task (${what})`, () => client.tasks.getTask(taskUid));
    } catch (error) {
      if (error instanceof MeilisearchTrouble && error.code === 'task_not_found') {
        throw new MeilisearchTrouble('lost', `Meilisearch no longer knows the task that was to ${what}`, {
          code: error.code,
          cause: error,
        });
      }
      throw error;
    }
  }

  return {
    enqueue,
    finished,
    async done(what, request) {
      await finished(what, await enqueue(what, request));
    },
  };
}
