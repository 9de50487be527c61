import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Lane } from '../server/contract/lists.js';
import type { FileStore } from './files/file-store.js';
import { createGate } from './gate.js';
import { type JobHandler, matchHandlers } from './handler.js';
import { perform, type Run } from './perform.js';
import type { HeldJob, JobStore, Logger } from './ports.js';
import type { JobQueue } from './queue/job-queue.js';
import { startReaper } from './reaper.js';
import { repeat } from './repeat.js';
import { runDirectoryName, sweepWork } from './work-directories.js';

/** How patient a worker is; every time is in milliseconds. Tests shorten them. */
export interface WorkerTiming {
  heartbeatMs: number;
  /** Silence after which a worker counts as dead. */
  deadAfterMs: number;
  /** Time between two looks after dead workers and lost jobs. */
  reapMs: number;
  /** First wait before a repeat. */
  backoffMs: number;
  /** Time a handler has to end after its signal. */
  abortGraceMs: number;
  progressEveryMs: number;
}

export const defaultTiming: WorkerTiming = {
  heartbeatMs: 2_000,
  deadAfterMs: 10_000,
  reapMs: 3_000,
  backoffMs: 5_000,
  abortGraceMs: 10_000,
  progressEveryMs: 1_000,
};

export interface StartWorkerOptions<Tx> {
  queue: JobQueue;
  store: JobStore<Tx>;
  files: FileStore;
  definitions: readonly { name: string }[];
  handlers: readonly JobHandler<Tx>[];
  /** Jobs run at once per lane; a lane left out is not worked on here. */
  lanes: Partial<Record<Lane, number>>;
  timing?: Partial<WorkerTiming>;
  logger: Logger;
}

export interface Worker {
  readonly id: string;
  /**
   * Takes no more jobs, stops the running ones and gives them back uncounted. Resolves within `graceMs`
   * (25 s when left out); what has not ended by then is recovered by others. The queue is closed by it.
   */
  stop(options?: { graceMs?: number }): Promise<void>;
}

function isLane(entry: [string, number | undefined]): entry is [Lane, number] {
  return entry[1] !== undefined && entry[1] > 0;
}

/**
 * Starts running jobs in this process. Rejects when a kind of job has no handler, or two, or when the database or the
 * queue is not to be had; nothing of it runs on then, but the queue is the caller's to close.
 */
export async function startWorker<Tx>(options: StartWorkerOptions<Tx>): Promise<Worker> {
  const { queue, store, files, definitions, handlers, logger } = options;
  const timing = { ...defaultTiming, ...options.timing };
  const matched = matchHandlers(definitions, handlers);
  const lanes = Object.entries(options.lanes).filter(isLane);
  const identity = {
    id: randomUUID(),
    host: hostname(),
    pid: process.pid,
    lanes: lanes.map(([lane]) => lane),
  };
  /** From before the claim until the end is written; without `run` the claim is still on its way. */
  const busy = new Set<{ jobId: string; run?: Run }>();
  const gate = createGate();
  let stopping = false;

  async function runJob(jobId: string): Promise<void> {
    const entry: { jobId: string; run?: Run } = { jobId };
    let leave = () => {};
    try {
      // Before the claim: a job that only waits here is not in hand when this process dies.
      leave = await gate.enter({ alone: await store.isSuspect(jobId) });
      busy.add(entry);
      const claim = await store.claim(jobId, identity.id);
      if (!claim) return;
      if (stopping) {
        await store.settle(claim, { kind: 'returned', crashed: false });
        return;
      }
      const handler = matched.get(claim.name);
      if (!handler) {
        logger.error({ jobId, job: claim.name }, 'a job of an unknown kind');
        await store.settle(claim, { kind: 'failed', reason: 'internal' });
        return;
      }
      const run = perform({
        ...timing,
        claim,
        handler,
        store,
        files,
        workName: runDirectoryName({ workerId: identity.id, claim }),
        logger,
      });
      entry.run = run;
      await run.ended;
    } catch (error) {
      // The row is as it was, or the next heartbeat finds it with us and gives it back.
      logger.error({ err: error, jobId }, 'a job could not be taken');
    } finally {
      busy.delete(entry);
      leave();
    }
  }

  /** Stops runs that were cancelled or taken away, and gives back jobs this process knows nothing of. */
  async function compare(
    held: readonly HeldJob[],
    before: ReadonlySet<{ jobId: string; run?: Run }>,
  ): Promise<void> {
    for (const { run } of before) {
      if (!run) continue;
      const match = held.find(({ jobId, fence }) => jobId === run.claim.id && fence === run.claim.fence);
      if (!match) run.stop('taken_away');
      else if (match.cancelRequested) run.stop('cancelled');
    }
    const known = new Set([...before, ...busy].map(({ jobId }) => jobId));
    for (const { jobId, fence } of held.filter((job) => !known.has(job.jobId))) {
      logger.error({ jobId }, 'a job nobody here works on is given back');
      await store.settle({ id: jobId, fence }, { kind: 'returned', crashed: true });
    }
  }

  async function beat(): Promise<void> {
    // A run that is claimed or ends while the heartbeat is under way is judged at the next one.
    const before = new Set([...busy].map((entry) => ({ ...entry })));
    const held = await store.beat(identity.id);
    if (held === null) await store.register(identity);
    await compare(held ?? [], before);
  }

  const loops: { stop(): Promise<void> }[] = [];

  async function start(): Promise<void> {
    await store.register(identity);
    const live = async () => new Set((await store.pulses()).map(({ id }) => id));
    await sweepWork({ files, live, logger });
    loops.push(
      startReaper({ store, limitMs: timing.deadAfterMs, everyMs: timing.reapMs, logger }),
      repeat({
        everyMs: timing.heartbeatMs,
        work: beat,
        failed: (error) => logger.warn({ err: error }, 'a heartbeat failed'),
      }),
      repeat({
        everyMs: 5 * timing.reapMs,
        work: () => sweepWork({ files, live, logger }),
        failed: (error) => logger.warn({ err: error }, 'work directories could not be swept'),
      }),
    );
    for (const [lane, concurrency] of lanes) await queue.process(lane, concurrency, runJob);
  }

  async function stop(graceMs: number): Promise<void> {
    stopping = true;
    const closed = queue.close();
    for (const { run } of busy) run?.stop('worker_stops');
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, graceMs, 'late');
    });
    const how = await Promise.race([closed, tooLate]);
    clearTimeout(timer);
    if (how === 'late') logger.warn({ running: busy.size }, 'the worker ends before its jobs did');
    await Promise.all(loops.map((loop) => loop.stop()));
    await store.retire(identity.id);
  }

  try {
    await start();
  } catch (error) {
    // The reason of the failure says more than what could not be stopped after it.
    await stop(1_000).catch((late: unknown) =>
      logger.warn({ err: late }, 'a worker that could not start did not stop in order'),
    );
    throw error;
  }

  let stopped: Promise<void> | undefined;
  return {
    id: identity.id,
    stop({ graceMs = 25_000 } = {}) {
      stopped ??= stop(graceMs);
      return stopped;
    },
  };
}
