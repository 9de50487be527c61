import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runMigrations, Logger as WorkerLogger } from 'graphile-worker';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { connectionSettings } from './connection.js';

/** Why the database's tables cannot be brought to what this program needs, in words for the operator. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface Migration {
  number: number;
  name: string;
  text: string;
  sha256: string;
}

interface AppliedMigration {
  number: number;
  name: string;
  sha256: string;
}

const ownFolder = fileURLToPath(new URL('./migrations/', import.meta.url));
const ownGrants = fileURLToPath(new URL('./grants.sql', import.meta.url));

/** Any fixed number; two programs that start at once wait for one another on it. */
const migrationLock = 5_120_417;

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const match = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file);
      if (!match?.[1] || !match[2])
        throw new MigrationError(`${file} is not named like 0001_what_it_does.sql`);
      const number = Number(match[1]);
      if (number !== index + 1)
        throw new MigrationError(`migrations must count 1, 2, 3 …; ${file} breaks that`);
      // A checkout on Windows may change line ends; the statements are the same.
      const text = (await readFile(`${folder}/${file}`, 'utf8')).replaceAll('\r\n', '\n');
      return { number, name: match[2], text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** The migrations still to run; throws when what was applied is not what this program knows. */
function outstanding(known: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  for (const row of applied) {
    const label = `migration ${row.number} (${row.name})`;
    const file = known[row.number - 1];
    if (!file) {
      throw new MigrationError(
        `the database is newer than this program: it has ${label}. Start the newer program, or restore a backup from before`,
      );
    }
    if (file.sha256 !== row.sha256) {
      throw new MigrationError(
        `${label} was changed after it was applied. Put the file back as it was and write the change as a new migration`,
      );
    }
  }
  return known.slice(applied.length);
}

const asDatabaseRows = (
  rows: readonly { number: string | number; name: string; sha256: string }[],
): AppliedMigration[] =>
  rows.map((row) => ({ number: Number(row.number), name: row.name, sha256: row.sha256 }));

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    // Fails when the connection itself was lost; then the server has rolled back already.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await inTransaction(client, async () => {
      await client.query('set local search_path to tathya, public');
      await client.query(migration.text);
      await client.query('insert into tathya.migrations (number, name, sha256) values ($1, $2, $3)', [
        migration.number,
        migration.name,
        migration.sha256,
      ]);
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(
      `migration ${migration.number} (${migration.name}) failed and was undone: ${reason}`,
      { cause },
    );
  }
}

async function grant(client: pg.Client, grantsFile: string, appRole: string): Promise<void> {
  const found = await client.query('select from pg_roles where rolname = $1', [appRole]);
  if (found.rowCount === 0) {
    throw new MigrationError(
      `the login "${appRole}" of DATABASE_URL does not exist: create it, then start again`,
    );
  }
  const app = client.escapeIdentifier(appRole);
  await inTransaction(client, async () => {
    const grants = await readFile(grantsFile, 'utf8');
    await client.query(grants.replaceAll('{app}', () => app));
    await client.query(`grant usage on schema tathya to ${app}`);
    await client.query(`grant select on tathya.migrations to ${app}`);
  });
}

/** So that psql and other tools find the tables; our own connections say it themselves. */
async function rememberSearchPath(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; owned: boolean }>(
    `select datname as name, pg_has_role(current_user, datdba, 'usage') as owned
     from pg_database where datname = current_database()`,
  );
  const database = rows[0];
  if (!database?.owned) return;
  await client.query(
    `alter database ${client.escapeIdentifier(database.name)} set search_path to tathya, public`,
  );
}

/** The worker library tells of its own migrations; they are no news to anyone. */
const quiet = new WorkerLogger(() => () => undefined);

export interface MigrateOptions {
  /** The login that owns the tables. */
  ownerUrl: string;
  /** Name of the application's login, which is granted what it may do. */
  appRole: string;
  /** Folder of the migrations and file of the grants; the program's own unless a test brings others. */
  folder?: string;
  grantsFile?: string;
}

/**
 * Brings the tables to what this program needs, and only forwards. Each file runs in a transaction of its
 * own under a lock, so a kill leaves whole steps and programs starting together do not meet. Returns the
 * names of the files applied now; rejects with `MigrationError`.
 */
export async function migrate({
  ownerUrl,
  appRole,
  folder = ownFolder,
  grantsFile = ownGrants,
}: MigrateOptions): Promise<string[]> {
  const known = await readMigrations(folder);
  const client = new pg.Client(
    connectionSettings({ url: ownerUrl, applicationName: 'tathya migrate', statementTimeoutMs: 0 }),
  );
  client.on('error', () => undefined); // the statement that was running rejects with it
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query('create schema if not exists tathya');
    await client.query(
      `create table if not exists tathya.migrations (
        number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now()
      )`,
    );
    const applied = await client.query('select number, name, sha256 from tathya.migrations order by number');
    const waiting = outstanding(known, asDatabaseRows(applied.rows));
    await runMigrations({ connectionString: ownerUrl, maxPoolSize: 1, logger: quiet });
    for (const migration of waiting) await apply(client, migration);
    await grant(client, grantsFile, appRole);
    await rememberSearchPath(client);
    return waiting.map((migration) => migration.name);
  } finally {
    await client.end(); // gives the lock back
  }
}

/**
 * Tells, as the application's login, whether the tables are what this program needs: null when they are,
 * else what is wrong and what to do.
 */
export async function schemaProblem<Tables>(
  database: Kysely<Tables>,
  folder: string = ownFolder,
): Promise<string | null> {
  const known = await readMigrations(folder);
  const remedy = 'start once with DATABASE_OWNER_URL set to the login that owns the tables';
  const found = await sql<{
    present: boolean;
  }>`select to_regclass('tathya.migrations') is not null as present`.execute(database);
  if (!found.rows[0]?.present) return `the database has no tables of Tathya yet: ${remedy}`;
  const applied =
    await sql<AppliedMigration>`select number, name, sha256 from tathya.migrations order by number`.execute(
      database,
    );
  try {
    const waiting = outstanding(known, asDatabaseRows(applied.rows));
    return waiting.length === 0
      ? null
      : `the database lacks ${waiting.length} migration(s) of this program: ${remedy}`;
  } catch (error) {
    if (error instanceof MigrationError) return error.message;
    throw error;
  }
}
