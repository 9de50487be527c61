import { sql } from 'kysely';
import type { FailureDetails } from '../contract/failures.js';
import type { FailureCode } from '../contract/lists.js';
import type { DatabaseTransaction } from '../database/database.js';
import type { JobEffectsByName } from '../jobs/jobs.policy.js';
import { announce } from './worker-stores.repository.js';

interface Failure {
  reason: FailureCode;
  details: FailureDetails | undefined;
}

/** A job that was over and starts again takes what failed with it along. */
function startsOver(job: { state: string }): boolean {
  return job.state === 'failed' || job.state === 'cancelled';
}

async function renditionsChanged(tx: DatabaseTransaction, rows: readonly { id: string }[]): Promise<void> {
  await announce(
    tx,
    'rendition',
    rows.map(({ id }) => id),
  );
}

async function failRenditions(tx: DatabaseTransaction, jobId: string, failure: Failure): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update renditions set state = 'failed', failure = ${failure.reason},
           failure_details = ${JSON.stringify(failure.details ?? {})}::jsonb, finished_at = now()
     where job_id = ${jobId} and state in ('queued','processing') returning id`.execute(tx);
  await renditionsChanged(tx, rows);
}

/** What becomes of creatives and renditions when the job that works on them waits again or ends without them. */
export function createMediaEffects(): Pick<
  JobEffectsByName,
  'creative.inspect' | 'rendition.render' | 'card.preview'
> {
  return {
    'creative.inspect': {
      async waits(tx, job) {
        const from = startsOver(job) ? ['processing', 'failed'] : ['processing'];
        await sql`
        update creatives set inspection = 'queued', failure = null, failure_details = null
         where id = ${job.objectId} and inspection = any(${from}::text[])`.execute(tx);
        await announce(tx, 'creative', [job.objectId]);
      },
      async failed(tx, job, { reason, details }) {
        await sql`
        update creatives set inspection = 'failed', failure = ${reason},
               failure_details = ${JSON.stringify(details ?? {})}::jsonb
         where id = ${job.objectId} and inspection in ('queued','processing')`.execute(tx);
        await announce(tx, 'creative', [job.objectId]);
      },
    },
    'rendition.render': {
      async waits(tx, job) {
        const from = startsOver(job) ? ['processing', 'failed'] : ['processing'];
        const { rows } = await sql<{ id: string }>`
        update renditions set state = 'queued', failure = null, failure_details = null, finished_at = null
         where job_id = ${job.id} and state = any(${from}::text[]) returning id`.execute(tx);
        await renditionsChanged(tx, rows);
      },
      failed: (tx, job, failure) => failRenditions(tx, job.id, failure),
    },
    // Nothing waits for a preview: the page that wants one asks again.
    'card.preview': { waits: async () => undefined, failed: async () => undefined },
  };
}
