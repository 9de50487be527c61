import { setTimeout as delay } from 'node:timers/promises';

export interface EventuallyOptions {
  timeoutMs?: number;
  everyMs?: number;
}

type Held<Result> = Exclude<Result, false | null | undefined>;

function holds<Result>(result: Result): result is Held<Result> {
  return result !== undefined && result !== null && result !== false;
}

/**
 * Calls `look` until it neither throws nor gives false, null or undefined, and returns what it gave. Fails
 * with the last reason once the time is up.
 */
export async function eventually<Result>(
  look: () => Result | Promise<Result>,
  { timeoutMs = 30_000, everyMs = 25 }: EventuallyOptions = {},
): Promise<Held<Result>> {
  const end = performance.now() + timeoutMs;
  let reason: unknown;
  do {
    try {
      const result = await look();
      if (holds(result)) return result;
      reason = new Error(`it gave ${String(result)}`);
    } catch (error) {
      reason = error;
    }
    await delay(everyMs);
  } while (performance.now() < end);
  const last = reason instanceof Error ? reason.message : String(reason);
  throw new Error(`did not come true within ${timeoutMs} ms; last: ${last}`, { cause: reason });
}
