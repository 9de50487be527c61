import type { Route } from '../http/route.js';
import type { ClustersService } from './clusters.service.js';

export function clustersRoutes(route: Route, { clusters }: { clusters: ClustersService }): void {
  route('claims.create', ({ actor, body }) => clusters.log(actor, body));
  route('claims.cluster', ({ actor, params }) => clusters.read(actor, params.id));
  route('claims.join', ({ actor, params, body }) => clusters.join(actor, params.id, body));
  route('claims.leave', ({ actor, params }) => clusters.leave(actor, params.id));
  route('claims.setTopic', ({ actor, params, body }) => clusters.setTopic(actor, params.id, body));
}
