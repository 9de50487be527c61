import { sql } from 'kysely';
import type { AnyJobDefinition } from '../../pipeline/job.js';
import type { Job, JobListQuery } from '../contract/administration.js';
import type { FailureDetails } from '../contract/failures.js';
import type { FailureCode, JobState, Lane } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

/** A job's row as far as its end concerns others. */
export interface JobRow {
  id: string;
  name: string;
  lane: Lane;
  payload: unknown;
  objectKind: string;
  objectId: string;
  state: JobState;
  fence: number;
  attempts: number;
  maxAttempts: number;
  crashes: number;
  cancelRequested: boolean;
  requestedBy: string | null;
}

export interface NewJob {
  definition: AnyJobDefinition;
  payload: unknown;
  lane: Lane;
  priority: number;
  dedupeKey: string;
  objectKind: string;
  objectId: string;
  requestedBy: string | null;
}

const jobColumns = sql`id, name, lane, payload, object_kind, object_id, state, fence, attempts, max_attempts, crashes,
  cancel_requested, requested_by`;
const viewColumns = sql`id, name, lane, state, progress, attempts, crashes, reason, object_kind, object_id, created_at, finished_at`;

/** Adds a job, or gives null when one with the same key waits or runs. */
export async function insertJob(transaction: DatabaseTransaction, job: NewJob): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into jobs (name, lane, priority, payload, object_kind, object_id, max_attempts, dedupe_key, requested_by)
    values (${job.definition.name}, ${job.lane}, ${job.priority}, ${JSON.stringify(job.payload)}::jsonb,
            ${job.objectKind}, ${job.objectId}, ${job.definition.maxAttempts}, ${job.dedupeKey}, ${job.requestedBy})
    on conflict (dedupe_key) where state in ('queued','running') do nothing
    returning id`.execute(transaction);
  return rows[0]?.id ?? null;
}

export async function findUnfinished(
  transaction: DatabaseTransaction,
  dedupeKey: string,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from jobs where dedupe_key = ${dedupeKey} and state in ('queued','running')`.execute(
    transaction,
  );
  return rows[0]?.id ?? null;
}

/** Puts a waiting job before the workers when this transaction commits. */
export async function offerJob(transaction: DatabaseTransaction, jobId: string): Promise<void> {
  await sql`select offer_job(${jobId})`.execute(transaction);
}

/** The row, locked until the transaction ends; with `fence` only while a worker has it under that fence. */
export async function lockJob(
  transaction: DatabaseTransaction,
  { id, fence }: { id: string; fence?: number },
): Promise<JobRow | null> {
  const stillHeld = fence === undefined ? sql`true` : sql`fence = ${fence} and state = 'running'`;
  const { rows } = await sql<JobRow>`
    select ${jobColumns} from jobs where id = ${id} and ${stillHeld} for update`.execute(transaction);
  return rows[0] ?? null;
}

export interface EndedJob {
  id: string;
  state: 'done' | 'failed' | 'cancelled';
  /** Whether the run that ended counts as an attempt. */
  counted: boolean;
  crashes: number;
  reason?: FailureCode | undefined;
  details?: FailureDetails | undefined;
}

export async function endJob(transaction: DatabaseTransaction, job: EndedJob): Promise<void> {
  await sql`
    update jobs set state = ${job.state}, attempts = attempts + ${job.counted ? 1 : 0}, crashes = ${job.crashes},
      reason = ${job.reason ?? null}, reason_details = ${job.details ? JSON.stringify(job.details) : null}::jsonb,
      progress = case when ${job.state} = 'done' then 1 else progress end,
      fence = fence + 1, worker_id = null, finished_at = now()
    where id = ${job.id}`.execute(transaction);
}

export interface WaitingJob {
  id: string;
  counted: boolean;
  crashes: number;
  afterMs: number;
  reason?: FailureCode | undefined;
  details?: FailureDetails | undefined;
}

