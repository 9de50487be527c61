import type { FastifyInstance, FastifyReply } from 'fastify';
import { paths } from '../contract/paths.js';
import { tus } from '../contract/upload.js';
import { AppError } from '../errors.js';
import type { Route } from '../http/route.js';
import { drain } from '../http/upload-problems.js';
import { bytesIn, demandTus, partLength, readMetadata } from './tus.policy.js';
import type { UploadsService } from './uploads.service.js';

/** Lets parts through as streams, and to the one route that reads them. */
export function acceptParts(app: FastifyInstance): void {
  app.addContentTypeParser(tus.partType, (request, _payload, done) => {
    const meant = request.routeOptions.url === paths['uploads.append'][1] && request.method === 'PATCH';
    done(meant ? null : new AppError('unsupported_media'));
  });
}

function speak(reply: FastifyReply): FastifyReply {
  return reply.header('tus-resumable', tus.version).header('tus-version', tus.version);
}

function tell(reply: FastifyReply, upload: { expiresAt: string; received?: number }): FastifyReply {
  if (upload.received !== undefined) reply.header('upload-offset', upload.received);
  return reply.header('upload-expires', new Date(upload.expiresAt).toUTCString());
}

export function uploadsRoutes(route: Route, { resumable }: { resumable: UploadsService }): void {
  route('uploads.abilities', async ({ reply }) =>
    speak(reply)
      .header('tus-extension', tus.extensions)
      .header('tus-max-size', resumable.largest)
      .code(204)
      .send(),
  );

  route('uploads.create', async ({ actor, request, reply }) => {
    speak(reply);
    demandTus(request.headers);
    const size = bytesIn(request.headers, 'upload-length');
    const upload = await resumable.create(actor, size, readMetadata(request.headers));
    return tell(reply, upload).header('location', `/api/uploads/${upload.id}`).code(201).send();
  });

  // Before `read`, or the framework would answer HEAD by itself.
  route('uploads.offset', async ({ actor, params, request, reply }) => {
    speak(reply);
    demandTus(request.headers);
    const upload = await resumable.read(actor, params.id);
    return tell(reply, upload).header('upload-length', upload.size).code(200).send();
  });

  route('uploads.read', ({ actor, params }) => resumable.read(actor, params.id));

  route('uploads.append', async ({ actor, params, request, reply }) => {
    speak(reply);
    try {
      demandTus(request.headers);
      const offset = bytesIn(request.headers, 'upload-offset');
      const length = partLength(request.headers);
      const upload = await resumable.append(actor, params.id, { offset, length, source: request.raw });
      return tell(reply, upload).code(204).send();
    } catch (error) {
      drain(request.raw);
      if (error instanceof AppError && typeof error.details?.received === 'number')
        reply.header('upload-offset', error.details.received);
      throw error;
    }
  });

  route('uploads.cancel', async ({ actor, params, reply }) => {
    speak(reply);
    await resumable.cancel(actor, params.id);
  });
}
