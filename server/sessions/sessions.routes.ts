import type { Route, RouteDependencies } from '../http/route.js';
import { deviceLabel } from './device-label.policy.js';
import type { SessionCookies } from './session-cookies.js';
import type { SessionsService } from './sessions.service.js';

interface SessionRouteDependencies {
  sessions: SessionsService;
  cookies: SessionCookies;
}

/** Reads who sends a request from its cookie, for every route. */
export function createAuthenticate({
  sessions,
  cookies,
}: SessionRouteDependencies): RouteDependencies['authenticate'] {
  return async (request) => {
    const token = cookies.token(request);
    const actor = token === null ? null : await sessions.authenticate(token);
    return actor === null ? null : { ...actor, requestId: request.id };
  };
}

export function sessionRoutes(route: Route, { sessions, cookies }: SessionRouteDependencies): void {
  route('session.signIn', async ({ body, request, reply }) => {
    const session = await sessions.signIn({
      login: body.login,
      password: body.password,
      deviceLabel: body.deviceLabel ?? deviceLabel(request.headers['user-agent']),
      address: request.ip,
      deviceCookie: cookies.device(request),
      previousToken: cookies.token(request),
      requestId: request.id,
    });
    cookies.write(reply, session);
    return session.me;
  });
  route('session.signOut', async ({ actor, reply }) => {
    await sessions.signOut(actor);
    cookies.clear(reply);
  });
  route('session.me', ({ actor }) => sessions.me(actor));
  route('session.editMe', ({ actor, body }) => sessions.editMe(actor, body));
  route('session.list', ({ actor }) => sessions.list(actor));
  route('session.revoke', ({ actor, params }) => sessions.revoke(actor, params.id));
}
