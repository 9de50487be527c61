import type { Static, TSchema } from 'typebox';
import { type AnyJobDefinition, type JobDefinition, readPayload } from './job.js';
import type { Commit } from './ports.js';

/** What a handler is given for one run. */
export interface RunningJob<Payload, Tx> {
  id: string;
  payload: Payload;
  /** Earlier runs that ended by themselves; some of the work may be done already. */
  attempts: number;
  /** Whether a failure of this run is the last word. */
  lastAttempt: boolean;
  /** Fires when the run must stop at once: cancelled, too long, taken away, or the worker stops. */
  signal: AbortSignal;
  /** Makes the run's private directory, removed when the run ends. */
  workDirectory(): Promise<string>;
  /** Says how far the run is, 0 to 1; may be called as often as one likes. */
  progress(fraction: number): void;
  /** Keeps a part of the results now; throws when the job was taken away. */
  checkpoint(commit: Commit<Tx>): Promise<void>;
}

/** Writes that go into the database together with the job's end. */
export interface JobResult<Tx> {
  commit?: Commit<Tx>;
}

/** Does one kind of job; what it carries has been read back and checked. */
export interface JobHandler<Tx> {
  definition: AnyJobDefinition;
  run(job: RunningJob<unknown, Tx>): Promise<JobResult<Tx>>;
}

/**
 * Ties code to a kind of job. The code throws an error with a failure code (`JobFailure`) for a known
 * reason; anything else counts as `internal`. It must end soon after its signal fires.
 */
export function defineHandler<Tx, Name extends string, Payload extends TSchema>(
  definition: JobDefinition<Name, Payload>,
  run: (job: RunningJob<Static<Payload>, Tx>) => Promise<JobResult<Tx>>,
): JobHandler<Tx> {
  return {
    definition,
    run: (job) => run({ ...job, payload: readPayload(definition, job.payload) }),
  };
}

/** The handler of each kind of job; throws when one has none, or two, or is not a kind of job at all. */
export function matchHandlers<Tx>(
  definitions: readonly { name: string }[],
  handlers: readonly JobHandler<Tx>[],
): ReadonlyMap<string, JobHandler<Tx>> {
  const problems: string[] = [];
  const matched = new Map<string, JobHandler<Tx>>();
  for (const { name } of definitions) {
    const [handler, second] = handlers.filter(({ definition }) => definition.name === name);
    if (!handler) problems.push(`${name} has no handler`);
    else if (second) problems.push(`${name} has more than one handler`);
    else matched.set(name, handler);
  }
  for (const { definition } of handlers) {
    if (!definitions.some(({ name }) => name === definition.name))
      problems.push(`${definition.name} is not a kind of job`);
  }
  if (problems.length > 0) throw new Error(`the workers cannot start: ${problems.join('; ')}`);
  return matched;
}
