import { availableParallelism } from 'node:os';
import path from 'node:path';
import { openDiskStore } from '../pipeline/files/disk-store.js';
import { jobDefinitions } from '../pipeline/jobs.js';
import { loadHandlers } from '../pipeline/load-handlers.js';
import { hardenSharp } from '../pipeline/media/harden-sharp.js';
import { detectTools } from '../pipeline/media/tools.js';
import type { Logger } from '../pipeline/ports.js';
import { createPostgresQueue } from '../pipeline/queue/postgres-queue.js';
import { startWorker, type WorkerTiming } from '../pipeline/worker.js';
import type { Config } from './config.js';
import { createMediaEffects } from './creatives/media-effects.repository.js';
import { createCreativeStore, createRenditionStore } from './creatives/worker-stores.repository.js';
import type { Database } from './database/database.js';
import { readSpec } from './formats/formats.policy.js';
import { createJobStore } from './jobs/job-store.repository.js';
import { createPostgresPublisher } from './live/postgres-publisher.js';
import { namesFiles } from './storage/stored-files.repository.js';

export interface ComposeWorkerOptions {
  config: Config;
  db: Database;
  /** The application's login; the queue keeps connections of its own. */
  appUrl: string;
  logger: Logger;
  /** Shorter times for tests. */
  timing?: Partial<WorkerTiming>;
}

export interface RunningWorker {
  readonly id: string;
  stop(): Promise<void>;
}

/** Jobs run at once: films take two cores each, pictures one. */
function lanesFor(cores: number) {
  return { image: Math.max(1, cores - 1), audio: 1, video: Math.max(1, Math.floor(cores / 2)), small: 1 };
}

/** One process that makes renditions: queue, stores, media tools and handlers put together. */
export async function composeWorker({
  config,
  db,
  appUrl,
  logger,
  timing,
}: ComposeWorkerOptions): Promise<RunningWorker> {
  const files = await openDiskStore({
    directory: path.join(config.dataDir, 'storage'),
    expectFiles: await namesFiles(db),
  });
  const tools = await detectTools({ ffmpegPath: config.media.ffmpegPath });
  hardenSharp({ concurrency: 2 });
  const handlers = await loadHandlers({
    creatives: createCreativeStore({ db }),
    renditions: createRenditionStore({ db, readSpec }),
    files,
    tools,
  });
  const queue = createPostgresQueue({ url: appUrl, logger });
  const worker = await startWorker({
    queue,
    store: createJobStore({
      database: db,
      live: createPostgresPublisher({ db }),
      effects: createMediaEffects(),
      logger,
    }),
    files,
    definitions: jobDefinitions,
    handlers,
    lanes: lanesFor(availableParallelism()),
    ...(timing && { timing }),
    logger,
  }).catch(async (error: unknown) => {
    await queue.close();
    throw error;
  });
  return { id: worker.id, stop: () => worker.stop({ graceMs: 15_000 }) };
}
