import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Analyser } from '../search/analyser/analyser.js';
import { createEmbeddedIndex } from '../search/embedded/embedded-index.js';
import { createFallbackIndex, type SearchReader } from '../search/fallback/fallback-index.js';
import { createFollower, type Follower } from '../search/follow.js';
import type { SearchLogger } from '../search/logger.js';
import { createMeilisearchIndex } from '../search/meilisearch/meilisearch-index.js';
import type { Standby } from '../search/search-index.js';
import type { Config } from './config.js';
import type { Database } from './database/database.js';
import { findMediaQueue } from './jobs/jobs.repository.js';
import { createChangeLog } from './library/change-log.repository.js';
import { createIndexDocuments } from './library/index-documents.repository.js';
import { createIndexLag } from './library/index-lag.repository.js';
import { holdTurn } from './run/turn.js';

export interface ComposedSearch {
  index: SearchReader;
  /** Keeps the index of this process in step. */
  follower: Follower;
  /** Why the index of this process answers although another one was set up, in words; null otherwise. */
  standby(): Standby;
  /** Something changed in the database. */
  wake(): void;
  start(): void;
  close(): Promise<void>;
}

/** Meilisearch is not asked while it shows a state as old as this: it catches up after an outage. */
const longestLagMs = 20_000;

/** The index of this process; with `MEILI_URL` as the standby of a Meilisearch, which one process at a time follows for. */
export async function composeSearch({
  config,
  db,
  appUrl,
  logger,
  analyser,
}: {
  config: Pick<Config, 'dataDir' | 'meilisearch'>;
  db: Database;
  /** The application's login; the turn to follow is held by a connection of its own. */
  appUrl: string;
  logger: SearchLogger;
  analyser: Analyser;
}): Promise<ComposedSearch> {
  const embedded = createEmbeddedIndex({
    logger,
    analyser,
    snapshotFile: path.join(config.dataDir, 'search-index.snapshot'),
  });
  const documents = createIndexDocuments({ db });
  const following = { changes: createChangeLog({ db, documents }), build: documents.build, logger };
  const follower = createFollower({ ...following, name: `api-${randomUUID()}`, index: embedded });
  if (config.meilisearch === null) {
    return {
      index: embedded,
      follower,
      standby: () => null,
      wake: follower.wake,
      start: follower.start,
      close: follower.stop,
    };
  }

  const { name, ...address } = await meilisearchOf(db, config.meilisearch);
  const closing = new AbortController();
  const open = (more: { signal?: AbortSignal }) =>
    createMeilisearchIndex({ ...address, mark: name, logger, analyser, ...more });
  const lag = createIndexLag({ db });
  const index = createFallbackIndex({
    main: open({}),
    standby: embedded,
    logger,
    async behind() {
      const ms = await lag(name);
      if (ms === null) return 'nobody follows for it yet';
      return ms > longestLagMs ? `it is ${Math.round(ms / 1_000)} s behind` : null;
    },
  });
  let other: Follower | null = null;
  let turn: ReturnType<typeof holdTurn> | null = null;
  return {
    index,
    follower,
    standby: index.standby,
    wake() {
      follower.wake();
      other?.wake();
    },
    start() {
      follower.start();
      turn ??= holdTurn({
        url: appUrl,
        name,
        logger,
        onTurn() {
          const mine = createFollower({ ...following, name, index: open({ signal: closing.signal }) });
          other = mine;
          mine.start();
          return async () => {
            other = null;
            await mine.stop();
          };
        },
      });
    },
    async close() {
      closing.abort(new Error('the server is stopping'));
      await Promise.all([turn?.close(), index.close(), follower.stop()]);
    },
  };
}

/** Where this database's indexes lie on the server, and the name under which the change log knows who follows for them. */
export async function meilisearchOf(db: Database, { url, key }: NonNullable<Config['meilisearch']>) {
  // The name this database goes by wherever several share a server.
  const { redisPrefix: prefix } = await findMediaQueue(db);
  return { url, key, prefix, name: `meilisearch-${prefix}` };
}
