import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRunning } from '../../server/database/embedded/server-process.js';
import { openDatabase } from '../../server/database/open-database.js';
import { createTestDatabase, silentLogger } from '../helpers/database.js';
import { eventually } from '../helpers/eventually.js';
import { brokenInvariants } from '../helpers/invariants.js';
import { formOf } from '../helpers/multipart.js';
import { noisyFilm } from '../helpers/noisy-film.js';
import {
  mediaProgramsIn,
  type Program,
  processesIn,
  startProgram,
  startWorkerProgram,
  unfinishedFiles,
} from '../helpers/program.js';
import { createWorld, testPassword } from '../helpers/world.js';

/** The whole program by itself (`ROLE=all`): server, worker and its own PostgreSQL. */
let dataDir: string;
let programs: Program[];

const patient = { timeoutMs: 120_000, everyMs: 100 };

beforeEach(async () => {
  programs = [];
  dataDir = path.join(await mkdtemp(path.join(tmpdir(), 'tathya-whole-')), 'data');
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.kill9()));
  // Only what a failed test left: the worker beside it, and PostgreSQL.
  await eventually(async () => {
    for (const { pid } of await processesIn(dataDir)) process.kill(pid, 'SIGKILL');
    return (await processesIn(dataDir)).length === 0;
  }, patient);
  await rm(path.dirname(dataDir), { recursive: true, maxRetries: 10, retryDelay: 100 });
});

async function start(args: readonly string[] = []): Promise<Program & { address: string }> {
  const program = startProgram({ DATA_DIR: dataDir }, args);
  programs.push(program);
  await program.says(/Stop {3}Ctrl-C/);
  const address = /Open {3}(\S+)/.exec(program.output())?.[1] ?? '';
  return Object.assign(program, { address });
}

const log = () => readFile(path.join(dataDir, 'tathya.log'), 'utf8');

