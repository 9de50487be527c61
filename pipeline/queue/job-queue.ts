import type { Lane } from '../../server/contract/lists.js';

/** What a queue carries: an id and what it needs to order the work. The job itself is a row in the database. */
export interface QueuedJob {
  jobId: string;
  lane: Lane;
  /** Higher goes first. */
  priority: number;
  /** The row's fence: an offer after a run is another one than the offer that led to the run, even while that still ends. */
  fence: number;
}

/** Runs one job by its id; resolves when the job has settled, whatever its outcome. */
export type RunJob = (jobId: string) => Promise<void>;

/** Waiting and running jobs of one lane, as the queue sees them. */
export interface LaneCounts {
  waiting: number;
  active: number;
}

/**
 * Hands job ids to workers, at least once each. It never decides an outcome: the `jobs` table does,
 * so a lost, doubled or late delivery is harmless.
 */
export interface JobQueue {
  /**
   * Offers a job to the workers of its lane; offering the same id twice runs it once or is harmless. A waiting job
   * offered with another priority takes that one. Rejects when the queue cannot be reached.
   */
  push(job: QueuedJob): Promise<void>;
  /**
   * Starts taking jobs of a lane in this process, `concurrency` at a time. A queue that goes away later is waited
   * for, and so is a Redis that is away already.
   */
  process(lane: Lane, concurrency: number, run: RunJob): Promise<void>;
  /**
   * Takes no more jobs of a lane in this process; its running ones go on, and other processes take what waits.
   * A whole installation pauses a lane by stopping the workers that have it.
   */
  pause(lane: Lane): Promise<void>;
  resume(lane: Lane): Promise<void>;
  /** Over all processes. */
  counts(lane: Lane): Promise<LaneCounts>;
  /** Stops taking jobs and waits for running ones to settle. */
  close(): Promise<void>;
}
