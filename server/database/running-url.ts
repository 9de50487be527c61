import { realpath } from 'node:fs/promises';
import { clusterExists } from './embedded/cluster.js';
import { readLogins, urlOf } from './embedded/logins.js';
import { findRunning } from './embedded/server-process.js';

/**
 * The application's address of the running program's own PostgreSQL, for commands that read beside it; null when
 * nothing runs. Rejects when the folder holds no database.
 */
export async function runningUrl(dataDir: string): Promise<string | null> {
  const folder = await realpath(dataDir).catch(() => dataDir);
  if (!clusterExists(folder)) throw new Error(`there is no database in ${dataDir}`);
  const running = await findRunning(folder);
  if (running === null) return null;
  return urlOf('app', { ...(await readLogins(folder, true)), port: running.port });
}
