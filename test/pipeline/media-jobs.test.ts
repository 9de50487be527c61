import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { loadFormats } from '../../pipeline/formats/load-formats.js';
import type { JobHandler, RunningJob } from '../../pipeline/handler.js';
import { jobDefinitions, laneOf } from '../../pipeline/jobs.js';
import { loadHandlers } from '../../pipeline/load-handlers.js';
import { defaultLimits } from '../../pipeline/media/limits.js';
import { detectTools, type MediaTools } from '../../pipeline/media/tools.js';
import type { InspectedCreative, MadeRendition, WorkFailure } from '../../pipeline/ports.js';
import { defaultRecipe } from '../../server/contract/recipe.js';
import { silentLogger } from '../helpers/database.js';

const run = promisify(execFile);

/** The database's part, in memory; the transaction is a token that shows the writes were made in one. */
const transaction = Symbol('transaction');
type Tx = typeof transaction;

let root: string;
let files: FileStore;
let tools: MediaTools;
let handlers: ReadonlyMap<string, JobHandler<Tx>>;
let source: string | null;
let wanted: { id: string; format: string }[];
let made: Map<string, MadeRendition>;
let failed: Map<string, WorkFailure>;
let started: string[][];
let found: InspectedCreative | null;
let formats: Awaited<ReturnType<typeof loadFormats>>;

function formatOf(code: string) {
  const format = formats.find((entry) => entry.code === code);
  if (!format) throw new Error(`no format ${code}`);
  return format;
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'tathya-media-jobs-'));
  files = await openDiskStore({ directory: path.join(root, 'store') });
  formats = await loadFormats();
  [source, wanted, made, failed, started, found] = [null, [], new Map(), new Map(), [], null];
  tools = await detectTools();
  await load();
}, 60_000);
afterEach(async () => {
  // Other files of tests in this process count the processes for pictures.
  tools.pictures.close();
  await rm(root, { recursive: true, force: true });
});

async function load(limits = defaultLimits): Promise<void> {
  const loaded = await loadHandlers<Tx>({
    files,
    limits,
    tools,
    logger: silentLogger,
    prints: { toPrint: async () => null, printed: async () => {} },
    cardPreviews: { toPreview: async () => null, previewed: async () => {} },
    creatives: {
      toInspect: async () => (source === null || found ? null : { fileSha256: source, generated: false }),
      started: async () => {},
      inspected: async (tx, _, result) => {
        expect(tx).toBe(transaction);
        found = result;
      },
    },
    renditions: {
      async load() {
        if (source === null) return null;
        const open = wanted.filter(({ id }) => !made.has(id) && !failed.has(id));
        const renditions = open.map(({ id, format }) => {
          const spec = formatOf(format);
          return { id, format: spec, recipe: defaultRecipe({ framing: spec.defaultFraming }) };
        });
        return { fileSha256: source, generated: false, renditions };
      },
      started: async (_, ids) => void started.push([...ids]),
      made: async (tx, rendition) => {
        expect(tx).toBe(transaction);
        made.set(rendition.id, rendition);
      },
      failed: async (_, id, failure) => void failed.set(id, failure),
    },
  });
  handlers = new Map(loaded.map((handler) => [handler.definition.name, handler]));
}

async function store(name: string, content: Buffer): Promise<void> {
  const file = path.join(await files.workDirectory('upload'), name);
  await writeFile(file, content);
  source = (await files.adopt(file)).sha256;
}

async function storeVideo(): Promise<void> {
  const file = path.join(await files.workDirectory('upload'), 'film.mp4');
  const inputs = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=2', '-f', 'lavfi', '-i', 'sine=440:d=2'];
  await run('ffmpeg', [
    '-v',
    'error',
    ...inputs,
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-shortest',
    file,
  ]);
  source = (await files.adopt(file)).sha256;
}

async function perform(name: string, payload: unknown, options: Partial<RunningJob<unknown, Tx>> = {}) {
  const progress: number[] = [];
  const handler = handlers.get(name);
  if (!handler) throw new Error(`no handler of ${name}`);
  const result = await handler.run({
    id: randomUUID(),
    payload,
    attempts: 0,
    lastAttempt: false,
    signal: new AbortController().signal,
    workDirectory: () => files.workDirectory(`run-${randomUUID()}`),
    progress: (fraction) => void progress.push(fraction),
    checkpoint: (commit) => commit(transaction),
    ...options,
  });
  await result.commit?.(transaction);
  return progress;
}

