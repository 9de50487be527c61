import { liveChannel } from '../audit/change.js';
import type { Database } from '../database/database.js';
import { listen } from '../database/listen.js';
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
  const listening = listen({
    url,
    name: 'tathya-live',
    channels: [liveChannel, indexChannel],
    onNotice(channel, payload) {
      if (channel === indexChannel) {
        onIndexChange?.();
        return;
      }
      const event = readEvent(payload);
      if (event !== null) for (const listener of listeners) listener(event);
    },
    onOpen: () => onIndexChange?.(),
    logger,
  });

  return {
    ...createPostgresPublisher({ db }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await listening.close();
      listeners.clear();
    },
  };
}
