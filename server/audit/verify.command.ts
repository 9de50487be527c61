import { realpath } from 'node:fs/promises';
import { readConfig } from '../config.js';
import { clusterExists } from '../database/embedded/cluster.js';
import { readLogins, urlOf } from '../database/embedded/logins.js';
import { findRunning } from '../database/embedded/server-process.js';
import { openDatabase } from '../database/open-database.js';
import { verifyChain } from './verify-chain.js';

/** The running program's own PostgreSQL, to be read beside it; null when nothing runs. */
async function runningUrl(dataDir: string): Promise<string | null> {
  const folder = await realpath(dataDir).catch(() => dataDir);
  if (!clusterExists(folder)) throw new Error(`there is no database in ${dataDir}`);
  const running = await findRunning(folder);
  if (running === null) return null;
  return urlOf('app', { ...(await readLogins(folder, true)), port: running.port });
}

async function main(): Promise<number> {
  const { database, dataDir } = readConfig(process.env);
  const url = database.url ?? (await runningUrl(dataDir));
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const opened = await openDatabase({
    settings: { url, ownerUrl: null },
    dataDir,
    poolSize: 1,
    logger: quiet,
  });
  try {
    const { ok, rows, brokenSeq, reason } = await verifyChain(opened.database);
    const broken = `broken at row ${brokenSeq}: ${reason}; the ${rows} rows before it are sound`;
    process.stdout.write(ok ? `ok, ${rows} rows\n` : `${broken}\n`);
    return ok ? 0 : 1;
  } finally {
    await opened.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
