import type { Route } from '../http/route.js';
import type { ClustersService } from './clusters.service.js';

export function clustersRoutes(route: Route, { clusters }: { clusters: ClustersService }): void {
  route('claims.cluster', ({ actor, params }) => clusters.read(actor, params.id));
  route('claims.join', ({ actor, params, body }) => clusters.join(actor, params.id, body));
  route('claims.leave', ({ actor, params }) => clusters.leave(actor, params.id));
}
