import type { Static, TSchema } from 'typebox';
import { type JobDefinition, readPayload } from '../../pipeline/job.js';
import type { JobName } from '../../pipeline/jobs.js';
import type { Logger } from '../../pipeline/ports.js';
import type { Job, JobListQuery, JobPage } from '../contract/administration.js';
import type { Lane } from '../contract/lists.js';
import { type Database, type DatabaseTransaction, transact } from '../database/database.js';
import { AppError } from '../errors.js';
import type { Live } from '../live/live.js';
import type { JobEffects } from './jobs.policy.js';
import {
  endJob,
  findJob,
  findUnfinished,
  insertJob,
  liftPriority,
  listJobs,
  lockJob,
  offerJob,
  requestCancel,
  startOver,
} from './jobs.repository.js';

export interface EnqueueOptions<Payload extends TSchema> {
  payload: Static<Payload>;
  /** One of the definition's lanes; see `laneOf` for media. */
  lane: Lane;
  /** Takes the place of the definition's own. */
  priority?: number;
  /** The member the work is done for; null for the program itself. */
  requestedBy: string | null;
}

/** The job that will do the work: a new one, or the one that already waits or runs for the same. */
export interface Enqueued {
  jobId: string;
  created: boolean;
}

export interface JobsService {
  /**
   * Adds a job in the caller's transaction: it exists, and is offered to the workers, exactly when that
   * transaction commits.
   */
  enqueue<Name extends string, Payload extends TSchema>(
    transaction: DatabaseTransaction,
    definition: JobDefinition<Name, Payload>,
    options: EnqueueOptions<Payload>,
  ): Promise<Enqueued>;
  /** Lets jobs go before those of a lower priority, from the commit of the caller's transaction on. Ended ones stay as they are. */
  raise(
    transaction: DatabaseTransaction,
    work: { jobIds: readonly string[]; priority: number },
  ): Promise<void>;
  list(query: JobListQuery): Promise<Static<typeof JobPage>>;
  /**
   * Gives a failed or cancelled job all its attempts again, in the caller's transaction; also one that was given up
   * because its workers died. Throws `not_found`, `wrong_state`, or `conflict` when the same work is already waiting.
   */
  requeue(transaction: DatabaseTransaction, jobId: string): Promise<Job>;
  /** A waiting job ends at once, a running one within seconds; an ended one stays as it is. Throws `not_found`. */
  cancel(actorId: string, jobId: string): Promise<Job>;
}

export interface JobsServiceOptions<Name extends string = JobName> {
  database: Database;
  live: Pick<Live, 'publish'>;
  effects: Readonly<Record<Name, JobEffects>>;
  logger: Logger;
}

/** What the rest of the server does with jobs. */
export function createJobsService<Name extends string = JobName>({
  database,
  live,
  effects,
  logger,
}: JobsServiceOptions<Name>): JobsService {
  const effectsByName: ReadonlyMap<string, JobEffects> = new Map(Object.entries<JobEffects>(effects));

  async function found(reader: Database | DatabaseTransaction, jobId: string): Promise<Job> {
    const job = await findJob(reader, jobId);
    if (!job) throw new AppError('not_found');
    return job;
  }

  async function changed(jobId: string): Promise<Job> {
    const job = await found(database, jobId);
    await live.publish({ topic: 'job', id: jobId }).catch((error: unknown) => {
      logger.warn({ err: error, jobId }, 'a change of a job could not be announced');
    });
    return job;
  }

  return {
    async enqueue(transaction, definition, { payload, lane, priority = definition.priority, requestedBy }) {
      if (!definition.lanes.includes(lane))
        throw new TypeError(`a ${definition.name} job cannot go into lane ${lane}`);
      const checked = readPayload(definition, payload);
      const dedupeKey = definition.dedupeKey(checked);
      const { kind: objectKind, id: objectId } = definition.object(checked);
      const job = {
        definition,
        payload: checked,
        lane,
        priority,
        dedupeKey,
        objectKind,
        objectId,
        requestedBy,
      };
      // The other job may end between the two statements; then there is room for ours.
      for (let tries = 0; tries < 5; tries += 1) {
        const jobId = await insertJob(transaction, job);
        if (jobId !== null) {
          await offerJob(transaction, jobId);
          return { jobId, created: true };
        }
        const existing = await findUnfinished(transaction, dedupeKey);
        if (existing !== null) return { jobId: existing, created: false };
      }
      throw new AppError('unavailable');
    },

    async list({ limit = 30, ...query }) {
      const rows = await listJobs(database, { ...query, limit });
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    async raise(transaction, work) {
      for (const jobId of await liftPriority(transaction, work)) await offerJob(transaction, jobId);
    },

    async requeue(transaction, jobId) {
      const job = await lockJob(transaction, { id: jobId });
      if (!job) throw new AppError('not_found');
      if (job.state !== 'failed' && job.state !== 'cancelled') throw new AppError('wrong_state');
      await startOver(transaction, jobId);
      await effectsByName.get(job.name)?.waits(transaction, job);
      return found(transaction, jobId);
    },

    async cancel(actorId, jobId) {
      await transact(database, { actorId }, async (transaction) => {
        const job = await lockJob(transaction, { id: jobId });
        if (!job) throw new AppError('not_found');
        if (job.state === 'running') await requestCancel(transaction, jobId);
        if (job.state !== 'queued') return;
        await endJob(transaction, {
          id: jobId,
          state: 'cancelled',
          counted: false,
          crashes: job.crashes,
          reason: 'cancelled',
        });
        await effectsByName
          .get(job.name)
          ?.failed(transaction, job, { reason: 'cancelled', details: undefined });
      });
      return changed(jobId);
    },
  };
}
