import { performance } from 'node:perf_hooks';
import type { JobStore, Logger, WorkerPulse } from './ports.js';
import { repeat } from './repeat.js';

export interface WatchOptions {
  /** Silence after which a worker counts as dead. */
  limitMs: number;
  /** Expected time between two looks. */
  everyMs: number;
}

/**
 * Tells which workers have sent no heartbeat while we were looking for `limitMs`. It goes by its own
 * steady clock and counts only time in which it could look, so neither a jump of a clock nor an outage of
 * the database makes the living look dead.
 */
export function createWatch({ limitMs, everyMs }: WatchOptions) {
  const seen = new Map<string, { beats: number; silentMs: number }>();
  let lastLook: number | undefined;
  return {
    look(pulses: readonly WorkerPulse[], now: number): WorkerPulse[] {
      // A longer gap than two turns was an outage: nobody could send a heartbeat either.
      const watched = lastLook === undefined ? 0 : Math.min(now - lastLook, 2 * everyMs);
      lastLook = now;
      const present = new Set(pulses.map(({ id }) => id));
      for (const id of seen.keys()) if (!present.has(id)) seen.delete(id);
      return pulses.filter(({ id, beats }) => {
        const before = seen.get(id);
        const silentMs = before?.beats === beats ? before.silentMs + watched : 0;
        seen.set(id, { beats, silentMs });
        return silentMs >= limitMs;
      });
    },
  };
}

export interface ReaperOptions {
  store: Pick<JobStore<never>, 'pulses' | 'bury' | 'recover'>;
  /** A live worker sends a heartbeat every 2 s, so 10 s of silence are five missed ones. */
  limitMs?: number;
  everyMs?: number;
  logger: Logger;
}

/**
 * Frees the jobs of dead workers within seconds (graphile-worker alone waits 4 hours) and offers jobs the
 * queue has lost. Runs in every process; any number of them agree through the database.
 */
export function startReaper({ store, limitMs = 10_000, everyMs = 3_000, logger }: ReaperOptions): {
  stop(): Promise<void>;
} {
  const watch = createWatch({ limitMs, everyMs });
  return repeat({
    everyMs,
    async work() {
      for (const pulse of watch.look(await store.pulses(), performance.now())) {
        if (await store.bury(pulse))
          logger.warn({ workerId: pulse.id }, 'a worker gave no sign of life: its jobs go to others');
      }
      const mended = await store.recover();
      if (mended.requeued + mended.gaveUp + mended.offered > 0)
        logger.warn({ ...mended }, 'jobs were recovered');
    },
    failed: (error) => logger.warn({ err: error }, 'the look after dead workers failed'),
  });
}
