import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { findRunning } from '../../server/database/embedded/server-process.js';
import { startEmbeddedPostgres } from '../../server/database/embedded-postgres.js';
import { migrate } from '../../server/database/migrate.js';

/** The one PostgreSQL of a test run; every test's database is a copy of its template. */
export interface TestPostgres {
  adminUrl: string;
  appUrl: string;
  ownerUrl: string;
  template: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: TestPostgres;
  }
}

const prefix = 'tathya-test-postgres-';
const template = 'tathya_template';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A run that was killed leaves its server behind; the folder's name tells whose it was. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (!(pid > 0) || lives(pid)) continue;
    const folder = path.join(tmpdir(), name);
    const running = await findRunning(folder);
    if (running) process.kill(running.pid, 'SIGQUIT');
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const dataDir = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
  // Nothing of a test's database must outlive the machine, so it need not reach the disk.
  const settings = {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: '300',
  };
  const postgres = await startEmbeddedPostgres({ dataDir, logger: silent, settings });
  const admin = new pg.Client({ connectionString: postgres.adminUrl });
  await admin.connect();
  await admin.query(`create database ${template} owner tathya_owner template template0`);
  await admin.end();
  const templateUrl = new URL(postgres.ownerUrl);
  templateUrl.pathname = `/${template}`;
  await migrate({ ownerUrl: templateUrl.href, appRole: 'tathya_app' });
  project.provide('postgres', {
    adminUrl: postgres.adminUrl,
    appUrl: postgres.appUrl,
    ownerUrl: postgres.ownerUrl,
    template,
  });
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
