import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Api, composeApi } from '../../server/compose.js';
import { composeWorker } from '../../server/compose-worker.js';
import { readConfig } from '../../server/config.js';
import { createDatabase, type Database } from '../../server/database/database.js';
import { startEmbeddedPostgres } from '../../server/database/embedded-postgres.js';
import { migrate } from '../../server/database/migrate.js';
import { type Client, signIn } from '../helpers/client.js';
import { createWorld, type Login, type World } from '../helpers/world.js';

/** The server and a worker as the program runs them by itself, over a database of their own. */
export interface RealServer {
  api: Api;
  db: Database;
  ownerDb: Database;
  appUrl: string;
  world: World;
  as(login: Login): Promise<Client>;
  stop(): Promise<void>;
}

const say = () => undefined;
const logger = { trace: say, debug: say, info: say, warn: say, error: console.error, fatal: console.error };

/** Starts PostgreSQL, server and worker with their everyday settings; `ffmpegPath` stands in for ffmpeg. */
export async function startRealServer({
  folder,
  ffmpegPath,
}: {
  folder: string;
  ffmpegPath?: string;
}): Promise<RealServer> {
  const dataDir = path.join(folder, 'data');
  await mkdir(dataDir, { recursive: true });
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), logger });
  await migrate({ ownerUrl: postgres.ownerUrl, appRole: 'tathya_app' });
  const { appUrl, ownerUrl } = postgres;
  const config = readConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: appUrl,
    LOG_LEVEL: 'error',
    ...(ffmpegPath !== undefined && { FFMPEG_PATH: ffmpegPath }),
  });
  const db = createDatabase({ url: appUrl, logger });
  const ownerDb = createDatabase({ url: ownerUrl, poolSize: 2, logger });
  const world = await createWorld(db);
  const api = await composeApi({ config, db, appUrl, uiDirectory: null, processMetrics: false });
  await api.start();
  await api.app.ready();
  const worker = await composeWorker({ config, db, appUrl, logger });
  return {
    api,
    db,
    ownerDb,
    appUrl,
    world,
    as: (login) => signIn(api.app, login),
    async stop() {
      await worker.stop();
      await api.close();
      await Promise.all([db.destroy(), ownerDb.destroy()]);
      await postgres.stop();
    },
  };
}
