import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findBinaries } from './embedded/binaries.js';
import { checkClusterVersion, clusterExists, makeCluster } from './embedded/cluster.js';
import { makeDatabase } from './embedded/first-database.js';
import { type Guard, takeGuard } from './embedded/guard.js';
import { type Logins, readLogins, saveLogins, urlOf } from './embedded/logins.js';
import { EmbeddedPostgresError } from './embedded/problem.js';
import { chooseRunAs } from './embedded/run-as.js';
import {
  findRunning,
  freePort,
  launchServer,
  type ServerPlace,
  serverArguments,
  stopServer,
} from './embedded/server-process.js';
import type { DatabaseLogger } from './logger.js';

export interface StartEmbeddedPostgresOptions {
  dataDir: string;
  logger: DatabaseLogger;
  /** Server settings that differ from ours, such as `fsync=off` for tests. */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Login that owns and migrates the tables. */
  ownerUrl: string;
  /** Login the application works with. */
  appUrl: string;
  /** Superuser: makes databases and roles; for tests and repairs only. */
  adminUrl: string;
  /** Shuts the server down after its sessions were ended; safe to call more than once. */
  stop(): Promise<void>;
}

interface Attempt {
  place: ServerPlace;
  logins: Logins;
  settings: Readonly<Record<string, string>>;
  logger: DatabaseLogger;
  /** Addresses were given out with this port, so only this one will do. */
  keepPort: boolean;
}

const readyWithinMs = 300_000;

/** Adopts the server that is still running when it is what we would start; else ends it. */
async function adopt({ place, logins, settings, logger }: Attempt): Promise<Guard | null> {
  const running = await findRunning(place.dataDir);
  if (!running) return null;
  const isGone = async () => (await findRunning(place.dataDir)) === null;
  const mine = { ...logins, port: running.port };
  const guard = await takeGuard({ url: urlOf('admin', mine, 'postgres'), withinMs: 15_000, isGone });
  const args = serverArguments(place.dataDir, running.port, settings);
  if (guard && running.port === logins.port && (await running.startedWith(place.binaries.postgres, args))) {
    logger.info({ pid: running.pid, port: running.port }, 'took over the PostgreSQL that was still running');
    return guard;
  }
  logger.info({ pid: running.pid }, 'stopping the PostgreSQL that was still running');
  await guard?.release();
  await stopServer(place);
  return null;
}

/** Starts the server and waits until it answers; a crash may have left much to replay. */
async function launch({ place, logins, settings, keepPort }: Attempt): Promise<Guard> {
  let lastWords = '';
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const port = keepPort ? logins.port : await freePort(attempt < 3 ? logins.port : 0);
    if (port !== logins.port) {
      logins.port = port;
      await saveLogins(place.dataDir, logins);
    }
    const { ended } = await launchServer(place, serverArguments(place.dataDir, port, settings));
    let over = false;
    const result = await Promise.race([
      ended.finally(() => {
        over = true;
      }),
      takeGuard({
        url: urlOf('admin', logins, 'postgres'),
        withinMs: readyWithinMs,
        isGone: async () => over,
      }),
    ]);
    if (result !== null && typeof result !== 'string') return result;
    if (!over) throw new EmbeddedPostgresError('PostgreSQL was started but does not answer');
    lastWords = await ended;
    // A port taken meanwhile, or shared memory that a killed server's children have not let go yet.
    if (!/shared memory|could not bind|could not create any TCP|already exists/.test(lastWords)) break;
    await delay(500);
  }
  throw new EmbeddedPostgresError(`PostgreSQL does not start:\n${lastWords}`);
}

const bringUp = async (attempt: Attempt): Promise<Guard> => (await adopt(attempt)) ?? (await launch(attempt));

/**
 * Starts the program's own PostgreSQL in `DATA_DIR/postgres`, making it the first time, and keeps it up:
 * one left by a killed program is adopted, one that dies is started again on the same port. Rejects with
 * `EmbeddedPostgresError` when another Tathya works in the folder or the server cannot be had.
 */
export async function startEmbeddedPostgres({
  dataDir: folder,
  logger,
  settings = {},
}: StartEmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const dataDir = path.resolve(await realpath(folder));
  const binaries = await findBinaries();
  const runAs = await chooseRunAs(binaries.postgres, dataDir);
  const place: ServerPlace = { dataDir, binaries, runAs };
  const logins = await readLogins(dataDir, clusterExists(dataDir));
  if (clusterExists(dataDir)) {
    await checkClusterVersion(dataDir);
  } else {
    logger.info({ dataDir }, 'making the PostgreSQL data folder');
    await makeCluster({ dataDir, binaries, runAs, logins });
  }

  const attempt: Attempt = { place, logins, settings, logger, keepPort: false };
  let guard = await bringUp(attempt);
  try {
    await makeDatabase(logins);
  } catch (error) {
    await stopServer(place);
    await guard.release();
    throw error;
  }

  let stopping = false;
  const untilStopped = new AbortController();

  /** Waits for the server to be lost and brings it back, until told to stop. */
  const keepUp = async () => {
    while (!stopping) {
      await guard.lost;
      for (let wait = 200; !stopping; wait = Math.min(wait * 2, 10_000)) {
        logger.warn({ dataDir }, 'PostgreSQL went away; starting it again');
        try {
          guard = await bringUp({ ...attempt, keepPort: true });
          logger.info({ port: logins.port }, 'PostgreSQL is back');
          break;
        } catch (error) {
          logger.error({ err: error }, 'PostgreSQL did not come back; trying again');
          await delay(wait, undefined, { signal: untilStopped.signal }).catch(() => undefined);
        }
      }
    }
  };
  const keeping = keepUp();

  const shutDown = async () => {
    stopping = true;
    untilStopped.abort();
    // The guard is kept to the end, so that a program starting now waits; the server ends it.
    await stopServer(place);
    await guard.release();
    await keeping;
    // Brought back in the very moment of stopping.
    await guard.release();
    await stopServer(place);
  };
  let stopped: Promise<void> | null = null;
  return {
    ownerUrl: urlOf('owner', logins),
    appUrl: urlOf('app', logins),
    adminUrl: urlOf('admin', logins, 'postgres'),
    stop: () => {
      stopped ??= shutDown();
      return stopped;
    },
  };
}
