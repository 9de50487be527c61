import type { Route } from '../http/route.js';
import type { JobAdminService } from './job-admin.service.js';

export function jobsRoutes(route: Route, { jobs }: { jobs: JobAdminService }): void {
  route('jobs.list', ({ actor, query }) => jobs.list(actor, query));
  route('jobs.requeue', ({ actor, params }) => jobs.requeue(actor, params.id));
}
