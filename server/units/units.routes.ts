import type { Route } from '../http/route.js';
import type { UnitsService } from './units.service.js';

export function unitsRoutes(route: Route, { units }: { units: UnitsService }): void {
  route('units.types', () => units.types());
  route('units.list', ({ query }) => units.list(query));
  route('units.read', ({ params }) => units.read(params.id));
  route('units.create', ({ actor, body }) => units.create(actor, body));
  route('units.move', ({ actor, params, body }) => units.move(actor, params.id, body));
}
