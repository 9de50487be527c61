import pg from 'pg';
import { liveChannel } from '../audit/change.js';
import type { Database } from '../database/database.js';
import type { Live, LiveEvent } from './live.js';
import { createPostgresPublisher } from './postgres-publisher.js';

export interface PostgresLiveOptions {
  db: Database;
  /** The application's login; listening needs a connection of its own. */
  url: string;
  logger: { warn(fields: object, message: string): void };
  /** Called on every notice that the search index has changes to follow. */
  onIndexChange?: () => void;
}

const indexChannel = 'tathya_index';
const reconnectMs = 1_000;

function readEvent(payload: string | undefined): LiveEvent | null {
  try {
    const event: unknown = JSON.parse(payload ?? '');
    // Checked edge: only our own `publish` and `createChange` write on this channel.
    if (typeof event === 'object' && event !== null && 'topic' in event && 'id' in event)
      return event as LiveEvent;
  } catch {
    // Something else wrote on our channel; nobody is told.
  }
  return null;
}

/** Live events over PostgreSQL NOTIFY: they reach every process when, and only when, their transaction commits. */
export function createPostgresLive({ db, url, logger, onIndexChange }: PostgresLiveOptions): Live {
  const listeners = new Set<(event: LiveEvent) => void>();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  function again(): void {
    if (closed || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      connecting = connect();
    }, reconnectMs);
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'tathya-live', keepAlive: true });
    next.on('error', (error) => logger.warn({ err: error }, 'the live connection was lost'));
    next.on('end', () => {
      if (client === next) client = null;
      again();
    });
    next.on('notification', ({ channel, payload }) => {
      if (channel === indexChannel) {
        onIndexChange?.();
        return;
      }
      const event = readEvent(payload);
      if (event !== null) for (const listener of listeners) listener(event);
    });
    try {
      await next.connect();
      await next.query(`listen ${liveChannel}; listen ${indexChannel}`);
      client = next;
      // Whatever changed while nobody listened is found by looking, not by hearing.
      onIndexChange?.();
    } catch (error) {
      logger.warn({ err: error }, 'the live connection could not be opened');
      await next.end().catch(() => undefined);
      again();
    }
  }

  let connecting = connect();

  return {
    ...createPostgresPublisher({ db }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await connecting;
      await client?.end();
      listeners.clear();
    },
  };
}
