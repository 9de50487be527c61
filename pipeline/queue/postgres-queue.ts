import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger as GraphileLogger, run, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import type { Lane } from '../../server/contract/lists.js';
import type { Logger } from '../ports.js';
import type { JobQueue, RunJob } from './job-queue.js';

export interface PostgresQueueOptions {
  /** The application's own login: it may run graphile-worker's tables and enqueue through `offer_job` only. */
  url: string;
  logger: Logger;
  /** How often to look for jobs that have become due; new ones are announced and start at once. */
  pollMs?: number;
}

/** Each lane keeps one connection listening; the others are for taking and finishing jobs. */
const poolSize = 10;
/** Longer than any stop of ours: who aborts a running job is the worker, never graphile-worker. */
const neverMs = 24 * 3_600_000;
/** Wait before a lane that has ended is started again. */
const reopenMs = 1_000;

interface LaneRunner {
  stop(): Promise<void>;
  /** Resolves when it takes no more jobs, whatever the reason. */
  ended: Promise<void>;
}

function quietLogger(logger: Logger): GraphileLogger {
  return new GraphileLogger((scope) => (level, message) => {
    const write = level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug';
    logger[write]({ queue: scope }, message);
  });
}

function jobIdOf(payload: unknown): string | null {
  if (typeof payload !== 'object' || payload === null || !('jobId' in payload)) return null;
  return typeof payload.jobId === 'string' ? payload.jobId : null;
}

/**
 * The queue on PostgreSQL: one graphile-worker runner per lane, so that a long video holds up no poster.
 * An offer is part of the transaction that makes the job, through the `offer_job` function. Pausing is
 * for this process only.
 */
export function createPostgresQueue({ url, logger, pollMs = 1_000 }: PostgresQueueOptions): JobQueue {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'tathya queue',
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  const lost = (error: Error) => logger.warn({ err: error }, 'the queue lost a database connection');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));

  const lanes = new Map<Lane, LaneRunner>();
  const paused = new Set<Lane>();
  /** Runs under way, per lane. */
  const turns = new Map<Lane, Set<Promise<void>>>();
  const graphileLogger = quietLogger(logger);
  let closing: Promise<void> | undefined;

  /** Lane, priority and time stand in the job's row. */
  const offer = (jobId: string) => pool.query('select tathya.offer_job($1)', [jobId]);

  function runningIn(lane: Lane): Set<Promise<void>> {
    const known = turns.get(lane);
    if (known) return known;
    const fresh = new Set<Promise<void>>();
    turns.set(lane, fresh);
    return fresh;
  }

  async function start(lane: Lane, concurrency: number, runJob: RunJob): Promise<LaneRunner> {
    const events: WorkerEvents = new EventEmitter();
    const runner = await run({
      pgPool: pool,
      events,
      logger: graphileLogger,
      concurrency,
      pollInterval: pollMs,
      noHandleSignals: true,
      parsedCronItems: [],
      gracefulShutdownAbortTimeout: neverMs,
      // Without batches 0.17.3 leaves the failure to finish a job as an unhandled rejection, which ends the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      // Every offer carries its lane as a flag, so forbidding it takes nothing and disturbs nothing running.
      forbiddenFlags: () => (paused.has(lane) ? [lane] : null),
      taskList: { [lane]: (payload) => take(payload, lane, runJob) },
    });
    // When it cannot finish a job, 0.17.3 stops without ever saying that it has stopped: only this event tells.
    const failed = new Promise<void>((resolve) => events.once('pool:fatalError', () => resolve()));
    const ended = Promise.race([runner.promise.catch(() => undefined), failed]);
    return { stop: () => Promise.race([runner.stop(), ended]), ended };
  }

  async function take(payload: unknown, lane: Lane, runJob: RunJob): Promise<void> {
    const jobId = jobIdOf(payload);
    if (jobId === null) {
      logger.error({ lane }, 'an offer without a job id was thrown away');
      return;
    }
    if (paused.has(lane)) {
      // Taken a moment before the pause: others may have it.
      await offer(jobId);
      return;
    }
    const turn = runJob(jobId);
    const running = runningIn(lane);
    running.add(turn);
    await turn.finally(() => running.delete(turn));
  }

  /** A lane whose runner has ended, because the database went away at a bad moment, gets another one. */
  async function keepOpen(lane: Lane, reopen: () => Promise<LaneRunner>, first: LaneRunner): Promise<void> {
    for (let runner = first; ; ) {
      lanes.set(lane, runner);
      await runner.ended;
      // Its jobs go on; until they have ended the lane takes no new ones, so that it never runs too many.
      await Promise.allSettled(runningIn(lane));
      for (let next: LaneRunner | undefined; !next; ) {
        if (closing) return;
        await pause(reopenMs);
        next = await reopen().catch((error: unknown) => {
          logger.warn({ err: error, lane }, 'a lane of the queue cannot be opened yet');
          return undefined;
        });
        if (next) runner = next;
      }
      logger.warn({ lane }, 'a lane of the queue was opened again');
      if (closing) return void (await runner.stop());
    }
  }

  async function end(): Promise<void> {
    await Promise.all([...lanes.values()].map((runner) => runner.stop()));
    await Promise.allSettled([...turns.values()].flatMap((running) => [...running]));
    await pool.end();
  }

  return {
    async push({ jobId }) {
      await offer(jobId);
    },

    async process(lane, concurrency, runJob) {
      if (closing) throw new Error('the queue is closed');
      if (lanes.has(lane)) throw new Error(`lane ${lane} is already being worked on`);
      const open = () => start(lane, concurrency, runJob);
      const first = await open();
      lanes.set(lane, first);
      keepOpen(lane, open, first).catch((error: unknown) =>
        logger.error({ err: error, lane }, 'a lane of the queue has ended'),
      );
    },

    async pause(lane) {
      paused.add(lane);
    },

    async resume(lane) {
      paused.delete(lane);
    },

    async counts(lane) {
      const { rows } = await pool.query<{ waiting: string; active: string }>(
        `select count(*) filter (where j.locked_at is null) as waiting, count(*) filter (where j.locked_at is not null) as active
           from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
          where t.identifier = $1 and j.key is not null`,
        [lane],
      );
      return { waiting: Number(rows[0]?.waiting ?? 0), active: Number(rows[0]?.active ?? 0) };
    },

    close() {
      closing ??= end();
      return closing;
    },
  };
}