describe.runIf(process.platform === 'linux')('the whole program', { timeout: 300_000 }, () => {
  it('told to stop, twice at that, ends everything in order and leaves no process', async () => {
    const program = await start(['--empty']);
    expect(program.output()).toMatch(/admin {3}\S+ {3}administrator/);
    // It answers at once; that search is filled takes a moment longer.
    await eventually(async () => (await fetch(`${program.address}/readyz`)).status === 200, patient);
    await eventually(async () => (await log()).includes('worker started'), patient);

    program.child.kill('SIGINT');
    program.child.kill('SIGINT');
    expect(await program.exit).toEqual({ code: 0, signal: null });
    expect(program.output().match(/Stopping/g)).toHaveLength(1);
    expect(await processesIn(dataDir)).toEqual([]);
    expect(await findRunning(dataDir)).toBeNull();
    const parts = [...(await log()).matchAll(/"pid":(\d+).*"part":"([a-z]+)"/g)];
    const ofProgram = parts.filter(([, pid]) => Number(pid) === program.pid).map(([, , part]) => part);
    expect(ofProgram).toEqual(['worker', 'server', 'database']);
  });

  it('goes on and ends in order when nobody reads what it says any more', async () => {
    const database = await createTestDatabase();
    try {
      const worker = await startWorkerProgram({ databaseUrl: database.appUrl, dataDir });
      programs.push(worker);
      worker.child.stdout?.destroy();
      worker.child.stderr?.destroy();
      // Something to tell: it loses its connections, and works on.
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid() and application_name like 'tathya%'`.execute(
        database.db,
      );
      const beats = async () =>
        (await sql<{ beats: number }>`select beats from workers`.execute(database.db)).rows[0]?.beats ?? 0;
      const before = await beats();
      await eventually(async () => (await beats()) > before + 1, patient);
      worker.child.kill('SIGTERM');
      await eventually(() => worker.child.exitCode === 0, { timeoutMs: 30_000 });
    } finally {
      await database.drop();
    }
  });

  it('ends also when its last words find no reader', async () => {
    const script = fileURLToPath(new URL('../helpers/last-words.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: 'pipe' });
    try {
      let ready = false;
      child.stderr.once('data', () => {
        ready = true;
      });
      await eventually(() => ready, patient);
      child.stdout.destroy();
      child.stdin.write('go');
      await eventually(() => child.exitCode === 0, { timeoutMs: 15_000 });
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('killed with -9 in the middle of a transcode, finishes it after the next start with the same PostgreSQL', async () => {
    const made = await openDatabase({
      settings: { url: null, ownerUrl: null },
      dataDir,
      logger: silentLogger,
    });
    await createWorld(made.database);
    await made.close();

    const first = await start();
    const postgres = await findRunning(dataDir);
    const call = await signIn(first.address);
    const form = formOf({ fields: {}, file: { name: 'film.mp4', content: await noisyFilm() } });
    const sent = { headers: form.headers, payload: new Uint8Array(form.payload) };
    const { id } = await call('POST', '/api/creatives', sent);
    await eventually(async () => (await call('GET', `/api/creatives/${id}`)).inspection === 'ready', patient);
    const formats = ['whatsapp_video', 'x_video'];
    await call('POST', `/api/creatives/${id}/renditions`, jsonOf({ formats }));
    await eventually(async () => {
      const sizes = [...(await unfinishedFiles(dataDir))].filter(([file]) => file.endsWith('.mp4'));
      return sizes.some(([, size]) => size > 0) && (await mediaProgramsIn(dataDir)).length > 0;
    }, patient);
    await first.kill9();
    // The worker beside it notices, and ends its ffmpeg and then itself; the database goes on alone.
    await eventually(async () => {
      const left = (await processesIn(dataDir)).filter(({ command }) => !command.includes('postgres'));
      expect(left.map(({ command }) => command)).toEqual([]);
      return true;
    }, patient);
    expect((await findRunning(dataDir))?.pid).toBe(postgres?.pid);

    const second = await start();
    expect(await log()).toContain('took over the PostgreSQL that was still running');
    expect((await findRunning(dataDir))?.pid).toBe(postgres?.pid);
    const again = await signIn(second.address);
    await eventually(async () => {
      const { renditions } = await again('GET', `/api/creatives/${id}`);
      expect(renditions.map(({ state }) => state)).toEqual(['ready', 'ready']);
      return true;
    }, patient);
    const admin = await signIn(second.address, 'admin');
    // The fingerprint as well, for which nobody waits.
    await eventually(async () => {
      const { items } = await admin('GET', '/api/jobs');
      return items.every(({ state }) => state !== 'queued' && state !== 'running');
    }, patient);
    second.child.stdout?.destroy();
    second.child.kill('SIGTERM');
    expect(await second.exit).toEqual({ code: 0, signal: null });

    const kept = await openDatabase({
      settings: { url: null, ownerUrl: null },
      dataDir,
      logger: silentLogger,
    });
    try {
      expect(await brokenInvariants({ db: kept.database, dataDir })).toEqual([]);
    } finally {
      await kept.close();
    }
  });
});

interface Answer {
  id: string;
  inspection: string;
  renditions: { state: string }[];
  /** Of a list. */
  items: { state: string }[];
}

interface Body {
  payload: string | Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

const jsonOf = (value: object): Body => ({
  payload: JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
});

/** A signed-in member, over the network. */
async function signIn(address: string, login = 'designer') {
  const { payload, headers } = jsonOf({ login, password: testPassword });
  const signed = await fetch(`${address}/api/session`, { method: 'POST', body: payload, headers });
  expect(signed.status).toBe(200);
  const cookie = signed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return async (method: string, place: string, body?: Body): Promise<Answer> => {
    const response = await fetch(address + place, {
      method,
      headers: { cookie, ...body?.headers },
      ...(body && { body: body.payload }),
    });
    if (!response.ok)
      throw new Error(`${method} ${place} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer; // only the fields that are looked at
  };
}
