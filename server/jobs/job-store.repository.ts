import { sql } from 'kysely';
import type { JobName } from '../../pipeline/jobs.js';
import type {
  ClaimedJob,
  Commit,
  HeldJob,
  JobClaim,
  JobOutcome,
  JobStore,
  Logger,
  Recovery,
  WorkerPulse,
} from '../../pipeline/ports.js';
import { type Database, type DatabaseTransaction, transact } from '../database/database.js';
import type { Live } from '../live/live.js';
import { type JobEffects, type NextState, nextState, suspectAfter } from './jobs.policy.js';
import { endJob, type JobRow, lockJob, waitAgain } from './jobs.repository.js';

export interface JobStoreOptions<Name extends string = JobName> {
  database: Database;
  live: Pick<Live, 'publish'>;
  effects: Readonly<Record<Name, JobEffects>>;
  /** A job taken by the queue but not claimed for this long counts as lost and is offered again. */
  patienceMs?: number;
  logger: Logger;
}

/** Writes made by a worker act for whoever asked for the job. */
async function actFor(transaction: DatabaseTransaction, job: JobRow): Promise<void> {
  await sql`select set_config('tathya.actor', ${job.requestedBy ?? ''}, true)`.execute(transaction);
}

/** The rows that decide about jobs, as the workers use them. Rejects with `unavailable` when the database is away. */
export function createJobStore<Name extends string = JobName>({
  database,
  live,
  effects,
  patienceMs = 10_000,
  logger,
}: JobStoreOptions<Name>): JobStore<DatabaseTransaction> {
  const effectsByName: ReadonlyMap<string, JobEffects> = new Map(Object.entries<JobEffects>(effects));
  const inTransaction = <Result>(work: (transaction: DatabaseTransaction) => Promise<Result>) =>
    transact(database, {}, work);

  async function tell(job: JobRow): Promise<void> {
    try {
      await live.publish({ topic: 'job', id: job.id });
      if (job.objectKind === 'creative' || job.objectKind === 'rendition') {
        await live.publish({ topic: job.objectKind, id: job.objectId });
      }
    } catch (error) {
      // The row is right; a screen only learns of it later.
      logger.warn({ err: error, jobId: job.id }, 'a change of a job could not be announced');
    }
  }

  async function apply(transaction: DatabaseTransaction, job: JobRow, next: NextState): Promise<void> {
    if (next.state === 'queued') {
      await waitAgain(transaction, { id: job.id, ...next });
      await effectsByName.get(job.name)?.waits(transaction, job);
      return;
    }
    if (next.state === 'done') {
      await endJob(transaction, { id: job.id, state: 'done', counted: true, crashes: job.crashes });
      return;
    }
    const failure =
      next.state === 'failed'
        ? { reason: next.reason, details: next.details }
        : { reason: 'cancelled' as const, details: undefined };
    await endJob(transaction, { id: job.id, ...next, ...failure });
    await effectsByName.get(job.name)?.failed(transaction, job, failure);
  }

  /** Runs `work` while the claim holds, with the row locked; null when it does not hold any more. */
  async function fenced(
    claim: JobClaim,
    work: (transaction: DatabaseTransaction, job: JobRow) => Promise<void>,
  ): Promise<JobRow | null> {
    const job = await inTransaction(async (transaction) => {
      const held = await lockJob(transaction, claim);
      if (!held) return null;
      await actFor(transaction, held);
      await work(transaction, held);
      return held;
    });
    if (job) await tell(job);
    return job;
  }

  async function freeJobsOfTheDead(): Promise<{ requeued: number; gaveUp: number }> {
    const { rows } = await sql<{ id: string; fence: number }>`
      select j.id, j.fence from jobs j left join workers w on w.id = j.worker_id
       where j.state = 'running' and (w.id is null or w.stopped_at is not null)
       order by j.id limit 1000`.execute(database);
    let requeued = 0;
    let gaveUp = 0;
    for (const claim of rows) {
      try {
        await fenced(claim, async (transaction, job) => {
          const next = nextState(job, { kind: 'returned', crashed: true });
          await apply(transaction, job, next);
          if (next.state === 'queued') requeued += 1;
          else if (next.state === 'failed') gaveUp += 1;
        });
      } catch (error) {
        // One job that cannot be freed must not keep the others.
        logger.error({ err: error, jobId: claim.id }, 'a job of a dead worker could not be freed');
      }
    }
    return { requeued, gaveUp };
  }

  async function offerLost(): Promise<number> {
    return inTransaction(async (transaction) => {
      const turn = await sql<{ ours: boolean }>`
        select pg_try_advisory_xact_lock(hashtext('tathya.lost_jobs')) as ours`.execute(transaction);
      if (!turn.rows[0]?.ours) return 0;
      // An outage at the end of a run leaves its offer behind.
      await sql`
        delete from graphile_worker._private_jobs g using jobs j
         where g.key = j.id::text and j.state in ('done','failed','cancelled')`.execute(transaction);
      const { rows } = await sql`
        select offer_job(id) from lost_jobs(${patienceMs} * interval '1 millisecond') as id`.execute(
        transaction,
      );
      return rows.length;
    });
  }

  return {
    async register({ id, host, pid, lanes }) {
      await inTransaction(async (transaction) => {
        await sql`
          insert into workers (id, host, pid, lanes) values (${id}, ${host}, ${pid}, ${[...lanes]}::text[])
          on conflict (id) do update set heartbeat_at = now(), stopped_at = null`.execute(transaction);
      });
    },

    async beat(workerId): Promise<HeldJob[] | null> {
      return inTransaction(async (transaction) => {
        const { numAffectedRows } = await sql`
          update workers set beats = beats + 1, heartbeat_at = now(), stopped_at = null where id = ${workerId}`.execute(
          transaction,
        );
        if (!numAffectedRows) return null;
        const { rows } = await sql<HeldJob>`
          select id as job_id, fence, cancel_requested from jobs where worker_id = ${workerId} and state = 'running'`.execute(
          transaction,
        );
        return rows;
      });
    },

    async retire(workerId) {
      await inTransaction(async (transaction) => {
        await sql`update workers set stopped_at = now() where id = ${workerId}`.execute(transaction);
        await sql`delete from workers where stopped_at < now() - interval '7 days'`.execute(transaction);
      });
    },

    async pulses(): Promise<WorkerPulse[]> {
      return inTransaction(async (transaction) => {
        const { rows } =
          await sql<WorkerPulse>`select id, beats from workers where stopped_at is null`.execute(transaction);
        return rows;
      });
    },

    async bury({ id, beats }) {
      return inTransaction(async (transaction) => {
        const { numAffectedRows } = await sql`
          update workers set stopped_at = now() where id = ${id} and beats = ${beats} and stopped_at is null`.execute(
          transaction,
        );
        return Boolean(numAffectedRows);
      });
    },

    async recover(): Promise<Recovery> {
      const freed = await freeJobsOfTheDead();
      return { ...freed, offered: await offerLost() };
    },

    async isSuspect(jobId) {
      const { rows } = await sql<{ crashes: number }>`select crashes from jobs where id = ${jobId}`.execute(
        database,
      );
      return (rows[0]?.crashes ?? 0) >= suspectAfter;
    },

    async claim(jobId, workerId): Promise<ClaimedJob | null> {
      const job = await inTransaction(async (transaction) => {
        const { rows } = await sql<JobRow>`
          update jobs set state = 'running', fence = fence + 1, worker_id = ${workerId}, started_at = now(), reason = null, reason_details = null
           where id = ${jobId} and state = 'queued' and run_after <= now()
             and exists (select from workers where id = ${workerId} and stopped_at is null)
          returning id, name, lane, payload, object_kind, object_id, state, fence, attempts, max_attempts, crashes,
                    cancel_requested, requested_by`.execute(transaction);
        return rows[0] ?? null;
      });
      if (!job) return null;
      await tell(job);
      const { id, name, lane, payload, fence, attempts, maxAttempts } = job;
      return { id, name, lane, payload, fence, attempts, maxAttempts };
    },

    async progress({ id, fence }, fraction) {
      const { rows } = await inTransaction((transaction) =>
        sql<JobRow>`
          update jobs set progress = greatest(progress, ${fraction}::real) where id = ${id} and fence = ${fence} and state = 'running'
          returning id, object_kind, object_id`.execute(transaction),
      );
      if (rows[0]) await tell(rows[0]);
      return rows.length > 0;
    },

    async checkpoint(claim, commit: Commit<DatabaseTransaction>) {
      return (await fenced(claim, (transaction) => commit(transaction))) !== null;
    },

    async settle(claim, outcome: JobOutcome, commit?: Commit<DatabaseTransaction>) {
      const job = await fenced(claim, async (transaction, held) => {
        if (outcome.kind === 'done') await commit?.(transaction);
        await apply(transaction, held, nextState(held, outcome));
      });
      return job !== null;
    },
  };
}
