import { sql } from 'kysely';
import { Type } from 'typebox';
import { defineJob } from '../../pipeline/job.js';
import type { WorkerTiming } from '../../pipeline/worker.js';
import { lanes } from '../../server/contract/lists.js';
import type { DatabaseTransaction } from '../../server/database/database.js';

/** A kind of job of the tests' own; loadable outside vitest, by a worker process. */
export const testJob = defineJob({
  name: 'test.work',
  lanes,
  priority: 0,
  payload: Type.Object({ workId: Type.String() }, { additionalProperties: false }),
  maxAttempts: 3,
  timeoutMs: 60_000,
  dedupeKey: ({ workId }) => `test.work:${workId}`,
  object: ({ workId }) => ({ kind: 'creative', id: workId }),
});

/** Short enough to see a worker die, long enough for a busy machine. */
export const quick: WorkerTiming = {
  heartbeatMs: 150,
  deadAfterMs: 1_500,
  reapMs: 200,
  backoffMs: 50,
  abortGraceMs: 1_000,
  progressEveryMs: 100,
};

export const quickLockMs = 1_500;
export const quickRelay = { pollMs: 100, againMs: 1_000 };

/** One row per piece of work whose result was kept: `files` is a table workers may add to. */
export async function keepResult(transaction: DatabaseTransaction, workId: string): Promise<void> {
  await sql`insert into files (sha256, size, mime)
    values (encode(sha256(convert_to(${workId}, 'utf8')), 'hex'), 1, ${`result/${workId}`})`.execute(
    transaction,
  );
}
