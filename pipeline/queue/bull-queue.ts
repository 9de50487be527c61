import Bull from 'bull';
import type { Lane } from '../../server/contract/lists.js';
import type { Logger } from '../ports.js';
import type { JobQueue, QueuedJob, RunJob } from './job-queue.js';
import { checkRedis, openRedis } from './redis-connections.js';

export interface BullQueueOptions {
  /** `redis://` or `rediss://`, with login and database number as usual. */
  url: string;
  /** Goes before every key; installations that share a Redis need different ones. */
  prefix: string;
  logger: Logger;
  /** How long a worker that says nothing more keeps the offers it has taken. */
  lockMs?: number;
}

interface Offer {
  jobId: string;
}

/** Priorities of jobs go from -1000 to 1000, the highest first; Bull's from 1, the lowest first. */
function bullPriority(priority: number): number {
  return 1_001 - priority;
}

/** Everything about outcomes is the `jobs` table's: Bull neither repeats, nor keeps, nor gives up anything. */
const everyOffer = { attempts: 1, removeOnComplete: true, removeOnFail: true } satisfies Bull.JobOptions;

/**
 * The queue on Redis: one Bull queue per lane. A job's offer is there until a run of it has ended; what gets lost in
 * Redis is offered again by the relay. Rejects with a `RedisSettingsError` when Redis refuses us; one that is away
 * is waited for.
 */
export async function openBullQueue({
  url,
  prefix,
  logger,
  lockMs = 15_000,
}: BullQueueOptions): Promise<JobQueue> {
  const redis = openRedis({ url, logger });
  try {
    await checkRedis(redis, { logger });
  } catch (error) {
    await redis.close();
    throw error;
  }

  const lanes = new Map<Lane, Bull.Queue<Partial<Offer>>>();
  const working = new Set<Lane>();
  const running = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  function laneOf(lane: Lane): Bull.Queue<Partial<Offer>> {
    const known = lanes.get(lane);
    if (known) return known;
    if (closing) throw new Error('the queue is closed');
    const queue = new Bull<Partial<Offer>>(lane, {
      prefix,
      createClient: (type) =>
        type === 'client' ? redis.client : type === 'subscriber' ? redis.subscriber() : redis.blocking(),
      defaultJobOptions: everyOffer,
      settings: {
        lockDuration: lockMs,
        lockRenewTime: lockMs / 3,
        stalledInterval: lockMs / 3,
        // Bull fails a job for good after two stalls, whatever its attempts; how often a job may kill its worker is
        // counted in its row.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        retryProcessDelay: 1_000,
      },
    });
    queue.on('error', (error) => {
      // An outage is told of by the connection, and its offers are made again.
      const level = redis.client.status === 'ready' ? 'warn' : 'debug';
      logger[level](
        { err: error, lane },
        'a lane on Redis met an error; the jobs’ rows are not touched by it',
      );
    });
    lanes.set(lane, queue);
    return queue;
  }

  /** A waiting offer keeps its place unless its priority has changed; one that is taken cannot be moved any more. */
  async function removeOutdated(queue: Bull.Queue, id: string, priority: number): Promise<boolean> {
    const there = await queue.getJob(id);
    if (!there) return true;
    if (there.opts.priority === priority) return false;
    return there.remove().then(
      () => true,
      () => false,
    );
  }

  async function push({ jobId, lane, priority, fence }: QueuedJob): Promise<void> {
    const queue = laneOf(lane);
    const id = `${jobId}.${fence}`;
    const wanted = bullPriority(priority);
    if (await removeOutdated(queue, id, wanted)) await queue.add({ jobId }, { jobId: id, priority: wanted });
  }

  async function take(job: Bull.Job<Partial<Offer>>, runJob: RunJob): Promise<void> {
    // A flush between Bull's two steps of taking an offer leaves one without content, and without these options.
    Object.assign(job.opts, everyOffer);
    if (job.data.jobId === undefined) return;
    const turn = runJob(job.data.jobId);
    running.add(turn);
    await turn
      .catch((error: unknown) => logger.error({ err: error, jobId: job.data.jobId }, 'a run rejected'))
      .finally(() => running.delete(turn));
  }

  async function end(): Promise<void> {
    const all = [...lanes.values()];
    const quietly = (work: Promise<unknown>) =>
      work.catch((error: unknown) => logger.debug({ err: error }, 'a lane did not close in order'));
    await Promise.all(all.map((queue) => quietly(queue.pause(true, true))));
    await Promise.allSettled(running);
    // Bull writes the end of a run a moment after it; the connection closes behind that.
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all(all.map((queue) => quietly(queue.close(true))));
    await redis.close();
  }

  return {
    push,

    async process(lane, concurrency, runJob) {
      if (closing) throw new Error('the queue is closed');
      if (working.has(lane)) throw new Error(`lane ${lane} is already being worked on`);
      working.add(lane);
      // Resolves only when the queue closes, and waits for a Redis that is away.
      laneOf(lane)
        .process('*', concurrency, (job) => take(job, runJob))
        .catch((error: unknown) => {
          if (!closing) logger.error({ err: error, lane }, 'a lane of the queue has ended');
        });
    },

    async pause(lane) {
      await laneOf(lane).pause(true, true);
    },

    async resume(lane) {
      await laneOf(lane).resume(true);
    },

    async counts(lane) {
      const queue = laneOf(lane);
      const [waiting, active] = await Promise.all([queue.getWaitingCount(), queue.getActiveCount()]);
      return { waiting, active };
    },

    close() {
      closing ??= end();
      return closing;
    },
  };
}
