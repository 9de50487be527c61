import type { Route } from '../http/route.js';
import type { OrganisationService } from './organisation.service.js';

export function organisationRoutes(
  route: Route,
  { organisation }: { organisation: OrganisationService },
): void {
  route('organisation.read', () => organisation.read());
  route('organisation.edit', ({ actor, version, body }) => organisation.edit(actor, version, body));
}
