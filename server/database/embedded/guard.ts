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
  signal?: AbortSignal;
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

/**
 * Waits for the server to answer and marks it as ours. Null when it does not answer in time; rejects when a
 * living Tathya has it.
 */
export async function takeGuard({ url, withinMs, signal }: TakeGuardOptions): Promise<Guard | null> {
  const end = performance.now() + withinMs;
  let client = await connect(url);
  while (!client && performance.now() < end && !signal?.aborted) {
    await delay(30);
    client = await connect(url);
  }
  if (!client) return null;
  if (signal?.aborted) {
    await client.end().catch(() => undefined);
    return null;
  }
  const connection = client;
  const lost = new Promise<void>((resolve) => {
    connection.once('end', () => resolve());
  });
  const release = () => connection.end().catch(() => undefined);

  // A program killed a moment ago loses its lock when the server notices; that is soon.
  for (let tries = 0; tries < 20; tries += 1) {
    const { rows } = await connection.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      guardLock,
    ]);
    if (rows[0]?.taken) return { lost, release };
    await delay(100);
  }
  await release();
  throw new EmbeddedPostgresError(
    'another Tathya is running on this data folder: stop it, or set DATA_DIR to another folder',
  );
}
