import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.js';
import { sendProblem } from './problem.js';

/** Addresses that are never a screen of the interface. */
const notScreens = /^\/(api|healthz|readyz|metrics)(\/|$)|\.\w{1,5}$/;

/**
 * Serves the built interface when it is there; every address that is not the API's is then a screen of it. What is
 * neither answers with a problem.
 */
export async function serveUi(app: FastifyInstance, directory: string | null): Promise<void> {
  const served = directory !== null && existsSync(path.join(directory, 'index.html'));
  if (served) {
    await app.register(fastifyStatic, {
      root: directory,
      cacheControl: false,
      preCompressed: true,
      setHeaders(reply, file) {
        // Vite names what it builds by content; the rest must be asked for again.
        const named = file.includes(`${path.sep}assets${path.sep}`);
        reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const address = request.url.split('?')[0] ?? '';
    if (served && request.method === 'GET' && !notScreens.test(address)) {
      return reply.header('cache-control', 'no-cache').sendFile('index.html');
    }
    return sendProblem(request, reply, new AppError('not_found'));
  });
}
