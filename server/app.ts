import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { LogLevel } from './config.js';
import { sendProblem } from './http/problem.js';
import { assertSameOrigin } from './http/same-origin.js';
import { compileValidator } from './http/validation.js';

export interface CreateAppOptions {
  logLevel: LogLevel;
  /** Where people reach the program, when it was said. */
  publicUrl: string | null;
  secure: boolean;
  /** Largest accepted file, bytes. */
  maxFileBytes: number;
  /** Where log lines go; standard output unless told. */
  logStream?: { write(line: string): void };
}

/** Secrets never reach a log line. */
const redact = ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]'];

/** Only what is ours is loaded; pictures and media also from memory, for previews before an upload. */
const contentSecurity = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'media-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
};

function requestLine(request: FastifyRequest) {
  return { method: request.method, url: request.url, ip: request.ip };
}

/**
 * The HTTP house without its rooms: limits, time-outs, headers, validation, problem bodies. Features add their routes.
 */
export async function createApp(options: CreateAppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: {
      level: options.logLevel,
      redact,
      serializers: { req: requestLine },
      ...(options.logStream && { stream: options.logStream }),
    },
    // A proxy on this machine may say where a request came from; nobody else.
    trustProxy: 'loopback',
    bodyLimit: 256 * 1024,
    // A silent connection goes after a minute; a slow upload may take half an hour.
    connectionTimeout: 60_000,
    requestTimeout: 30 * 60_000,
    keepAliveTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
  });
  app.server.headersTimeout = 20_000;
  app.decorateRequest('actor', null);
  app.setValidatorCompiler(compileValidator);
  app.removeContentTypeParser('text/plain');

  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    assertSameOrigin(request, options.publicUrl);
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
  });

  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurity },
    strictTransportSecurity: options.secure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: options.secure ? { policy: 'same-origin' } : false,
    originAgentCluster: false,
  });
  await app.register(cookie);
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: {
      fileSize: options.maxFileBytes,
      files: 1,
      fields: 12,
      fieldSize: 64 * 1024,
      fieldNameSize: 100,
      parts: 16,
      headerPairs: 50,
    },
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Tathya', version: '0.1.0', license: { name: 'MIT', identifier: 'MIT' } },
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: options.secure ? '__Host-tathya_session' : 'tathya_session',
          },
        },
      },
      security: [{ session: [] }],
    },
  });
  return app;
}
