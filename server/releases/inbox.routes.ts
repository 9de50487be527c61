import type { Route } from '../http/route.js';
import type { InboxService } from './inbox.service.js';

export function inboxRoutes(route: Route, { inbox }: { inbox: InboxService }): void {
  route('inbox.list', ({ actor, query }) => inbox.list(actor, query));
  route('inbox.read', ({ actor, params }) => inbox.read(actor, params.id));
  route('inbox.file', ({ actor, params: { id, fileId }, request, reply }) =>
    inbox.sendFile(actor, { releaseId: id, fileId, request, reply }),
  );
  route('inbox.preview', ({ actor, params: { id, fileId }, request, reply }) =>
    inbox.sendPreview(actor, { releaseId: id, fileId, request, reply }),
  );
  route('inbox.receipt', ({ actor, params, body }) => inbox.mark(actor, params.id, body));
  route('inbox.reach', ({ actor, params, body }) => inbox.reach(actor, params.id, body));
}
