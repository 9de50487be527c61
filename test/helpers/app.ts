import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Api, composeApi } from '../../server/compose.js';
import { readConfig } from '../../server/config.js';
import { type Client, createClient, signIn } from './client.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { createWorld, type Login, type World } from './world.js';

export interface TestApp extends TestDatabase {
  app: FastifyInstance;
  api: Api;
  services: Api['services'];
  world: World;
  dataDir: string;
  /** A signed-in caller; signs in once per login. */
  as(login: Login): Promise<Client>;
  anonymous: Client;
  /** Every log line so far, for tests of what must not be in it. */
  log: string[];
  close(): Promise<void>;
}

export interface CreateTestAppOptions {
  environment?: Record<string, string>;
  uiDirectory?: string;
}

/** The real server over a database and a data folder of its own, filled with the small organisation. */
export async function createTestApp({
  environment = {},
  uiDirectory,
}: CreateTestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tathya-test-'));
  const world = await createWorld(database.db);
  const log: string[] = [];
  const config = readConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: database.appUrl,
    LOG_LEVEL: 'info',
    ...environment,
  });
  const api = await composeApi({
    config,
    db: database.db,
    appUrl: database.appUrl,
    uiDirectory: uiDirectory ?? null,
    processMetrics: false,
    logStream: { write: (line) => log.push(line) },
  });
  await api.start();
  await api.app.ready();
  const clients = new Map<string, Promise<Client>>();
  return {
    ...database,
    app: api.app,
    api,
    services: api.services,
    world,
    dataDir,
    log,
    anonymous: createClient(api.app),
    as(login) {
      const client = clients.get(login) ?? signIn(api.app, login);
      clients.set(login, client);
      return client;
    },
    async close() {
      await api.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
