import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { sweepFiles } from '../../server/storage/sweep-files.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { eventually } from '../helpers/eventually.js';
import { createHeldTools, type HeldTools } from '../helpers/held-tools.js';
import { brokenInvariants } from '../helpers/invariants.js';
import { picture, upload } from '../helpers/media.js';
import { noisyFilm } from '../helpers/noisy-film.js';
import { mediaProgramsIn, type Program, startWorkerProgram, unfinishedFiles } from '../helpers/program.js';
import { startRedis, type TestRedis } from '../helpers/redis.js';
import { beforeRow, probing, stopEncoder, unrecorded } from '../helpers/stages.js';

const patient = { timeoutMs: 120_000, everyMs: 100 };

/** One second of a tone: 8-bit samples at 8 kHz behind the 44 bytes of a WAV header. */
function tone(): Buffer {
  const samples = Buffer.from(Array.from({ length: 8_000 }, (_, index) => 128 + 100 * Math.sin(index / 3)));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

describe.runIf(process.platform === 'linux').each(['PostgreSQL', 'Redis'])(
  'a worker on %s, killed with -9 in the middle of everything',
  { timeout: 300_000 },
  (carrier) => {
    let redis: TestRedis | undefined;
    let app: TestApp;
    let tools: HeldTools;
    let designer: Client;
    let workers: Program[];

    beforeEach(async () => {
      workers = [];
      redis = carrier === 'Redis' ? await startRedis() : undefined;
      tools = await createHeldTools();
      app = await createTestApp({ environment: redis ? { REDIS_URL: redis.url } : {} });
      designer = await app.as('designer');
    });
    afterEach(async () => {
      await Promise.all(workers.map((worker) => worker.kill9()));
      await app.close();
      await redis?.close();
      await tools.close();
    });

    async function startWorker(): Promise<Program> {
      const worker = await startWorkerProgram({
        databaseUrl: app.appUrl,
        dataDir: app.dataDir,
        redisUrl: redis?.url,
        ffmpegPath: tools.ffmpegPath,
      });
      workers.push(worker);
      return worker;
    }

    const read = async (id: string) => (await designer.call('creatives.read', { params: { id } })).body;
    const inspectionIs = (id: string, state: string) =>
      eventually(async () => (await read(id)).inspection === state, patient);
    const sent = async (content: Buffer, name: string) => (await upload(designer, { content, name })).body.id;
    const render = async (id: string, formats: string[]) => {
      await designer.call('creatives.render', { params: { id }, body: { formats } });
    };
    const renditionsOf = async (id: string) =>
      (await read(id)).renditions.map(({ format, state }) => `${format.code} ${state}`).sort();
    const actsOn = async (id: string) =>
      (
        await sql<{ act: string }>`select act from audit where object_id = ${id} order by seq`.execute(app.db)
      ).rows.map(({ act }) => act);

    it('loses nothing and doubles nothing: another one probes, encodes and enters what it was at', async () => {
      const films = ['whatsapp_video', 'x_video'];
      const posters = ['whatsapp_image', 'x_image'];
      const first = await startWorker();
      const film = await sent(await noisyFilm(), 'film.mp4');
      const poster = await sent(await picture({ width: 1600, height: 1200 }), 'poster.jpg');
      await inspectionIs(film, 'ready');
      await inspectionIs(poster, 'ready');

      // A film half-made, a voice about to be probed, a picture made whose row is not written yet; then the blow.
      await render(film, films);
      await stopEncoder(app.dataDir);
      await tools.hold();
      const voice = await sent(tone(), 'voice.wav');
      await probing(app.dataDir);
      // A fingerprint's ffprobe is held as well.
      await inspectionIs(voice, 'processing');
      await beforeRow(app, { asked: () => render(poster, posters), work: () => first.kill9() });

      expect(await renditionsOf(film)).toEqual(films.map((code) => `${code} processing`));
      expect(await renditionsOf(poster)).toEqual(posters.map((code) => `${code} processing`));
      expect((await read(voice)).inspection).toBe('processing');
      expect(await unrecorded(app)).not.toEqual([]);
      expect((await unfinishedFiles(app.dataDir)).size).toBeGreaterThan(0);
      // Its programs die with it, before anyone else has looked.
      await eventually(async () => (await mediaProgramsIn(app.dataDir)).length === 0, patient);

      await tools.release();
      await startWorker();
      await eventually(async () => {
        expect(await renditionsOf(film)).toEqual(films.map((code) => `${code} ready`));
        expect(await renditionsOf(poster)).toEqual(posters.map((code) => `${code} ready`));
        expect((await read(voice)).inspection).toBe('ready');
        return true;
      }, patient);
      // The same picture is made again byte for byte, or its first copy is swept: not before it is old.
      await sweepFiles({
        db: app.db,
        files: await openDiskStore({ directory: `${app.dataDir}/storage` }),
        olderThanMs: 0,
      });
      await eventually(async () => {
        expect(await brokenInvariants(app)).toEqual([]);
        return true;
      }, patient);
      expect(await actsOn(film)).toEqual(['creative.uploaded', 'rendition.requested']);
      expect(await actsOn(poster)).toEqual(['creative.uploaded', 'rendition.requested']);
      const { rows } = await sql<{ state: string; crashes: number; attempts: number }>`
        select state, crashes, attempts from jobs
         where name = 'rendition.render' or object_id = ${voice}`.execute(app.db);
      expect(rows).toEqual(Array.from({ length: 3 }, () => ({ state: 'done', crashes: 1, attempts: 1 })));
    });
  },
);
