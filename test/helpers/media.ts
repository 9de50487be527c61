import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type ComposeWorkerOptions, composeWorker } from '../../server/compose-worker.js';
import { readConfig } from '../../server/config.js';
import type { Creative, Rendition } from '../../server/contract/creative.js';
import { createTestApp, type TestApp } from './app.js';
import type { Client } from './client.js';
import { silentLogger } from './database.js';
import { eventually } from './eventually.js';
import { formOf } from './multipart.js';

export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Short enough not to wait for, long enough for a busy machine. */
const quick = {
  heartbeatMs: 200,
  deadAfterMs: 5_000,
  reapMs: 500,
  backoffMs: 50,
  progressEveryMs: 100,
};

/** A picture with something bright in it, so that crops differ. */
export async function picture({ width = 800, height = 600, colour = '#224466' } = {}): Promise<Buffer> {
  const spot = await sharp({ create: { width: 80, height: 80, channels: 3, background: '#ffcc00' } })
    .png()
    .toBuffer({ resolveWithObject: true });
  const raw = await sharp({ create: { width, height, channels: 3, background: colour } })
    .composite([{ input: spot.data, left: Math.floor(width / 8), top: Math.floor(height / 8) }])
    .jpeg({ quality: 90 })
    .toBuffer();
  return raw;
}

/** The server with a real worker beside it in this process. */
export async function startMediaApp(
  options: {
    timing?: ComposeWorkerOptions['timing'];
    uiDirectory?: string;
    /** Further settings of the worker. */
    env?: Record<string, string>;
  } = {},
): Promise<TestApp & { startWorker(): Promise<{ stop(): Promise<void> }> }> {
  const app = await createTestApp(
    options.uiDirectory === undefined ? {} : { uiDirectory: options.uiDirectory },
  );
  const config = readConfig({ DATA_DIR: app.dataDir, DATABASE_URL: app.appUrl, ...options.env });
  const workers: { stop(): Promise<void> }[] = [];
  return {
    ...app,
    async startWorker() {
      const worker = await composeWorker({
        config,
        db: app.db,
        appUrl: app.appUrl,
        logger: silentLogger,
        timing: { ...quick, ...options.timing },
      });
      workers.push(worker);
      return worker;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await app.close();
    },
  };
}

/** Uploads a file and gives the answer. */
export function upload(
  client: Client,
  {
    content,
    name = 'poster.jpg',
    fields = {},
    key,
  }: {
    content: Buffer;
    name?: string;
    fields?: Record<string, string>;
    key?: string;
  },
) {
  const { payload, headers } = formOf({ fields, file: { name, content } });
  return client.call('creatives.upload', { payload, headers, ...(key !== undefined && { key }) });
}

export async function inspected(client: Client, id: string): Promise<Creative> {
  return eventually(
    async () => {
      const { body } = await client.call('creatives.read', { params: { id } });
      return ['ready', 'failed'].includes(body.inspection) ? body : null;
    },
    { timeoutMs: 40_000 },
  );
}

/** Waits until none of a creative's renditions is waiting or being made. */
export async function rendered(client: Client, id: string): Promise<Rendition[]> {
  return eventually(
    async () => {
      const { body } = await client.call('creatives.read', { params: { id } });
      const over = body.renditions.every(({ state }) => state === 'ready' || state === 'failed');
      return over && body.renditions.length > 0 ? body.renditions : null;
    },
    { timeoutMs: 100_000 },
  );
}
