import type { Route } from '../http/route.js';
import type { PacksService } from './packs.service.js';

export function packsRoutes(route: Route, { packs }: { packs: PacksService }): void {
  route('packs.list', ({ actor, query }) => packs.list(actor, query));
  route('packs.create', ({ actor, body }) => packs.create(actor, body));
  route('packs.read', ({ actor, params }) => packs.read(actor, params.id));
  route('packs.edit', ({ actor, params, version, body }) => packs.edit(actor, params.id, version, body));
  route('packs.submit', ({ actor, params, version }) => packs.submit(actor, params.id, version));
  route('packs.approve', ({ actor, params, body }) => packs.approve(actor, params.id, body));
  route('packs.return', ({ actor, params, body }) => packs.return(actor, params.id, body.comment));
  route('packs.next', ({ actor, params, body }) => packs.next(actor, params.id, body));
  route('packs.expire', ({ actor, params }) => packs.expire(actor, params.id));
}
