import { spawn } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repairLinks } from '../../server/database/embedded/binaries.js';
import { findRunning } from '../../server/database/embedded/server-process.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/database/embedded-postgres.js';
import { silentLogger } from '../helpers/database.js';
import { eventually } from '../helpers/eventually.js';

let dataDir: string;
let started: EmbeddedPostgres[];

beforeEach(async () => {
  // mkdtemp makes folders only their owner can enter.
  dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'tathya-embedded-')), 'data');
  started = [];
});
afterEach(async () => {
  for (const postgres of started) await postgres.stop();
  const left = await findRunning(dataDir).catch(() => null);
  if (left) process.kill(left.pid, 'SIGKILL');
  await rm(path.dirname(dataDir), { recursive: true, maxRetries: 10, retryDelay: 100 });
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, logger: silentLogger });
  started.push(postgres);
  return postgres;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

async function serverPid(): Promise<number> {
  const running = await findRunning(dataDir);
  if (!running) throw new Error('no server holds the folder');
  return running.pid;
}

/** Another program that has PostgreSQL running in the folder; `kill` is kill -9 of it alone. */
async function otherProgram(): Promise<{ ownerUrl: string; kill(): Promise<void> }> {
  const script = fileURLToPath(new URL('../helpers/embedded-parent.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const line = await eventually(() => output.includes('\n') && output, { timeoutMs: 60_000 });
  const { ownerUrl } = JSON.parse(line) as { ownerUrl: string }; // written by our own helper
  return {
    ownerUrl,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('the first start makes a durable database in a folder only its owner can enter', async () => {
  const { ownerUrl, appUrl } = await start();
  const [settings] = await ask(
    appUrl,
    `select current_user as login, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('timezone') as zone, current_setting('listen_addresses') as listens, lower('É') as letter,
      (select rolsuper or rolcreaterole or rolcreatedb or rolbypassrls from pg_roles where rolname = current_user) as powerful`,
  );
  expect(settings).toEqual({
    login: 'tathya_app',
    fsync: 'on',
    commit: 'on',
    zone: 'UTC',
    listens: '127.0.0.1',
    letter: 'é',
    powerful: false,
  });
  await ask(ownerUrl, 'create table mine (id int)');
  await expect(ask(appUrl, 'create table public.theirs (id int)')).rejects.toMatchObject({ code: '42501' });
  expect((await stat(path.join(dataDir, 'postgres-logins.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
});

test('stopping leaves no server, and stopping twice is harmless', async () => {
  const postgres = await start();
  await Promise.all([postgres.stop(), postgres.stop()]);
  expect(await findRunning(dataDir)).toBeNull();
  await expect(ask(postgres.appUrl, 'select 1')).rejects.toThrow();
});

test('a second program on the same folder is refused and does the first no harm', async () => {
  const { appUrl } = await start();
  await expect(startEmbeddedPostgres({ dataDir, logger: silentLogger })).rejects.toThrow(
    /another Tathya is running/,
  );
  expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('after kill -9 of the program the next start takes over the running server with all that was committed', async () => {
  const other = await otherProgram();
  await ask(other.ownerUrl, 'create table kept as select 1 as one');
  const pid = await serverPid();
  await other.kill();
  const { ownerUrl } = await start();
  expect(await serverPid()).toBe(pid);
  expect(await ask(ownerUrl, 'select one from kept')).toEqual([{ one: 1 }]);
});

test('after kill -9 of the program and of the server nothing committed is lost', async () => {
  const other = await otherProgram();
  await ask(other.ownerUrl, 'create table kept as select 1 as one');
  const pid = await serverPid();
  await other.kill();
  process.kill(-pid, 'SIGKILL');
  const { ownerUrl } = await start();
  expect(await serverPid()).not.toBe(pid);
  expect(await ask(ownerUrl, 'select one from kept')).toEqual([{ one: 1 }]);
});

test('a pid file left by a crash does not matter, even when its number now belongs to another program', async () => {
  await (await start()).stop();
  for (const pid of [process.pid, process.ppid, 1, 2_147_483_000]) {
    await writeFile(
      path.join(dataDir, 'postgres', 'postmaster.pid'),
      `${pid}\n${dataDir}/postgres\n1700000000\n5432\n\n127.0.0.1\n  1234567 1\nready\n`,
    );
    const postgres = await start();
    expect(await ask(postgres.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  }
});

test('a server that dies under the running program comes back on the same address', async () => {
  const { appUrl } = await start();
  const pid = await serverPid();
  process.kill(pid, 'SIGKILL');
  await eventually(async () => (await serverPid()) !== pid && ask(appUrl, 'select 1'), { timeoutMs: 30_000 });
  expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a first start that was killed half-way is begun anew', async () => {
  await mkdir(path.join(dataDir, 'postgres.new', 'base'), { recursive: true });
  await writeFile(path.join(dataDir, 'postgres.new', 'PG_VERSION'), '15\n');
  const { appUrl } = await start();
  expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('another program on the remembered port makes the server take another one', async () => {
  const first = await start();
  const port = Number(new URL(first.appUrl).port);
  await first.stop();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  const { appUrl } = await start();
  expect(Number(new URL(appUrl).port)).not.toBe(port);
  expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await new Promise((resolve) => squatter.close(resolve));
});

test('without its passwords an existing database is left alone, and the reason names the file', async () => {
  await (await start()).stop();
  await rm(path.join(dataDir, 'postgres-logins.json'));
  await expect(start()).rejects.toThrow(/postgres-logins\.json is missing/);
});

test('a data folder of another PostgreSQL version is refused with the way out', async () => {
  await (await start()).stop();
  await writeFile(path.join(dataDir, 'postgres', 'PG_VERSION'), '14\n');
  await expect(start()).rejects.toThrow(/made by PostgreSQL 14/);
});

test('library links that an install script should have made are made at the start', async () => {
  const root = path.join(path.dirname(dataDir), 'package');
  await mkdir(path.join(root, 'native', 'lib'), { recursive: true });
  await writeFile(path.join(root, 'native', 'lib', 'libpq.so.5.15'), 'library');
  const links = [{ source: 'native/lib/libpq.so.5.15', target: 'native/lib/libpq.so.5' }];
  await writeFile(path.join(root, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  await Promise.all([repairLinks(root), repairLinks(root)]);
  expect((await lstat(path.join(root, 'native', 'lib', 'libpq.so.5'))).isSymbolicLink()).toBe(true);
  expect(await readFile(path.join(root, 'native', 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
});
