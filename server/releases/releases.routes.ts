import type { Route } from '../http/route.js';
import type { ReleasesService } from './releases.service.js';

export function releasesRoutes(route: Route, { releases }: { releases: ReleasesService }): void {
  route('packs.preview', ({ actor, params, body }) => releases.preview(actor, params.id, body.selector));
  route('packs.release', ({ actor, params, body }) => releases.release(actor, params.id, body));
  route('packs.recall', ({ actor, params, body }) => releases.recall(actor, params.id, body));
  route('packs.board', ({ actor, params }) => releases.board(actor, params.id));
}
