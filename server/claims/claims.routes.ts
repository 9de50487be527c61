import { Type } from 'typebox';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { mediaKinds } from '../contract/lists.js';
import type { Route } from '../http/route.js';
import { sendFile } from '../http/send-file.js';
import type { Uploads } from '../http/upload.js';
import type { ClaimsService } from './claims.service.js';
import type { MatchesService } from './matches.service.js';

export interface ClaimsRouteDependencies {
  claims: ClaimsService;
  matches: MatchesService;
  uploads: Uploads;
  files: Pick<FileStore, 'openRange'>;
}

const noFields = Type.Object({}, { additionalProperties: false });

export function claimsRoutes(
  route: Route,
  { claims, matches, uploads, files }: ClaimsRouteDependencies,
): void {
  route('claims.list', ({ actor, query }) => claims.list(actor, query));
  route('claims.read', ({ actor, params }) => claims.read(actor, params.id));
  route('claims.setState', ({ actor, params, version, body }) =>
    claims.setState(actor, params.id, version, body),
  );
  route('claims.lease', ({ actor, params, body }) => claims.lease(actor, params.id, body));
  route('claims.seeAnswer', ({ actor, params }) => claims.seeAnswer(actor, params.id));
  route('claims.addAppearance', ({ actor, params, body }) => claims.addAppearance(actor, params.id, body));
  route('claims.addMedia', async ({ actor, params, request }) => {
    await claims.mayAddMedia(actor, params.id);
    const received = await uploads.receive(request, { fieldsSchema: noFields, kinds: mediaKinds });
    const { sha256, size, mime, kind, originalName: name } = received;
    return claims.addMedia(actor, params.id, { sha256, size, mime, kind, name });
  });
  route('claims.readMedia', async ({ actor, params, request, reply }) => {
    const { sha256, size, mime, name } = await claims.media(actor, params.id);
    return sendFile(reply, request, { files, sha256, size, mime, name, disposition: 'attachment' });
  });
  route('claims.matches', ({ actor, body }) => matches.find(actor, body));
  route('claims.answerable', ({ actor, params }) => matches.answerable(actor, params.id));
}
