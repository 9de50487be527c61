import type { SearchLogger } from '../logger.js';
import type { IndexHealth, SearchIndex, Standby } from '../search-index.js';

/** What can be asked of an index; writing is its followers' business. */
export type SearchReader = Pick<SearchIndex, 'search' | 'candidates' | 'health'>;

export interface FallbackIndex extends SearchReader {
  standby(): Standby;
  /** Looks at the main index now, and not only when it is time to. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Two indexes as one: the main one answers while it can be reached and is in step, the standby otherwise. The switch is
 * made by the first question that fails, and back by a look every few seconds, so nobody waits for a server that is away.
 */
export function createFallbackIndex({
  main,
  standby,
  behind,
  logger,
  lookMs = 2_000,
}: {
  main: SearchReader;
  standby: SearchReader;
  /** Why the main index does not show the present state, in words; null when it does. */
  behind: () => Promise<string | null>;
  logger: SearchLogger;
  lookMs?: number;
}): FallbackIndex {
  // Until the first look nobody knows.
  let reason: string | null = 'not looked at yet';
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let closed = false;

  function settle(now: string | null): void {
    if ((now === null) !== (reason === null)) {
      if (now === null) logger.info({}, 'the main search index answers');
      else logger.warn({ reason: now }, 'the main search index is away; the standby answers');
    }
    reason = now;
  }

  async function judge(): Promise<string | null> {
    try {
      const { ready, reason: unready } = await main.health();
      return ready ? await behind() : (unready ?? 'not ready');
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  function look(): Promise<void> {
    looking ??= judge().then((now) => {
      looking = null;
      if (!closed) settle(now);
    });
    return looking;
  }

  function again(): void {
    if (closed) return;
    timer = setTimeout(() => void look().then(again), lookMs);
    timer.unref();
  }

  async function answered<T>(ask: (index: SearchReader) => Promise<T>): Promise<T> {
    if (reason !== null) return ask(standby);
    try {
      return await ask(main);
    } catch (error) {
      settle(error instanceof Error ? error.message : String(error));
      return ask(standby);
    }
  }

  void look().then(again);

  return {
    search: (query) => answered((index) => index.search(query)),
    candidates: (query) => answered((index) => index.candidates(query)),
    async health(): Promise<IndexHealth> {
      const kept = await standby.health();
      // While the standby is still being filled, the main index may well be able to answer.
      return kept.ready || reason !== null ? kept : main.health();
    },
    standby: () => (reason === null ? null : { reason }),
    look,
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await looking;
    },
  };
}
