import type { Route } from '../http/route.js';
import type { MembersService } from './members.service.js';

export function membersRoutes(route: Route, { members }: { members: MembersService }): void {
  route('members.list', ({ actor, query }) => members.list(actor, query));
  route('members.create', ({ actor, body }) => members.create(actor, body));
  route('members.edit', ({ actor, params, version, body }) => members.edit(actor, params.id, version, body));
  route('members.appoint', ({ actor, params, body }) => members.appoint(actor, params.id, body));
  route('members.endAppointment', ({ actor, params }) => members.endAppointment(actor, params.id));
}
