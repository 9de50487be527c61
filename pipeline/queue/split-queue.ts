import type { Lane } from '../../server/contract/lists.js';
import type { JobQueue } from './job-queue.js';

/** One queue of two: `small` jobs by the one, media by the other. Closing it closes both. */
export function createSplitQueue({ small, media }: { small: JobQueue; media: JobQueue }): JobQueue {
  const of = (lane: Lane) => (lane === 'small' ? small : media);
  return {
    push: (job) => of(job.lane).push(job),
    process: (lane, concurrency, run) => of(lane).process(lane, concurrency, run),
    pause: (lane) => of(lane).pause(lane),
    resume: (lane) => of(lane).resume(lane),
    counts: (lane) => of(lane).counts(lane),
    async close() {
      await Promise.all([small.close(), media.close()]);
    },
  };
}
