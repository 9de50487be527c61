import type { StaticOf } from '../../server/contract/endpoint.js';
import type { Endpoints } from '../../server/contract/endpoints.js';
import type { EndpointName } from '../../server/contract/paths.js';

type Part<N extends EndpointName, K extends string> = K extends keyof Endpoints[N]
  ? StaticOf<Endpoints[N][K]>
  : undefined;

type Nothing = Record<never, never>;

/** Absent, or present and undefined: both leave a parameter out of the address. */
type Loose<T> = { [K in keyof T]?: T[K] | undefined };

/** What an endpoint answers with; nothing for 204. */
export type Answer<N extends EndpointName> = Part<N, 'response'>;
export type Params<N extends EndpointName> = Part<N, 'params'>;
export type Query<N extends EndpointName> = Part<N, 'query'>;
export type Body<N extends EndpointName> = Part<N, 'body'>;

type Given<N extends EndpointName, K extends 'params' | 'body'> =
  Part<N, K> extends undefined ? Nothing : { [P in K]: Part<N, K> };
type GivenQuery<N extends EndpointName> =
  Part<N, 'query'> extends undefined ? Nothing : { query?: Loose<Part<N, 'query'>> };
type GivenVersion<N extends EndpointName> = Endpoints[N] extends { versioned: true }
  ? { ifMatch: number }
  : Nothing;

/** What a read takes: its key in the cache. */
export type ReadInput<N extends EndpointName> = Given<N, 'params'> & GivenQuery<N>;

export type CallInput<N extends EndpointName> = ReadInput<N> &
  Given<N, 'body'> &
  GivenVersion<N> & {
    /** The same key on every try of one intention; the server then acts once. */
    idempotencyKey?: string;
    signal?: AbortSignal;
  };

/** The argument may be left out when nothing in it is needed. */
export type Rest<T> = Nothing extends T ? [input?: T] : [input: T];

type NamesWhere<Shape> = {
  [N in EndpointName]: Endpoints[N] extends Shape ? N : never;
}[EndpointName];

export type UploadName = NamesWhere<{ multipart: true }>;
export type FileName = NamesWhere<{ raw: true }>;
/** Endpoints that speak JSON both ways. */
export type CallName = Exclude<EndpointName, UploadName | FileName>;
/** Lists with a cursor. */
export type PageName = {
  [N in CallName]: Answer<N> extends { items: unknown[]; nextCursor: string | null } ? N : never;
}[CallName];
export type ItemOf<N extends PageName> = Answer<N> extends { items: (infer Item)[] } ? Item : never;
