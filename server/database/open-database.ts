import { createDatabase, type Database } from './database.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import type { DatabaseLogger } from './logger.js';
import { MigrationError, migrate, schemaProblem } from './migrate.js';

export interface OpenDatabaseOptions {
  /** The two addresses of the settings; without `url` the program starts its own PostgreSQL. */
  settings: { readonly url: string | null; readonly ownerUrl: string | null };
  dataDir: string;
  poolSize?: number;
  logger: DatabaseLogger;
}

export interface OpenedDatabase {
  database: Database;
  /** Address of the application's login, for those that need a connection of their own. */
  appUrl: string;
  /** Closes the pool and then, when it is the program's own, the server. */
  close(): Promise<void>;
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

/**
 * Gives a database that is ready to work with: the program's own, started and migrated; or one by address,
 * migrated when the owner's address is known and else only checked.
 */
export async function openDatabase({
  settings,
  dataDir,
  poolSize,
  logger,
}: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const embedded = settings.url === null ? await startEmbeddedPostgres({ dataDir, logger }) : null;
  const appUrl = settings.url ?? embedded?.appUrl ?? '';
  const ownerUrl = embedded?.ownerUrl ?? settings.ownerUrl;
  const database = createDatabase({ url: appUrl, logger, ...(poolSize === undefined ? {} : { poolSize }) });
  const close = async () => {
    await database.destroy();
    await embedded?.stop();
  };
  try {
    if (ownerUrl !== null) {
      const applied = await migrate({ ownerUrl, appRole: roleOf(appUrl) });
      if (applied.length > 0) logger.info({ applied }, 'the database was brought up to date');
    }
    const problem = await schemaProblem(database);
    if (problem !== null) throw new MigrationError(problem);
    return { database, appUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}
