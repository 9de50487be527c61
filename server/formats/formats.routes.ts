import type { Route } from '../http/route.js';
import type { FormatsService } from './formats.service.js';

export function formatsRoutes(route: Route, { formats }: { formats: FormatsService }): void {
  route('formats.list', ({ actor }) => formats.list(actor));
}