const want = (...codes: string[]) => {
  wanted = codes.map((format) => ({ id: randomUUID(), format }));
  return { creativeId: randomUUID(), renditionIds: wanted.map(({ id }) => id) };
};

describe('the jobs of media', { timeout: 120_000 }, () => {
  test('every kind of job has its handler, and every kind of media a lane', () => {
    expect([...handlers.keys()].sort()).toEqual(jobDefinitions.map(({ name }) => name).sort());
    expect((['image', 'video', 'audio', 'document'] as const).map(laneOf)).toEqual([
      'image',
      'video',
      'audio',
      'small',
    ]);
  });

  test('an uploaded picture is inspected: its size and a preview in the store', async () => {
    await store(
      'a.jpg',
      await sharp({ create: { width: 900, height: 600, channels: 3, background: '#336699' } })
        .jpeg()
        .toBuffer(),
    );
    await perform('creative.inspect', { creativeId: randomUUID() });
    expect(found).toMatchObject({ width: 900, height: 600, hasAudio: false, c2paPresent: false });
    expect(await files.stat(found?.preview?.sha256 ?? '0'.repeat(64))).toEqual(found?.preview);
  });

  test('a broken upload fails with its reason', async () => {
    await store('a.jpg', Buffer.from('no picture at all'));
    await expect(perform('creative.inspect', { creativeId: randomUUID() })).rejects.toMatchObject({
      code: 'type_not_allowed',
    });
    expect(found).toBeNull();
  });

  test('several renditions of one film are made in one run, each a file in the store that was measured', async () => {
    await storeVideo();
    const payload = want('whatsapp_video', 'x_video');
    const progress = await perform('rendition.render', payload);
    expect([...failed]).toEqual([]);
    expect([...made.keys()].sort()).toEqual([...payload.renditionIds].sort());
    for (const rendition of made.values()) {
      expect(await files.stat(rendition.file.sha256)).toEqual(rendition.file);
      expect(rendition).toMatchObject({ mime: 'video/mp4', probe: { bytes: rendition.file.size } });
      expect(rendition.durationMs).toBeGreaterThan(1_800);
    }
    expect(started).toEqual([payload.renditionIds]);
    expect(progress.length).toBeGreaterThan(0);
  });

  test('one rendition that cannot be made keeps no other from being made', async () => {
    await store(
      'a.jpg',
      await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#336699' } })
        .jpeg()
        .toBuffer(),
    );
    const payload = want('x_image', 'x_video');
    await perform('rendition.render', payload);
    const [image = '', video = ''] = payload.renditionIds;
    expect([...made.keys()]).toEqual([image]);
    expect(failed.get(video)?.reason).toBe('wrong_kind_for_format');
  });

  test('a second run makes only what is still missing', async () => {
    await store(
      'a.jpg',
      await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#336699' } })
        .jpeg()
        .toBuffer(),
    );
    const payload = want('x_image', 'whatsapp_image');
    const [first = '', second = ''] = payload.renditionIds;
    wanted = wanted.filter(({ id }) => id === first);
    await perform('rendition.render', payload);
    wanted.push({ id: second, format: 'whatsapp_image' });
    const before = made.get(first);
    await perform('rendition.render', payload);
    expect(started).toEqual([[first], [second]]);
    expect(made.get(first)).toBe(before);
    await perform('rendition.render', payload);
    expect(started).toHaveLength(2);
  });

  test('a failure that a repeat may cure fails the run, and on the last attempt the rendition', async () => {
    await storeVideo();
    const payload = want('x_video');
    await load({ ...defaultLimits, renderWallBaseMs: 1, renderWallPerDuration: 0 });
    await expect(perform('rendition.render', payload)).rejects.toMatchObject({ code: 'time_limit' });
    expect([...failed]).toEqual([]);
    await perform('rendition.render', payload, { lastAttempt: true });
    expect(failed.get(payload.renditionIds[0] ?? '')?.reason).toBe('time_limit');
  });

  test('a stopped run throws and keeps nothing', async () => {
    await storeVideo();
    const payload = want('x_video');
    const controller = new AbortController();
    const running = perform('rendition.render', payload, {
      signal: controller.signal,
      checkpoint: async (commit) => {
        await commit(transaction);
        controller.abort(new Error('cancelled'));
      },
    });
    await expect(running).rejects.toThrow('cancelled');
    expect([...made]).toEqual([]);
    expect([...failed]).toEqual([]);
  });

  test('a creative that is gone needs no work', async () => {
    await perform('rendition.render', want('x_image'));
    await perform('creative.inspect', { creativeId: randomUUID() });
    expect(started).toEqual([]);
  });
});
