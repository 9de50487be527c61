import { setTimeout as delay } from 'node:timers/promises';

export interface EventuallyOptions {
  timeoutMs?: number;
  everyMs?: number;
}

/**
 * Calls `look` until it neither throws nor gives false, null or undefined, and returns what it gave. Fails
 * with the last reason once the time is up.
 */
export async function eventually<Result>(
  look: () => Result | Promise<Result>,
  { timeoutMs = 10_000, everyMs = 25 }: EventuallyOptions = {},
): Promise<NonNullable<Result>> {
  const end = performance.now() + timeoutMs;
  let reason: unknown;
  do {
    try {
      const result = await look();
      if (result !== undefined && result !== null && result !== false) return result;
      reason = new Error(`it gave ${String(result)}`);
    } catch (error) {
      reason = error;
    }
    await delay(everyMs);
  } while (performance.now() < end);
  const last = reason instanceof Error ? reason.message : String(reason);
  throw new Error(`did not come true within ${timeoutMs} ms; last: ${last}`, { cause: reason });
}
