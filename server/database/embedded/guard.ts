import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgresError } from './problem.js';

/** Held by the one program that works with a data folder; freed by PostgreSQL itself when that program dies. */
export interface Guard {
  /** Resolves when the connection ends, by `release` or because the server went away. */
  lost: Promise<void>;
  release(): Promise<void>;
}

/** Any fixed number will do: locks of the embedded server's `postgres` database are ours alone. */
const guardLock = 7_483_920;

export interface TakeGuardOptions {
  /** The superuser's address of the database `postgres`. */
  url: string;
  /** How long the server may take to answer. */
  withinMs: number;
  /** Tells, while waiting, that the server will never answer. */
  isGone: () => Promise<boolean>;
}

async function connect(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    application_name: 'tathya guard',
  });
  client.on('error', () => undefined); // `lost` tells it by the end of the connection
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    // A wrong password will not become right by waiting.
    if (error instanceof Error && 'code' in error && error.code === '28P01') {
      throw new EmbeddedPostgresError(
        'the PostgreSQL that answers does not know our password: postgres-logins.json belongs to another one',
        {
          cause: error,
        },
      );
    }
    return null;
  }
}

/** A program that was killed a moment ago, or is just ending, gives way in this time. */
const othersGoWithinMs = 8_000;

async function lock(connection: pg.Client): Promise<boolean> {
  const end = performance.now() + othersGoWithinMs;
  while (performance.now() < end) {
    const { rows } = await connection.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      guardLock,
    ]);
    if (rows[0]?.taken) return true;
    await delay(100);
  }
  return false;
}

/**
 * Waits for the server to answer and marks it as ours. Null when it does not answer in time, or ends
 * meanwhile; rejects when a living Tathya keeps it.
 */
export async function takeGuard({ url, withinMs, isGone }: TakeGuardOptions): Promise<Guard | null> {
  const end = performance.now() + withinMs;
  let connection = await connect(url);
  while (!connection && performance.now() < end && !(await isGone())) {
    await delay(30);
    connection = await connect(url);
  }
  if (!connection) return null;
  const client = connection;
  const lost = new Promise<void>((resolve) => {
    client.once('end', () => resolve());
  });
  const release = () => client.end().catch(() => undefined);
  const taken = await lock(client).catch(async (error: unknown) => {
    if (await isGone()) return null;
    await release();
    throw error;
  });
  if (taken) return { lost, release };
  await release();
  if (taken === null) return null;
  throw new EmbeddedPostgresError(
    'another Tathya is running on this data folder: stop it, or set DATA_DIR to another folder',
  );
}
