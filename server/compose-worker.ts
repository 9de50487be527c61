import { availableParallelism } from 'node:os';
import path from 'node:path';
import { openDiskStore } from '../pipeline/files/disk-store.js';
import { jobDefinitions } from '../pipeline/jobs.js';
import { loadHandlers } from '../pipeline/load-handlers.js';
import { hardenSharp } from '../pipeline/media/harden-sharp.js';
import { pipelineVersion } from '../pipeline/media/recipe-key.js';
import { detectTools } from '../pipeline/media/tools.js';
import type { Logger } from '../pipeline/ports.js';
import { openBullQueue } from '../pipeline/queue/bull-queue.js';
import type { JobQueue } from '../pipeline/queue/job-queue.js';
import { createPostgresQueue } from '../pipeline/queue/postgres-queue.js';
import { createSplitQueue } from '../pipeline/queue/split-queue.js';
import { startWorker, type WorkerTiming } from '../pipeline/worker.js';
import type { Config } from './config.js';
import { createCardPreviewStore } from './creatives/card-previews.repository.js';
import { createMediaEffects } from './creatives/media-effects.repository.js';
import { createCreativeStore, createRenditionStore } from './creatives/worker-stores.repository.js';
import type { Database } from './database/database.js';
import { readSpec } from './formats/formats.policy.js';
import { createJobStore } from './jobs/job-store.repository.js';
import { findMediaQueue } from './jobs/jobs.repository.js';
import { startRelay } from './jobs/relay.js';
import { createPostgresPublisher } from './live/postgres-publisher.js';
import { createPrintEffects } from './media-matches/print-effects.repository.js';
import { createPrintStore } from './media-matches/print-store.repository.js';
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

/** All lanes on the database, or media on Redis and small jobs on the database. */
async function openQueue({
  config,
  db,
  appUrl,
  logger,
}: Omit<ComposeWorkerOptions, 'timing'>): Promise<{ queue: JobQueue; stopRelay(): Promise<void> }> {
  const { onRedis, redisPrefix } = await findMediaQueue(db);
  if (onRedis !== (config.redisUrl !== null)) {
    logger.warn(
      { redisUrl: config.redisUrl === null ? 'not set' : 'set' },
      'the server has media on the other queue: REDIS_URL must be the same for all, or this worker gets no media',
    );
  }
  if (config.redisUrl === null) {
    return { queue: createPostgresQueue({ url: appUrl, logger }), stopRelay: async () => undefined };
  }
  const media = await openBullQueue({ url: config.redisUrl, prefix: redisPrefix, logger });
  const relay = startRelay({ database: db, url: appUrl, queue: media, logger });
  const queue = createSplitQueue({ small: createPostgresQueue({ url: appUrl, logger }), media });
  return { queue, stopRelay: () => relay.stop() };
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
  const tools = await detectTools(config.media);
  if (!tools.subtitles)
    logger.warn({ ffmpeg: tools.version }, 'this ffmpeg has no libass: no video gets subtitles');
  hardenSharp({ concurrency: 2 });
  const handlers = await loadHandlers({
    creatives: createCreativeStore({ db }),
    renditions: createRenditionStore({ db, readSpec }),
    prints: createPrintStore({ db }),
    cardPreviews: createCardPreviewStore({ db, madeBy: pipelineVersion }),
    files,
    tools,
    logger,
  });
  const { queue, stopRelay } = await openQueue({ config, db, appUrl, logger });
  const worker = await startWorker({
    queue,
    store: createJobStore({
      database: db,
      live: createPostgresPublisher({ db }),
      effects: { ...createMediaEffects(), ...createPrintEffects() },
      logger,
    }),
    files,
    definitions: jobDefinitions,
    handlers,
    lanes: lanesFor(availableParallelism()),
    ...(timing && { timing }),
    logger,
  }).catch(async (error: unknown) => {
    await stopRelay();
    await queue.close();
    throw error;
  });
  return {
    id: worker.id,
    async stop() {
      await stopRelay();
      await worker.stop({ graceMs: 15_000 });
      tools.pictures.close();
    },
  };
}
