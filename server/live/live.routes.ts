import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Route } from '../http/route.js';
import type { Actor } from '../sessions/actor.js';
import type { Live } from './live.js';
import { mayHear } from './live.policy.js';

/** Also how soon a revoked session stops hearing anything. */
const beatMs = 15_000;

export interface LiveRouteDependencies {
  live: Live;
  /** Looks the session up again; null when it has ended. */
  reauthenticate(request: FastifyRequest): Promise<Actor | null>;
}

/** Keeps the answer open and writes one line per event the member may hear of. */
function stream(
  { live, reauthenticate }: LiveRouteDependencies,
  { actor, request, reply }: { actor: Actor; request: FastifyRequest; reply: FastifyReply },
): void {
  let hearer = actor;
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write('retry: 2000\n\n');
  const stop = live.subscribe((event) => {
    if (mayHear(hearer, event))
      raw.write(`data: ${JSON.stringify({ topic: event.topic, id: event.id })}\n\n`);
  });
  const end = () => {
    clearInterval(beat);
    stop();
    raw.end();
  };
  const beat = setInterval(() => {
    reauthenticate(request).then(
      (now) => {
        if (now === null) return end();
        hearer = now;
        raw.write(': \n\n');
      },
      () => end(),
    );
  }, beatMs);
  raw.on('close', end);
  raw.on('error', end);
}

export function liveRoutes(route: Route, dependencies: LiveRouteDependencies): void {
  route('live.stream', async ({ actor, request, reply }) => {
    stream(dependencies, { actor, request, reply });
    return reply;
  });
}
