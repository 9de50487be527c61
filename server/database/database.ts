import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { AppError, fromDatabaseError } from '../errors.js';
import { connectionSettings } from './connection.js';
import type { DatabaseLogger } from './logger.js';
import type { Tables } from './tables.js';

export type Database = Kysely<Tables>;
export type DatabaseTransaction = Transaction<Tables>;

export interface CreateDatabaseOptions {
  url: string;
  /** Most connections open at once. */
  poolSize?: number;
  statementTimeoutMs?: number;
  logger: DatabaseLogger;
}

/**
 * Opens a pool of connections under one login. A lost connection fails the statements on it and nothing
 * else: the pool opens another one. Close it with `destroy()`.
 */
export function createDatabase({
  url,
  poolSize = 10,
  statementTimeoutMs = 30_000,
  logger,
}: CreateDatabaseOptions): Database {
  const pool = new pg.Pool({
    ...connectionSettings({ url, applicationName: 'tathya', statementTimeoutMs }),
    max: poolSize,
    idleTimeoutMillis: 10_000,
  });
  const lost = (error: Error) => logger.warn({ err: error }, 'a database connection was lost');
  pool.on('error', lost);
  // A client that is checked out reports to nobody but itself; without a listener node would end.
  pool.on('connect', (client) => client.on('error', lost));
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** serialization_failure and deadlock_detected: the same work may well succeed at once. */
const worthAnotherTry = new Set(['40001', '40P01']);

function isWorthAnotherTry(error: AppError): boolean {
  const cause: unknown = error.cause;
  return cause instanceof Error && 'code' in cause && worthAnotherTry.has(String(cause.code));
}

export interface TransactOptions {
  /** The member who acts, for the triggers that record and judge; null or absent for the program itself. */
  actorId?: string | null;
}

/**
 * Runs `work` in one transaction that says who acts, and once more when it lost against another
 * transaction, so `work` must not have effects outside the database. Database errors come out as `AppError`.
 */
export async function transact<Result>(
  database: Database,
  { actorId = null }: TransactOptions,
  work: (transaction: DatabaseTransaction) => Promise<Result>,
): Promise<Result> {
  const attempt = () =>
    database.transaction().execute(async (transaction) => {
      await sql`select set_config('tathya.actor', ${actorId ?? ''}, true)`.execute(transaction);
      return work(transaction);
    });
  try {
    return await attempt();
  } catch (error) {
    const known = asKnown(error);
    if (!(known instanceof AppError) || !isWorthAnotherTry(known)) throw known;
  }
  try {
    return await attempt();
  } catch (error) {
    throw asKnown(error);
  }
}

/** The `AppError` of a database error; an error of another kind stays itself, so that it is not hidden. */
function asKnown(error: unknown): unknown {
  const known = fromDatabaseError(error);
  return known.code === 'internal' ? error : known;
}
