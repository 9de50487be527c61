import { sql } from 'kysely';
import type { Logger } from '../../pipeline/ports.js';
import type { JobQueue, QueuedJob } from '../../pipeline/queue/job-queue.js';
import { type Database, transact } from '../database/database.js';
import { listen } from '../database/listen.js';

export interface RelayOptions {
  database: Database;
  /** The application's login; listening needs a connection of its own. */
  url: string;
  /** The queue on Redis. */
  queue: Pick<JobQueue, 'push'>;
  /** How often to look for jobs whose time has come; new ones are announced and go at once. */
  pollMs?: number;
  /** A job still waiting after this long is offered again: Redis may have lost it. */
  againMs?: number;
  logger: Logger;
}

const batch = 500;

/**
 * Takes the ids of waiting media jobs from their rows to Redis. A row is stamped first and offered then, so any
 * number of relays share the work; what one that died, or Redis, has lost is offered again by any of them.
 */
export function startRelay({
  database,
  url,
  queue,
  pollMs = 1_000,
  againMs = 15_000,
  logger,
}: RelayOptions): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  let failing = false;

  /** In the order they are to be done: Redis keeps those of one priority as they come. */
  async function take(): Promise<QueuedJob[]> {
    return transact(database, {}, async (transaction) => {
      const { rows } = await sql<QueuedJob>`
        with taken as (
          update jobs set offered_at = now()
           where id in (
             select id from jobs
              where state = 'queued' and lane <> 'small' and (select on_redis from media_queue) and run_after <= now()
                and (offered_at is null or offered_at < now() - ${againMs} * interval '1 millisecond')
              order by offered_at nulls first, priority desc, id limit ${batch} for update skip locked)
          returning id as job_id, lane, priority, fence
        )
        select * from taken order by priority desc, job_id`.execute(transaction);
      return rows;
    });
  }

  async function giveBack(jobs: readonly QueuedJob[]): Promise<void> {
    await sql`
      update jobs set offered_at = null
       where id = any(${jobs.map(({ jobId }) => jobId)}::uuid[]) and state = 'queued'`.execute(database);
  }

  /** Whether there may be more to take. */
  async function carry(): Promise<boolean> {
    const jobs = await take();
    const outcomes = await Promise.allSettled(jobs.map((job) => queue.push(job)));
    const left = jobs.filter((_, index) => outcomes[index]?.status === 'rejected');
    if (left.length === 0) return jobs.length === batch;
    await giveBack(left);
    throw outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
  }

  async function work(): Promise<void> {
    try {
      let more: boolean;
      do {
        wanted = false;
        more = await carry();
      } while (!stopped && (more || wanted));
      failing = false;
    } catch (error) {
      // Once per outage; the jobs are safe in their rows and every look tries again.
      if (!failing) logger.warn({ err: error }, 'jobs could not be taken to Redis yet');
      failing = true;
    }
  }

  function look(): void {
    wanted = true;
    if (stopped || turn) return;
    clearTimeout(timer);
    turn = work().finally(() => {
      turn = undefined;
      if (!stopped) timer = setTimeout(look, failing ? 3 * pollMs : pollMs);
    });
  }

  const listening = listen({
    url,
    name: 'tathya-relay',
    channels: ['tathya_relay'],
    onNotice: look,
    onOpen: look,
    logger,
  });
  look();

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
      await listening.close();
    },
  };
}
