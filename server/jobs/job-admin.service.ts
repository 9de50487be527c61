import type { Static } from 'typebox';
import type { Change } from '../audit/change.js';
import type { Job, JobListQuery, JobPage } from '../contract/administration.js';
import type { Actor } from '../sessions/actor.js';
import { demandAtTop } from '../sessions/permission.policy.js';
import type { JobsService } from './jobs.service.js';

export interface JobAdminService {
  list(actor: Actor, query: JobListQuery): Promise<Static<typeof JobPage>>;
  requeue(actor: Actor, id: string): Promise<Job>;
}

/** What an operator does with jobs; they serve the whole organisation, so only its top may. */
export function createJobAdminService({
  jobs,
  change,
}: {
  jobs: Pick<JobsService, 'list' | 'requeue'>;
  change: Change;
}): JobAdminService {
  return {
    async list(actor, query) {
      demandAtTop(actor, 'jobs.manage');
      return jobs.list(query);
    },

    async requeue(actor, id) {
      demandAtTop(actor, 'jobs.manage');
      return change(actor, async ({ tx, audit, live }) => {
        const job = await jobs.requeue(tx, id);
        audit({ act: 'job.requeued', objectKind: 'job', objectId: id, payload: { name: job.name } });
        live({ topic: 'job', id });
        return job;
      });
    },
  };
}
