import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { sweepFiles } from '../../server/storage/sweep-files.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { eventually } from '../helpers/eventually.js';
import { brokenInvariants } from '../helpers/invariants.js';
import { picture, upload } from '../helpers/media.js';
import { noisyFilm } from '../helpers/noisy-film.js';
import { mediaProgramsIn, type Program, startWorkerProgram, unfinishedFiles } from '../helpers/program.js';

/** What happens to work under way when a worker is killed with -9: the pieces are the real ones. */
let app: TestApp;
let designer: Client;
let film: Buffer;
let workers: Program[];

const patient = { timeoutMs: 120_000, everyMs: 100 };

beforeAll(async () => {
  film = await noisyFilm();
});
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

/** An uploaded file the worker has looked into. */
async function ready(content: Buffer, name: string): Promise<string> {
  const { body } = await upload(designer, { content, name });
  await eventually(async () => {
    const { body: creative } = await designer.call('creatives.read', { params: { id: body.id } });
    return creative.inspection === 'ready';
  }, patient);
  return body.id;
}

async function renditionsOf(id: string) {
  const { body } = await designer.call('creatives.read', { params: { id } });
  return body.renditions.map(({ format, state }) => `${format.code} ${state}`).sort();
}

const settled = (id: string, expected: string[]) =>
  eventually(async () => {
    expect(await renditionsOf(id)).toEqual(expected);
    return true;
  }, patient);

/** Everything is as if nothing had happened; what must be swept is swept within seconds. */
const allIsWell = () =>
  eventually(async () => {
    expect(await brokenInvariants(app)).toEqual([]);
    return true;
  }, patient);

const actsOn = async (id: string) =>
  (
    await sql<{ act: string }>`select act from audit where object_id = ${id} order by seq`.execute(app.db)
  ).rows.map(({ act }) => act);

describe.runIf(process.platform === 'linux')('kill -9 of a worker', { timeout: 300_000 }, () => {
  it('in the middle of a transcode kills its ffmpeg, and another worker makes every rendition once', async () => {
    const first = await startWorker();
    const id = await ready(film, 'film.mp4');
    const formats = ['whatsapp_video', 'x_video'];
    await designer.call('creatives.render', { params: { id }, body: { formats } });

    // A film half-made: its file has grown since the last look, and ffmpeg is at work on it.
    let before = new Map<string, number>();
    await eventually(async () => {
      const now = await unfinishedFiles(app.dataDir);
      const grows = [...now].some(
        ([file, size]) => size > (before.get(file) ?? size) && file.endsWith('.mp4'),
      );
      before = now;
      return grows && (await mediaProgramsIn(app.dataDir)).length > 0;
    }, patient);
    await first.kill9();
    expect(await renditionsOf(id)).toEqual(formats.map((code) => `${code} processing`));
    await eventually(async () => (await mediaProgramsIn(app.dataDir)).length === 0, { timeoutMs: 5_000 });
    expect((await unfinishedFiles(app.dataDir)).size).toBeGreaterThan(0);

    await startWorker();
    await settled(
      id,
      formats.map((code) => `${code} ready`),
    );
    await allIsWell();
    expect(await actsOn(id)).toEqual(['creative.uploaded', 'rendition.requested']);
    const { rows } =
      await sql`select state, crashes, attempts from jobs where name = 'rendition.render'`.execute(app.db);
    expect(rows).toEqual([{ state: 'done', crashes: 1, attempts: 1 }]);
  });

  it('between a file’s adoption and its row leaves nothing that is not cleared away', async () => {
    const first = await startWorker();
    const id = await ready(await picture({ width: 1600, height: 1200 }), 'poster.jpg');
    const files = await openDiskStore({ directory: `${app.dataDir}/storage` });
    const unrecorded = async () => {
      const rows = await app.db.selectFrom('files').select('sha256').execute();
      const names: string[] = [];
      for await (const name of files.list()) names.push(name);
      return names.filter((name) => !rows.some(({ sha256 }) => sha256 === name));
    };

    // Nobody can enter a file, so the worker waits in the transaction that would.
    await app.ownerDb.transaction().execute(async (tx) => {
      await sql`lock table files in share mode`.execute(tx);
      const formats = ['whatsapp_image', 'x_image'];
      await designer.call('creatives.render', { params: { id }, body: { formats } });
      await eventually(async () => (await unrecorded()).length > 0, patient);
      await eventually(async () => {
        const { rows } = await sql`
          select from pg_locks where relation = 'files'::regclass and not granted`.execute(app.db);
        return rows.length > 0;
      }, patient);
      await first.kill9();
    });
    const orphans = await unrecorded();
    expect(orphans).toHaveLength(1);
    expect(await renditionsOf(id)).toEqual(['whatsapp_image processing', 'x_image processing']);

    await startWorker();
    await settled(id, ['whatsapp_image ready', 'x_image ready']);
    // The same picture is made again byte for byte, or its first copy is swept: not before it is old.
    await sweepFiles({ db: app.db, files, olderThanMs: 0 });
    await allIsWell();
    expect(await actsOn(id)).toEqual(['creative.uploaded', 'rendition.requested']);
  });
});
