import type { Route } from '../http/route.js';
import type { AuditService } from './audit.service.js';

export function auditRoutes(route: Route, { audit }: { audit: AuditService }): void {
  route('audit.list', ({ actor, query }) => audit.list(actor, query));
  route('audit.verify', ({ actor }) => audit.verify(actor));
}
