import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../contract/common.js';
import type { Endpoint, StaticOf } from '../contract/endpoint.js';
import { type Endpoints, endpoints } from '../contract/endpoints.js';
import { type EndpointName, paths } from '../contract/paths.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { holds } from '../sessions/permission.policy.js';
import type { Idempotency } from './idempotency.js';

type PartOf<N extends EndpointName, K extends keyof Endpoint> = Endpoints[N] extends { [P in K]: infer S }
  ? StaticOf<S>
  : undefined;
type ActorOf<N extends EndpointName> = Endpoints[N] extends { capability: 'anyone' } ? Actor | null : Actor;
type Answer<N extends EndpointName> = Endpoints[N] extends { raw: true }
  ? Promise<FastifyReply>
  : Endpoints[N] extends { response: infer S }
    ? Promise<StaticOf<S>>
    : Promise<void>;

/** What a handler gets: everything checked, nothing of the framework but for files and streams. */
export interface Call<N extends EndpointName> {
  actor: ActorOf<N>;
  params: PartOf<N, 'params'>;
  query: PartOf<N, 'query'>;
  body: PartOf<N, 'body'>;
  /** The version from `If-Match`; only for versioned endpoints (else 0). */
  version: number;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Registers one endpoint of the contract; a handler is one call of a service. */
export type Route = <N extends EndpointName>(name: N, handle: (call: Call<N>) => Answer<N>) => void;

export interface RouteDependencies {
  app: FastifyInstance;
  /** Who sends this request, from its cookie; null when nobody is signed in. */
  authenticate(request: FastifyRequest): Promise<Actor | null>;
  idempotency: Idempotency;
}

function responseSchemas(endpoint: Endpoint) {
  const success = endpoint.response === undefined ? {} : { [endpoint.status]: endpoint.response };
  return { ...success, '4xx': Problem, '5xx': Problem };
}

function readVersion(request: FastifyRequest): number {
  const header = request.headers['if-match'];
  if (header === undefined) throw new AppError('version_required');
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1];
  if (digits === undefined) throw new AppError('stale_version');
  return Number(digits);
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{8,200}$/.test(key)) {
    const path = '/headers/idempotency-key';
    const messages = { hi: '8 से 200 अक्षर चाहिए।', en: 'It takes 8 to 200 characters.' };
    throw new AppError('invalid_input', { fields: [{ path, messages }] });
  }
  return key;
}

function setEtag(reply: FastifyReply, body: unknown): void {
  if (typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number') {
    reply.header('etag', `"${body.version}"`);
  }
}

export function createRoute({ app, authenticate, idempotency }: RouteDependencies): Route {
  return (name, handle) => {
    const endpoint: Endpoint = endpoints[name];
    const [method, url] = paths[name];

    async function actorFor(request: FastifyRequest): Promise<Actor | null> {
      const actor = await authenticate(request);
      if (endpoint.capability === 'anyone') return actor;
      if (actor === null) throw new AppError('not_signed_in');
      if (endpoint.capability !== 'signed-in' && !holds(actor, endpoint.capability))
        throw new AppError('not_allowed');
      return actor;
    }

    app.route({
      method,
      url,
      schema: {
        operationId: name,
        summary: endpoint.summary,
        tags: [name.split('.')[0] ?? name],
        ...(endpoint.params && { params: endpoint.params }),
        ...(endpoint.query && { querystring: endpoint.query }),
        ...(endpoint.body && { body: endpoint.body }),
        ...(endpoint.multipart && { consumes: ['multipart/form-data'] }),
        response: responseSchemas(endpoint),
      },
      // Before the body is read: strangers cannot make the server receive one.
      onRequest: async (request) => {
        request.actor = await actorFor(request);
      },
      handler: async (request, reply) => {
        const { actor } = request;
        const key = endpoint.idempotent && actor ? idempotencyKey(request) : undefined;
        const claim =
          key !== undefined && actor !== null
            ? { memberId: actor.memberId, key, route: `${method} ${request.url}`, body: request.body }
            : null;
        if (claim !== null) {
          const claimed = await idempotency.claim(claim);
          if (claimed.repeat) {
            setEtag(reply, claimed.body);
            return reply.code(endpoint.status).header('idempotency-replayed', 'true').send(claimed.body);
          }
        }
        try {
          const call = {
            actor: claim === null || actor === null ? actor : { ...actor, idempotencyKey: claim.key },
            params: request.params,
            query: request.query,
            body: request.body,
            version: endpoint.versioned ? readVersion(request) : 0,
            request,
            reply,
          };
          // Checked edge: the schemas above have just validated every part, and the actor by capability.
          const answer = await handle(call as Parameters<typeof handle>[0]);
          if (endpoint.raw) return reply;
          setEtag(reply, answer);
          return reply.code(endpoint.status).send(answer ?? null);
        } catch (error) {
          if (claim !== null) await idempotency.release(claim);
          throw error;
        }
      },
    });
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; set by every route of the contract. */
    actor: Actor | null;
  }
}
