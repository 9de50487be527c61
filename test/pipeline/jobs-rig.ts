import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { defineHandler, type JobResult, type RunningJob } from '../../pipeline/handler.js';
import type { Logger } from '../../pipeline/ports.js';
import { openBullQueue } from '../../pipeline/queue/bull-queue.js';
import type { JobQueue } from '../../pipeline/queue/job-queue.js';
import { createPostgresQueue } from '../../pipeline/queue/postgres-queue.js';
import { startWorker, type Worker, type WorkerTiming } from '../../pipeline/worker.js';
import { type Database, type DatabaseTransaction, transact } from '../../server/database/database.js';
import { createJobStore } from '../../server/jobs/job-store.repository.js';
import type { JobEffects } from '../../server/jobs/jobs.policy.js';
import { chooseMediaQueue } from '../../server/jobs/jobs.repository.js';
import { createJobsService } from '../../server/jobs/jobs.service.js';
import { startRelay } from '../../server/jobs/relay.js';
import { createTestDatabase } from '../helpers/database.js';
import type { TestRedis } from '../helpers/redis.js';
import { quick, quickLockMs, quickRelay, testJob } from './test-job.js';

export type TestRun = RunningJob<{ workId: string }, DatabaseTransaction>;
export type TestHandler = (job: TestRun) => Promise<JobResult<DatabaseTransaction>>;

/** Keeps what is logged, for tests that look at it. */
export function keepingLogger() {
  const lines: string[] = [];
  const write = (level: string) => (details: object, message: string) => {
    lines.push(`${level} ${message} ${'err' in details ? String(details.err) : ''}`);
  };
  const logger: Logger = { debug: () => {}, info: write('info'), warn: write('warn'), error: write('error') };
  return { logger, lines };
}

export interface JobState {
  state: string;
  attempts: number;
  crashes: number;
  reason: string | null;
  progress: number;
  fence: number;
  runAfter: string;
  workerId: string | null;
}

export async function resultsOf(database: Database, workId: string): Promise<number> {
  const { rows } = await sql<{ kept: number }>`
    select count(*) as kept from files where mime = ${`result/${workId}`}`.execute(database);
  return rows[0]?.kept ?? 0;
}

/** A real database, file store and job services, with a test's own kind of job; its lanes are on Redis when one is given. */
export async function startRig({ redis }: { redis?: TestRedis } = {}) {
  const scratch = await createTestDatabase();
  const { logger, lines } = keepingLogger();
  const database = scratch.db;
  const root = await mkdtemp(path.join(tmpdir(), 'tathya-jobs-'));
  const directory = path.join(root, 'store');
  const files = await openDiskStore({ directory });
  const told: { kind: 'waits' | 'failed'; workId: string; reason?: string }[] = [];
  const effects: Record<'test.work', JobEffects> = {
    'test.work': {
      waits: async (_, job) => void told.push({ kind: 'waits', workId: job.objectId }),
      failed: async (_, job, { reason }) => void told.push({ kind: 'failed', workId: job.objectId, reason }),
    },
  };
  const live = { publish: async () => {} };
  const store = createJobStore({ database, live, effects, patienceMs: 1_000, logger });
  const service = createJobsService({ database, live, effects, logger });
  const workers: Worker[] = [];
  // Copies of one database have one prefix.
  const prefix = `rig-${randomUUID()}`;
  await chooseMediaQueue(database, redis !== undefined);

  async function openQueue(): Promise<JobQueue> {
    if (!redis) return createPostgresQueue({ url: scratch.appUrl, logger, pollMs: 100 });
    return openBullQueue({ url: redis.url, prefix, logger, lockMs: quickLockMs });
  }

  const outbox = redis && (await openQueue());
  const openRelay = (queue: Pick<JobQueue, 'push'>) =>
    startRelay({ database, url: scratch.appUrl, queue, ...quickRelay, logger });
  const relay = outbox && openRelay(outbox);

  async function stopWorkers(): Promise<void> {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  }

  return {
    ...scratch,
    database,
    directory,
    files,
    store,
    service,
    told,
    lines,
    prefix,
    redis,
    openQueue,
    openRelay,
    async enqueue(
      workId: string = randomUUID(),
      options: { priority?: number; lane?: 'image' | 'video' } = {},
    ) {
      const { jobId } = await transact(database, {}, (transaction) =>
        service.enqueue(transaction, testJob, {
          payload: { workId },
          lane: 'image',
          requestedBy: null,
          ...options,
        }),
      );
      return { jobId, workId };
    },
    async work(
      handler: TestHandler,
      options: { concurrency?: number; timeoutMs?: number; timing?: Partial<WorkerTiming> } = {},
    ) {
      const definition = { ...testJob, timeoutMs: options.timeoutMs ?? testJob.timeoutMs };
      const worker = await startWorker<DatabaseTransaction>({
        queue: await openQueue(),
        store,
        files,
        definitions: [definition],
        handlers: [defineHandler(definition, handler)],
        lanes: { image: options.concurrency ?? 2 },
        timing: { ...quick, ...options.timing },
        logger,
      });
      workers.push(worker);
      return worker;
    },
    stopWorkers,
    requeue: (jobId: string) => transact(database, {}, (transaction) => service.requeue(transaction, jobId)),
    raise: (jobId: string, priority: number) =>
      transact(database, {}, (transaction) => service.raise(transaction, { jobIds: [jobId], priority })),
    async stateOf(jobId: string): Promise<JobState> {
      const { rows } = await sql<JobState>`
        select state, attempts, crashes, reason, progress, fence, run_after, worker_id from jobs where id = ${jobId}`.execute(
        database,
      );
      const [row] = rows;
      if (!row) throw new Error('the job does not exist');
      return row;
    },
    async close() {
      await stopWorkers();
      await relay?.stop();
      await outbox?.close();
      await scratch.drop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export type Rig = Awaited<ReturnType<typeof startRig>>;
