import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { type FailureDetails, failures } from '../server/contract/failures.js';
import type { FailureCode, Lane } from '../server/contract/lists.js';

/** What a job works on: the row a person looks at to see how it is going. */
export interface JobObject {
  kind: 'creative' | 'rendition' | 'print';
  id: string;
}

/** One kind of job: what it carries and how patient the workers are with it. */
export interface JobDefinition<Name extends string, Payload extends TSchema> {
  name: Name;
  /** Lanes it may be queued in; the caller picks one by what the work is heavy on. */
  lanes: readonly Lane[];
  /** Higher goes first, -1000 to 1000. */
  priority: number;
  /** Ids and numbers only: content stays in the database and the file store. */
  payload: Payload;
  /** Runs that may end in a failure which a repeat could cure. */
  maxAttempts: number;
  /** A run longer than this is aborted with `time_limit`. */
  timeoutMs: number;
  /** While a job with this key waits or runs, another one is not made. */
  dedupeKey(payload: Static<Payload>): string;
  object(payload: Static<Payload>): JobObject;
}

/** Declares a kind of job; its handler is written apart, so that the server never loads media code. */
export function defineJob<const Name extends string, Payload extends TSchema>(
  definition: JobDefinition<Name, Payload>,
): JobDefinition<Name, Payload> {
  return definition;
}

/** Any definition, where its payload is not looked into. */
export type AnyJobDefinition = JobDefinition<string, TSchema>;

/** The payload a definition declares. */
export type PayloadOf<Definition> =
  Definition extends JobDefinition<string, infer Payload> ? Static<Payload> : never;

/** Reads a payload back from the database; throws when it is not what the definition declares. */
export function readPayload<Payload extends TSchema>(
  definition: { name: string; payload: Payload },
  value: unknown,
): Static<Payload> {
  if (!Value.Check(definition.payload, value)) {
    throw new TypeError(`the payload of a ${definition.name} job is not what its definition declares`);
  }
  return value;
}

export interface JobFailureOptions {
  details?: FailureDetails;
  cause?: unknown;
}

/** A run that failed for a reason in the closed list. Whether a repeat may cure it is the list's to say. */
export class JobFailure extends Error {
  readonly code: FailureCode;
  readonly details: FailureDetails | undefined;

  constructor(code: FailureCode, { details, cause }: JobFailureOptions = {}) {
    super(`the job failed: ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'JobFailure';
    this.code = code;
    this.details = details;
  }
}

/** Whether doing the same again may end better. */
export function isRetryable(code: FailureCode): boolean {
  return !failures[code].final;
}
