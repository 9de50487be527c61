import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

export interface TurnOptions {
  /** The application's login; the turn is held by a connection of its own. */
  url: string;
  /** What the turn is for: of all processes that ask for the same, one has it. */
  name: string;
  /** Called when the turn has come; what it gives is called when it is over. */
  onTurn(): () => Promise<void>;
  logger: { warn(fields: object, message: string): void };
  retryMs?: number;
}

/**
 * Waits for a turn and holds it until closed. It is free again as soon as its holder ends, however that ended: the
 * database sees the connection go.
 */
export function holdTurn({ url, name, onTurn, logger, retryMs = 2_000 }: TurnOptions): {
  close(): Promise<void>;
} {
  const closing = new AbortController();
  const { signal } = closing;
  const pause = () => delay(retryMs, undefined, { signal }).catch(() => undefined);

  async function hold(): Promise<void> {
    const client = new pg.Client({ connectionString: url, application_name: `tathya-turn`, keepAlive: true });
    const gone = new Promise<void>((resolve) => client.once('end', () => resolve()));
    client.on('error', (error) =>
      logger.warn({ err: error, name }, 'the connection that holds a turn was lost'),
    );
    try {
      await client.connect();
      while (!signal.aborted && !(await takeTurn(client, name))) await pause();
      if (signal.aborted) return;
      const stop = onTurn();
      await Promise.race([gone, aborted(signal)]);
      await stop();
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await hold().catch((error: unknown) =>
        logger.warn({ err: error, name }, 'no turn could be taken; will retry'),
      );
      if (!signal.aborted) await pause();
    }
  }

  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}

/** Whether the turn is now this connection's. */
export async function takeTurn(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock(hashtext($1), hashtext($2)) as taken',
    ['tathya.turn', name],
  );
  return rows[0]?.taken === true;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
