import { setTimeout as pause } from 'node:timers/promises';
import { Value } from 'typebox/value';
import { FailureDetailsSchema } from '../server/contract/failure-details.js';
import type { FailureDetails } from '../server/contract/failures.js';
import { type FailureCode, failureCodes } from '../server/contract/lists.js';
import type { FileStore } from './files/file-store.js';
import type { JobHandler } from './handler.js';
import { isRetryable } from './job.js';
import type { ClaimedJob, Commit, JobOutcome, JobStore, Logger } from './ports.js';

/** Why a run is stopped from outside. */
export type StopCause = 'cancelled' | 'time_limit' | 'taken_away' | 'worker_stops';

/** One run in this process. */
export interface Run {
  readonly claim: ClaimedJob;
  stop(cause: StopCause): void;
}

export interface PerformOptions<Tx> {
  claim: ClaimedJob;
  handler: JobHandler<Tx>;
  store: JobStore<Tx>;
  files: FileStore;
  /** Name of the run's directory in the file store. */
  workName: string;
  /** First wait before a repeat; each further one is four times as long, at most 10 minutes. */
  backoffMs: number;
  /** How long a run may go on after its signal; then it is given up and its later writes are refused. */
  abortGraceMs: number;
  /** Shortest time between two notes of progress. */
  progressEveryMs: number;
  logger: Logger;
}

const longestBackoffMs = 600_000;

class TakenAway extends Error {
  constructor() {
    super('the job is no longer this run’s');
    this.name = 'TakenAway';
  }
}

function isFailureCode(code: unknown): code is FailureCode {
  return failureCodes.some((known) => known === code);
}

/** The reason and measured values an error carries; what carries none is a fault of ours. */
function failureOf(error: unknown): { reason: FailureCode; details: FailureDetails | undefined } {
  if (error instanceof Error && 'code' in error) {
    const details =
      'details' in error && Value.Check(FailureDetailsSchema, error.details) ? error.details : undefined;
    if (isFailureCode(error.code)) return { reason: error.code, details };
    if (error.code === 'storage_full' || error.code === 'ENOSPC' || error.code === 'EDQUOT') {
      return { reason: 'disk_full', details: undefined };
    }
  }
  return { reason: 'internal', details: undefined };
}

/** Starts a run of a claimed job; `ended` resolves, never rejects, when its outcome is in the database or refused. */
export function perform<Tx>(options: PerformOptions<Tx>): Run & { ended: Promise<void> } {
  const { claim, handler, store, files, workName, backoffMs, abortGraceMs, progressEveryMs, logger } =
    options;
  const log = { jobId: claim.id, job: claim.name, fence: claim.fence };
  const lastAttempt = claim.attempts + 1 >= claim.maxAttempts;
  const controller = new AbortController();
  let cause: StopCause | undefined;
  const stop = (why: StopCause) => {
    cause ??= why;
    controller.abort(new Error(why));
  };

  let lastNote = Number.NEGATIVE_INFINITY;
  let noting = false;
  function progress(fraction: number): void {
    const now = performance.now();
    if (noting || now - lastNote < progressEveryMs || !Number.isFinite(fraction)) return;
    noting = true;
    lastNote = now;
    store
      .progress(claim, Math.min(Math.max(fraction, 0), 1))
      .then((kept) => {
        if (!kept) stop('taken_away');
      })
      .catch((error: unknown) => logger.warn({ ...log, err: error }, 'progress of a job could not be noted'))
      .finally(() => {
        noting = false;
      });
  }

  async function checkpoint(commit: Commit<Tx>): Promise<void> {
    if (!controller.signal.aborted && (await store.checkpoint(claim, commit))) return;
    stop('taken_away');
    throw new TakenAway();
  }

  /** Rejects when the handler has not ended a while after its signal. */
  function givenUp(): Promise<never> {
    return new Promise((_, reject) => {
      controller.signal.addEventListener('abort', () => {
        setTimeout(() => reject(new Error('the handler did not end after its signal')), abortGraceMs).unref();
      });
    });
  }

  function outcomeOf(error: unknown): JobOutcome | null {
    if (cause === 'taken_away') return null;
    if (cause === 'worker_stops') return { kind: 'returned', crashed: false };
    if (cause === 'cancelled') return { kind: 'cancelled' };
    const { reason, details } =
      cause === 'time_limit' ? { reason: cause, details: undefined } : failureOf(error);
    logger.warn({ ...log, reason, err: error }, 'a job failed');
    if (!isRetryable(reason) || lastAttempt) return { kind: 'failed', reason, details };
    return {
      kind: 'retry',
      reason,
      details,
      afterMs: Math.min(backoffMs * 4 ** claim.attempts, longestBackoffMs),
    };
  }

  /** The database may be away for a while; giving the job up then would do all the work again. */
  async function settle(outcome: JobOutcome, commit?: Commit<Tx>): Promise<void> {
    for (let wait = 250; ; wait *= 2) {
      try {
        const kept = await store.settle(claim, outcome, commit);
        if (!kept)
          logger.warn(
            { ...log, outcome: outcome.kind },
            'the job was taken away: its results are thrown away',
          );
        return;
      } catch (error) {
        const unavailable = error instanceof Error && 'code' in error && error.code === 'unavailable';
        if (!unavailable || wait > 16_000) throw error;
        await pause(wait);
      }
    }
  }

  async function run(): Promise<void> {
    const tooLong = setTimeout(() => stop('time_limit'), handler.definition.timeoutMs);
    let outcome: JobOutcome | null = { kind: 'done' };
    let commit: Commit<Tx> | undefined;
    try {
      const job = {
        id: claim.id,
        payload: claim.payload,
        attempts: claim.attempts,
        lastAttempt,
        signal: controller.signal,
        workDirectory: () => files.workDirectory(workName),
        progress,
        checkpoint,
      };
      ({ commit } = await Promise.race([handler.run(job), givenUp()]));
      if (cause === 'taken_away') outcome = null;
    } catch (error) {
      outcome = outcomeOf(error);
    } finally {
      clearTimeout(tooLong);
    }
    try {
      if (outcome) await settle(outcome, commit);
    } catch (error) {
      cause = undefined;
      const second = outcomeOf(error);
      if (second) await settle(second);
    }
  }

  const ended = run()
    .catch((error: unknown) => logger.error({ ...log, err: error }, 'the end of a job could not be written'))
    .then(() => files.removeWork(workName))
    .catch((error: unknown) => logger.error({ ...log, err: error }, 'a work directory could not be removed'));
  return { claim, stop, ended };
}
