import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import { type Logins, roleNames } from './logins.js';
import { EmbeddedPostgresError } from './problem.js';
import type { RunAs } from './run-as.js';

/** Major version of the bundled PostgreSQL; a folder made by another one cannot be opened. */
const majorVersion = '15';

export const clusterFolder = (dataDir: string) => path.join(dataDir, 'postgres');
export const clusterExists = (dataDir: string) => existsSync(path.join(clusterFolder(dataDir), 'PG_VERSION'));

export interface MakeClusterOptions {
  dataDir: string;
  binaries: PostgresBinaries;
  runAs: RunAs;
  logins: Logins;
}

/**
 * Makes PostgreSQL's data folder. It is made under another name and renamed when complete, so a kill at any
 * moment leaves either no folder or a whole one.
 */
export async function makeCluster({ dataDir, binaries, runAs, logins }: MakeClusterOptions): Promise<void> {
  const unfinished = path.join(dataDir, 'postgres.new');
  const passwordFile = path.join(dataDir, `postgres-password.${process.pid}`);
  await writeFile(passwordFile, logins.admin, { mode: 0o600 });
  try {
    await runAs.handOver(passwordFile);
    await initialise({ unfinished, passwordFile, binaries, runAs });
    await rename(unfinished, clusterFolder(dataDir));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

interface InitialiseOptions {
  unfinished: string;
  passwordFile: string;
  binaries: PostgresBinaries;
  runAs: RunAs;
}

async function initialise({ unfinished, passwordFile, binaries, runAs }: InitialiseOptions): Promise<void> {
  // Bytewise order is the same on every machine and serves prefix searches; which characters are letters
  // comes from a UTF-8 locale where the system has one.
  let refused: unknown;
  for (const letters of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    await runAs.handOver(unfinished);
    try {
      await runAs.run(binaries.initdb, [
        `--pgdata=${unfinished}`,
        `--username=${roleNames.admin}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        `--lc-ctype=${letters}`,
        '--text-search-config=simple',
      ]);
      return;
    } catch (error) {
      if (!(error instanceof EmbeddedPostgresError) || !error.message.includes('locale')) throw error;
      refused = error;
    }
  }
  throw refused;
}

/** Refuses a data folder of another major version, with the way out. */
export async function checkClusterVersion(dataDir: string): Promise<void> {
  const found = (await readFile(path.join(clusterFolder(dataDir), 'PG_VERSION'), 'utf8')).trim();
  if (found === majorVersion) return;
  throw new EmbeddedPostgresError(
    `${clusterFolder(dataDir)} was made by PostgreSQL ${found}, this program brings ${majorVersion}: ` +
      'dump it with the old one and restore the dump into an empty DATA_DIR',
  );
}
