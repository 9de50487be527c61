import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.js';
import { sendProblem } from './problem.js';

/** Serves the built interface; every address that is not the API's is a screen of it. */
export async function serveUi(app: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(path.join(directory, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    cacheControl: false,
    setHeaders(reply, file) {
      // Vite names what it builds by content; the rest must be asked for again.
      const named = file.includes(`${path.sep}assets${path.sep}`);
      reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const isScreen =
      request.method === 'GET' &&
      !/^\/(api|healthz|readyz|metrics)(\/|$)/.test(request.url) &&
      !/\.\w{1,5}$/.test(request.url.split('?')[0] ?? '');
    if (isScreen) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return sendProblem(request, reply, new AppError('not_found'));
  });
}
