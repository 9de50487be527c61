import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { sweepFiles } from '../../server/storage/sweep-files.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { eventually } from '../helpers/eventually.js';
import { brokenInvariants } from '../helpers/invariants.js';
import { picture, upload } from '../helpers/media.js';
import { noisyFilm } from '../helpers/noisy-film.js';
import { mediaProgramsIn, type Program, startWorkerProgram } from '../helpers/program.js';

let app: TestApp;
let designer: Client;
let workers: Program[];

const patient = { timeoutMs: 600_000, everyMs: 200 };
/** Three times the silence after which a worker counts as dead. */
const frozenMs = 30_000;

beforeEach(async () => {
  workers = [];
  app = await createTestApp();
  designer = await app.as('designer');
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill9()));
  await app.close();
});

async function startWorker(): Promise<Program> {
  const worker = await startWorkerProgram({ databaseUrl: app.appUrl, dataDir: app.dataDir });
  workers.push(worker);
  return worker;
}

const read = async (id: string) => (await designer.call('creatives.read', { params: { id } })).body;

async function ready(content: Buffer, name: string): Promise<string> {
  const { body } = await upload(designer, { content, name });
  await eventually(async () => (await read(body.id)).inspection === 'ready', patient);
  return body.id;
}

async function isRunning(): Promise<boolean> {
  const { rows } = await sql`select from jobs where state = 'running' and name = 'rendition.render'`.execute(
    app.db,
  );
  return rows.length > 0;
}

/** Waits until nothing is under way; what was given up after too many crashes is asked for once more. */
async function allReady(ids: readonly string[]): Promise<void> {
  await eventually(async () => {
    const renditions = (await Promise.all(ids.map(read))).flatMap((creative) => creative.renditions);
    for (const { id, state, failure } of renditions) {
      if (state !== 'failed') continue;
      expect(failure?.code).toBe('gave_up_after_crashes');
      await designer.call('renditions.retry', { params: { id } });
    }
    expect(new Set(renditions.map(({ state }) => state))).toEqual(new Set(['ready']));
    return true;
  }, patient);
}

async function allIsWell(): Promise<void> {
  await eventually(async () => {
    const files = await openDiskStore({ directory: `${app.dataDir}/storage` });
    // Files adopted by a worker killed before it could write the row; the program takes them after a day.
    await sweepFiles({ db: app.db, files, olderThanMs: 0 });
    expect(await brokenInvariants(app)).toEqual([]);
    return true;
  }, patient);
}

/** The same moments each time for one seed, so that a failure can be looked at again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe.runIf(process.platform === 'linux')('workers that fail again and again', () => {
  it('killed with -9 ten times at any moment over six jobs, lose and double nothing', async () => {
    const seed = Number(process.env.TORTURE_SEED ?? Date.now() % 1_000_000);
    const random = randomFrom(seed);
    process.stdout.write(`moments of seed ${seed}\n`);
    const running = [await startWorker(), await startWorker()];
    const ids = [
      await ready(await noisyFilm({ seconds: 8 }), 'one.mp4'),
      await ready(await noisyFilm({ seconds: 6 }), 'two.mp4'),
      ...(await Promise.all(
        ['#112233', '#445566', '#778899', '#aabbcc'].map(async (colour) =>
          ready(await picture({ width: 2400, height: 1800, colour }), `${colour.slice(1)}.jpg`),
        ),
      )),
    ];
    for (const id of ids) {
      const { status } = await designer.call('creatives.render', { params: { id }, body: {} });
      expect(status).toBe(201);
    }

    for (let kill = 0; kill < 10; kill += 1) {
      await eventually(async () => (await isRunning()) || (await ended(ids)), patient);
      await pause(random() * 4_000);
      const [victim] = running.splice(Math.floor(random() * running.length), 1);
      await victim?.kill9();
      running.push(await startWorker());
    }
    await allReady(ids);
    await allIsWell();
    for (const id of ids) {
      const { rows } = await sql<{ act: string }>`
        select act from audit where object_id = ${id} and act = 'rendition.requested'`.execute(app.db);
      expect(rows).toHaveLength(1);
    }
  });

  it('frozen for three times the limit and then woken up, do no harm', async () => {
    const frozen = await startWorker();
    const id = await ready(await noisyFilm({ seconds: 8 }), 'film.mp4');
    const formats = ['whatsapp_video', 'x_video'];
    await designer.call('creatives.render', { params: { id }, body: { formats } });
    await eventually(
      async () => (await isRunning()) && (await mediaProgramsIn(app.dataDir)).length > 0,
      patient,
    );
    frozen.child.kill('SIGSTOP');
    const since = performance.now();
    await startWorker();
    await allReady([id]);
    const filesOf = async () => {
      const rows = await app.db
        .selectFrom('renditions')
        .where('creativeId', '=', id)
        .select(['id', 'fileSha256', 'finishedAt'])
        .orderBy('id')
        .execute();
      return rows;
    };
    const made = await filesOf();
    await eventually(() => performance.now() - since > frozenMs, { timeoutMs: 2 * frozenMs, everyMs: 500 });
    frozen.child.kill('SIGCONT');
    // Told to end in order: then all it had to write is written, or was refused.
    frozen.child.kill('SIGTERM');
    expect(await frozen.exit).toEqual({ code: 0, signal: null });
    expect(await filesOf()).toEqual(made);
    await allIsWell();
  });
});

async function ended(ids: readonly string[]): Promise<boolean> {
  const renditions = (await Promise.all(ids.map(read))).flatMap((creative) => creative.renditions);
  return renditions.every(({ state }) => state === 'ready' || state === 'failed');
}
