import { sql } from 'kysely';
import { expect } from 'vitest';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { sweepFiles } from '../../server/storage/sweep-files.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { eventually } from '../helpers/eventually.js';
import { createHeldTools, type HeldTools } from '../helpers/held-tools.js';
import { brokenInvariants } from '../helpers/invariants.js';
import { upload } from '../helpers/media.js';
import { type Program, startWorkerProgram } from '../helpers/program.js';
import { startRedis, type TestRedis } from '../helpers/redis.js';

export const patient = { timeoutMs: 900_000, everyMs: 200 };
export const carriers = ['PostgreSQL', 'Redis'] as const;

export interface TortureHouse {
  app: TestApp;
  designer: Client;
  redis: TestRedis | null;
  tools: HeldTools;
  startWorker(): Promise<Program>;
  read(id: string): Promise<Awaited<ReturnType<typeof readCreative>>>;
  /** Uploads a file and gives its creative's id, without waiting. */
  sent(content: Buffer, name: string): Promise<string>;
  /** The same, once a worker has looked into it. */
  ready(content: Buffer, name: string): Promise<string>;
  render(id: string, formats?: string[]): Promise<void>;
  isRunning(): Promise<boolean>;
  /** Waits until all is made; what was given up after too many crashes is asked for once more. */
  allReady(ids: readonly string[]): Promise<void>;
  /** Waits until every invariant holds. */
  allIsWell(): Promise<void>;
  close(): Promise<void>;
}

async function readCreative(designer: Client, id: string) {
  return (await designer.call('creatives.read', { params: { id } })).body;
}

/** The whole server with workers as processes of their own, over either queue. */
export async function createTortureHouse(
  carrier: (typeof carriers)[number],
  { dataDir }: { dataDir?: string } = {},
): Promise<TortureHouse> {
  const redis = carrier === 'Redis' ? await startRedis() : null;
  const tools = await createHeldTools();
  const app = await createTestApp({
    environment: {
      ...(redis && { REDIS_URL: redis.url }),
      ...(dataDir !== undefined && { DATA_DIR: dataDir }),
    },
  });
  const folder = dataDir ?? app.dataDir;
  const designer = await app.as('designer');
  const workers: Program[] = [];
  const read = (id: string) => readCreative(designer, id);

  const sent: TortureHouse['sent'] = async (content, name) => {
    const { status, body } = await upload(designer, { content, name });
    expect(status).toBe(201);
    return body.id;
  };

  return {
    app,
    designer,
    redis,
    tools,
    read,
    async startWorker() {
      const worker = await startWorkerProgram({
        databaseUrl: app.appUrl,
        dataDir: folder,
        redisUrl: redis?.url,
        ffmpegPath: tools.ffmpegPath,
      });
      workers.push(worker);
      return worker;
    },
    sent,
    async ready(content, name) {
      const id = await sent(content, name);
      await eventually(async () => (await read(id)).inspection === 'ready', patient);
      return id;
    },
    async render(id, formats) {
      const { status } = await designer.call('creatives.render', {
        params: { id },
        body: formats === undefined ? {} : { formats },
      });
      expect(status).toBe(201);
    },
    async isRunning() {
      const { rows } =
        await sql`select from jobs where state = 'running' and name = 'rendition.render'`.execute(app.db);
      return rows.length > 0;
    },
    async allReady(ids) {
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
    },
    async allIsWell() {
      await eventually(async () => {
        const files = await openDiskStore({ directory: `${folder}/storage` });
        // Files adopted by a worker killed before it could write the row; the program takes them after a day.
        await sweepFiles({ db: app.db, files, olderThanMs: 0 });
        expect(await brokenInvariants({ db: app.db, dataDir: folder })).toEqual([]);
        return true;
      }, patient);
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.kill9()));
      await app.close();
      await redis?.close();
      await tools.close();
    },
  };
}