/** Lets a job wait for its next run and offers it. */
export async function waitAgain(transaction: DatabaseTransaction, job: WaitingJob): Promise<void> {
  await sql`
    update jobs set state = 'queued', attempts = attempts + ${job.counted ? 1 : 0}, crashes = ${job.crashes},
      reason = ${job.reason ?? null}, reason_details = ${job.details ? JSON.stringify(job.details) : null}::jsonb,
      fence = fence + 1, worker_id = null, run_after = now() + ${job.afterMs} * interval '1 millisecond'
    where id = ${job.id}`.execute(transaction);
  await offerJob(transaction, job.id);
}

/** Makes an ended job as good as new and offers it. */
export async function startOver(transaction: DatabaseTransaction, jobId: string): Promise<void> {
  await sql`
    update jobs set state = 'queued', attempts = 0, crashes = 0, reason = null, reason_details = null, progress = 0,
      cancel_requested = false, fence = fence + 1, worker_id = null, run_after = now(), finished_at = null
    where id = ${jobId}`.execute(transaction);
  await offerJob(transaction, jobId);
}

/** Lifts unfinished jobs to a priority and gives those that wait, and must be offered anew; higher ones stay as they are. */
export async function liftPriority(
  transaction: DatabaseTransaction,
  { jobIds, priority }: { jobIds: readonly string[]; priority: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string; state: JobState }>`
    update jobs set priority = ${priority}
     where id = any(${[...jobIds]}::uuid[]) and state in ('queued','running') and priority < ${priority}
    returning id, state`.execute(transaction);
  return rows.filter(({ state }) => state === 'queued').map(({ id }) => id);
}

export async function requestCancel(transaction: DatabaseTransaction, jobId: string): Promise<void> {
  await sql`update jobs set cancel_requested = true where id = ${jobId}`.execute(transaction);
}

export async function findJob(database: Database | DatabaseTransaction, jobId: string): Promise<Job | null> {
  const { rows } = await sql<Job>`select ${viewColumns} from jobs where id = ${jobId}`.execute(database);
  return rows[0] ?? null;
}

/** Newest first; `cursor` is the last id of the page before. One more than `limit` tells of a further page. */
export async function listJobs(
  database: Database,
  { cursor, state, limit }: JobListQuery & { limit: number },
): Promise<Job[]> {
  const before = cursor === undefined ? sql`true` : sql`id < ${cursor}`;
  const inState = state === undefined ? sql`true` : sql`state = ${state}`;
  const { rows } = await sql<Job>`
    select ${viewColumns} from jobs where ${before} and ${inState} order by id desc limit ${limit + 1}`.execute(
    database,
  );
  return rows;
}

const day = sql`interval '1 day'`;
/** Nobody asks about a job that went well for longer than this; why one failed may matter at the next audit. */
const keptDays = { done: 14, failed: 90 };

/** Removes rows of jobs that ended long ago, a portion at a time, and says how many. */
export async function removeEnded(
  database: Database,
  { portion = 10_000 }: { portion?: number } = {},
): Promise<number> {
  let removed = 0;
  for (let last = portion; last === portion; removed += last) {
    const { numAffectedRows } = await sql`
      delete from jobs where id in (
        select id from jobs
         where state in ('done','failed','cancelled')
           and finished_at < now() - ${day} * case when state = 'failed' then ${keptDays.failed}::int else ${keptDays.done}::int end
         limit ${portion})`.execute(database);
    last = Number(numAffectedRows ?? 0);
  }
  return removed;
}

/** Which queue carries media. */
export interface MediaQueue {
  onRedis: boolean;
  /** Goes before every key in Redis. */
  redisPrefix: string;
}

export async function findMediaQueue(database: Database): Promise<MediaQueue> {
  const { rows } = await sql<MediaQueue>`select on_redis, redis_prefix from media_queue`.execute(database);
  return rows[0] ?? { onRedis: false, redisPrefix: 'tathya' };
}

/** Says which queue carries media from now on; what waits in the other one comes along. */
export async function chooseMediaQueue(database: Database, onRedis: boolean): Promise<MediaQueue> {
  await sql`select use_redis(${onRedis})`.execute(database);
  return findMediaQueue(database);
}
