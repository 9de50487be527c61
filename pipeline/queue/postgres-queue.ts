import { Logger as GraphileLogger, type Runner, run } from 'graphile-worker';
import pg from 'pg';
import type { Lane } from '../../server/contract/lists.js';
import type { Logger } from '../ports.js';
import type { JobQueue } from './job-queue.js';

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

  const runners = new Map<Lane, Runner>();
  const paused = new Set<Lane>();
  const graphileLogger = quietLogger(logger);
  let closing: Promise<void> | undefined;

  async function end(): Promise<void> {
    await Promise.all([...runners.values()].map((runner) => runner.stop()));
    await pool.end();
  }

  return {
    async push({ jobId }) {
      await pool.query('select tathya.offer_job($1)', [jobId]);
    },

    async process(lane, concurrency, runJob) {
      if (closing) throw new Error('the queue is closed');
      if (runners.has(lane)) throw new Error(`lane ${lane} is already being worked on`);
      const runner = await run({
        pgPool: pool,
        logger: graphileLogger,
        concurrency,
        pollInterval: pollMs,
        noHandleSignals: true,
        parsedCronItems: [],
        gracefulShutdownAbortTimeout: neverMs,
        // Every offer carries its lane as a flag, so forbidding it takes nothing and disturbs nothing running.
        forbiddenFlags: () => (paused.has(lane) ? [lane] : null),
        taskList: {
          [lane]: async (payload) => {
            const jobId = jobIdOf(payload);
            if (jobId === null) logger.error({ lane }, 'an offer without a job id was thrown away');
            else await runJob(jobId);
          },
        },
      });
      runners.set(lane, runner);
      runner.promise.catch((error: unknown) =>
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
