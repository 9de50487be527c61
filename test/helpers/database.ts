import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDatabase, type Database } from '../../server/database/database.js';

/** A logger that says nothing, for parts that ask for one. */
export const silentLogger = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  fatal: () => undefined,
};

export interface TestDatabase {
  name: string;
  appUrl: string;
  ownerUrl: string;
  /** Superuser's address of this database, for faults such as ending other sessions. */
  adminUrl: string;
  /** As the application's login. */
  db: Database;
  /** As the login that owns the tables. */
  ownerDb: Database;
  /** Closes both handles and removes the database, whoever is still connected. */
  drop(): Promise<void>;
}

export interface CreateTestDatabaseOptions {
  /** Without our tables, for tests of migrating itself. */
  empty?: boolean;
  poolSize?: number;
}

async function asAdmin(adminUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** A database of its own for a test file, migrated, with no rows but the migrations' own. */
export async function createTestDatabase({
  empty = false,
  poolSize = 10,
}: CreateTestDatabaseOptions = {}): Promise<TestDatabase> {
  const postgres = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(postgres.adminUrl, async (client) => {
    await client.query(
      `create database ${name} owner tathya_owner template ${empty ? 'template0' : postgres.template}`,
    );
    await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect, temporary on database ${name} to tathya_app`);
    await client.query(`alter database ${name} set search_path to tathya, public`);
  });
  const appUrl = withDatabase(postgres.appUrl, name);
  const ownerUrl = withDatabase(postgres.ownerUrl, name);
  const db = createDatabase({ url: appUrl, poolSize, logger: silentLogger });
  const ownerDb = createDatabase({ url: ownerUrl, poolSize: 3, logger: silentLogger });
  return {
    name,
    appUrl,
    ownerUrl,
    adminUrl: withDatabase(postgres.adminUrl, name),
    db,
    ownerDb,
    async drop() {
      await Promise.all([db.destroy(), ownerDb.destroy()]);
      await asAdmin(postgres.adminUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      });
    },
  };
}
