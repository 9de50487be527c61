import type { Route } from '../http/route.js';
import type { EventsService } from './events.service.js';

export function eventsRoutes(route: Route, { events }: { events: EventsService }): void {
  route('events.list', () => events.list());
  route('events.create', ({ actor, body }) => events.create(actor, body));
  route('events.addSilence', ({ actor, params, body }) => events.addSilence(actor, params.id, body));
  route('events.removeSilence', ({ actor, params }) => events.removeSilence(actor, params.id));
}
