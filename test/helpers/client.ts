import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type { StaticOf } from '../../server/contract/endpoint.js';
import type { Endpoints } from '../../server/contract/endpoints.js';
import { type EndpointName, paths } from '../../server/contract/paths.js';
import { type Login, testPassword } from './world.js';

type Part<N extends EndpointName, K extends string> = Endpoints[N] extends { [P in K]: infer S }
  ? StaticOf<S>
  : undefined;

export interface Answer<T> {
  status: number;
  body: T;
  headers: LightMyRequestResponse['headers'];
  raw: LightMyRequestResponse;
}

export interface CallOptions<N extends EndpointName> {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | readonly string[]>;
  body?: Part<N, 'body'> | Record<string, unknown>;
  ifMatch?: number;
  key?: string;
  headers?: Record<string, string>;
  /** A ready multipart body; set with its content type in `headers`. */
  payload?: Buffer;
}

/** A signed-in (or anonymous) caller of the app, without a network. */
export interface Client {
  cookie: string;
  /** Calls an endpoint of the contract; the body is typed as its success answer, whatever came. */
  call<N extends EndpointName>(name: N, options?: CallOptions<N>): Promise<Answer<Part<N, 'response'>>>;
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
}

export function addressOf(name: EndpointName, params: Record<string, string> = {}): string {
  return paths[name][1].replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? 'missing'));
}

export function createClient(app: FastifyInstance, cookie = ''): Client {
  const inject = (options: InjectOptions) =>
    app.inject({ ...options, headers: { ...(cookie && { cookie }), ...options.headers } });
  return {
    cookie,
    inject,
    async call(name, options = {}) {
      const payload = options.payload ?? options.body;
      const response = await inject({
        method: paths[name][0],
        url: addressOf(name, options.params),
        ...(options.query && {
          query: Object.fromEntries(
            Object.entries(options.query).map(([key, value]) => [
              key,
              typeof value === 'object' ? [...value] : String(value),
            ]),
          ),
        }),
        ...(payload !== undefined && { payload: payload as string | object | Buffer }),
        headers: {
          ...(options.ifMatch !== undefined && { 'if-match': `"${options.ifMatch}"` }),
          ...(options.key !== undefined && { 'idempotency-key': options.key }),
          ...options.headers,
        },
      });
      const isJson = String(response.headers['content-type'] ?? '').includes('json');
      return {
        status: response.statusCode,
        // Checked edge: tests look at the status before they trust the shape.
        body: (isJson && response.body !== '' ? response.json() : undefined) as never,
        headers: response.headers,
        raw: response,
      };
    },
  };
}

/** Signs in and gives a caller that carries the cookies. */
export async function signIn(
  app: FastifyInstance,
  login: Login | string,
  password = testPassword,
): Promise<Client> {
  const response = await app.inject({ method: 'POST', url: '/api/session', payload: { login, password } });
  if (response.statusCode !== 200)
    throw new Error(`sign-in of ${login} answered ${response.statusCode}: ${response.body}`);
  return createClient(app, response.cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
}
