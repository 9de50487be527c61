import type { Static, TSchema } from 'typebox';
import type { Capability } from './capabilities.js';

/**
 * What one endpoint takes and gives. `capability` is what the caller must hold somewhere; `signed-in` asks only
 * for a session, `anyone` for nothing.
 */
export interface Endpoint {
  capability: Capability | 'signed-in' | 'anyone';
  summary: string;
  params?: TSchema;
  query?: TSchema;
  body?: TSchema;
  /** The body of the one success answer; absent for files and streams. */
  response?: TSchema;
  status: 200 | 201 | 204;
  /** Takes an `Idempotency-Key`. */
  idempotent?: boolean;
  /** Needs `If-Match` with the version last seen. */
  versioned?: boolean;
  /** The body is `multipart/form-data`, read by the handler. */
  multipart?: boolean;
  /** Answers with a file or a stream, not JSON. */
  raw?: boolean;
}

export type StaticOf<T> = T extends TSchema ? Static<T> : undefined;
