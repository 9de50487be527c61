import { Type } from 'typebox';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { mediaKinds } from '../contract/lists.js';
import type { Route } from '../http/route.js';
import { sendFile } from '../http/send-file.js';
import type { Uploads } from '../http/upload.js';
import type { ChecksService } from './checks.service.js';

export interface ChecksRouteDependencies {
  checks: ChecksService;
  uploads: Uploads;
  files: Pick<FileStore, 'openRange'>;
}

const noFields = Type.Object({}, { additionalProperties: false });

export function checksRoutes(route: Route, { checks, uploads, files }: ChecksRouteDependencies): void {
  route('checks.list', ({ actor, query }) => checks.list(actor, query));
  route('checks.start', ({ actor, body }) => checks.start(actor, body));
  route('checks.read', ({ actor, params }) => checks.read(actor, params.id));
  route('checks.edit', ({ actor, params, version, body }) => checks.edit(actor, params.id, version, body));
  route('checks.addEvidence', ({ actor, params, body }) => checks.addEvidence(actor, params.id, body));
  route('checks.removeEvidence', ({ actor, params }) =>
    checks.removeEvidence(actor, params.id, params.evidenceId),
  );
  route('checks.captureEvidence', async ({ actor, params, request }) => {
    await checks.mayCaptureEvidence(actor, params.id);
    const received = await uploads.receive(request, { fieldsSchema: noFields, kinds: mediaKinds });
    const { sha256, size, mime } = received;
    return checks.captureEvidence(actor, params.id, { sha256, size, mime });
  });
  route('checks.readEvidence', async ({ actor, params, request, reply }) => {
    const file = await checks.evidenceFile(actor, params.id);
    return sendFile(reply, request, { files, ...file, disposition: 'attachment' });
  });
  route('checks.submit', ({ actor, params, version }) => checks.submit(actor, params.id, version));
  route('checks.verify', ({ actor, params, body }) => checks.verify(actor, params.id, body));
  route('checks.return', ({ actor, params, body }) => checks.return(actor, params.id, body));
  route('checks.correct', ({ actor, params }) => checks.correct(actor, params.id));
  route('checks.void', ({ actor, params, body }) => checks.void(actor, params.id, body));
}
