import type { JobName } from '../../pipeline/jobs.js';
import type { JobOutcome } from '../../pipeline/ports.js';
import type { FailureDetails } from '../contract/failures.js';
import type { FailureCode } from '../contract/lists.js';
import type { DatabaseTransaction } from '../database/database.js';
import type { JobRow } from './jobs.repository.js';

/** A worker that dies over a job this often shows that the job kills workers. */
export const crashLimit = 5;

/**
 * After so many a job runs with no other beside it: one that kills its workers then does so alone, and those that only
 * stood beside it are done before they reach the limit.
 */
export const suspectAfter = 3;

/** What follows for the object a job works on when the job goes without a result; in the job's transaction. */
export interface JobEffects {
  /** The job waits for its next run: nothing is being made at the moment. */
  waits(transaction: DatabaseTransaction, job: JobRow): Promise<void>;
  /** The job has ended for good; cancelled jobs come with the reason `cancelled`. */
  failed(
    transaction: DatabaseTransaction,
    job: JobRow,
    failure: { reason: FailureCode; details: FailureDetails | undefined },
  ): Promise<void>;
}

/** The effects of each kind of job; a kind without them does not compile. */
export type JobEffectsByName = Readonly<Record<JobName, JobEffects>>;

/** What becomes of the row. */
export type NextState =
  | { state: 'done' }
  | {
      state: 'failed';
      counted: boolean;
      crashes: number;
      reason: FailureCode;
      details?: FailureDetails | undefined;
    }
  | { state: 'cancelled'; counted: boolean; crashes: number }
  | {
      state: 'queued';
      counted: boolean;
      crashes: number;
      afterMs: number;
      reason?: FailureCode | undefined;
      details?: FailureDetails | undefined;
    };

/** How a run's end changes its job: a wish to cancel beats another run, and a job may crash only so often. */
export function nextState(job: Pick<JobRow, 'crashes' | 'cancelRequested'>, outcome: JobOutcome): NextState {
  const counted = outcome.kind !== 'returned' && outcome.kind !== 'cancelled';
  const crashes = job.crashes + (outcome.kind === 'returned' && outcome.crashed ? 1 : 0);
  if (outcome.kind === 'done') return { state: 'done' };
  if (outcome.kind === 'cancelled' || job.cancelRequested) return { state: 'cancelled', counted, crashes };
  if (outcome.kind === 'failed') {
    return { state: 'failed', counted, crashes, reason: outcome.reason, details: outcome.details };
  }
  if (outcome.kind === 'retry') {
    const { afterMs, reason, details } = outcome;
    return { state: 'queued', counted, crashes, afterMs, reason, details };
  }
  if (crashes >= crashLimit) {
    return { state: 'failed', counted, crashes, reason: 'gave_up_after_crashes' };
  }
  return { state: 'queued', counted, crashes, afterMs: 0 };
}
