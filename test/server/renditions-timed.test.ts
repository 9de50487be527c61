import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../helpers/client.js';
import { eventually } from '../helpers/eventually.js';
import { inspected, rendered, startMediaApp, upload } from '../helpers/media.js';

const run = promisify(execFile);
let app: Awaited<ReturnType<typeof startMediaApp>>;
let designer: Client;
let folder: string;

/** Makes a file with ffmpeg's own test sources. */
async function made(name: string, ...options: string[]): Promise<Buffer> {
  const target = path.join(folder, name);
  await run('ffmpeg', ['-v', 'error', '-y', ...options, target]);
  return readFile(target);
}

const film = (seconds: number, size: string) => ['-f', 'lavfi', '-i', `testsrc=s=${size}:r=25:d=${seconds}`];
const tone = (seconds: number) => ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tathya-timed-'));
  app = await startMediaApp();
  await app.startWorker();
  designer = await app.as('designer');
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function ready(content: Buffer, name: string) {
  const { body } = await upload(designer, { content, name });
  return inspected(designer, body.id);
}

const render = (id: string, formats?: string[]) =>
  designer.call('creatives.render', { params: { id }, body: formats ? { formats } : {} });

describe('a film', () => {
  it('becomes a small film and a voice note, with its progress to be seen', async () => {
    const content = await made(
      'film.mp4',
      ...film(4, '640x360'),
      ...tone(4),
      '-shortest',
      '-pix_fmt',
      'yuv420p',
    );
    const creative = await ready(content, 'film.mp4');
    expect(creative).toMatchObject({ kind: 'video', width: 640, height: 360, hasAudio: true });

    await render(creative.id, ['whatsapp_video', 'whatsapp_voice_note']);
    const renditions = await rendered(designer, creative.id);
    expect(renditions.map(({ format, state, mime }) => [format.code, state, mime]).sort()).toEqual([
      ['whatsapp_video', 'ready', 'video/mp4'],
      ['whatsapp_voice_note', 'ready', 'audio/ogg; codecs=opus'],
    ]);
    expect(renditions.every(({ durationMs }) => Math.abs((durationMs ?? 0) - 4000) < 500)).toBe(true);
  });

  it('without sound offers no voice note', async () => {
    const creative = await ready(
      await made('mute.mp4', ...film(2, '320x240'), '-pix_fmt', 'yuv420p'),
      'mute.mp4',
    );
    const wrong = await render(creative.id, ['whatsapp_voice_note']);
    const all = await render(creative.id);

    expect([creative.hasAudio, wrong.status]).toEqual([false, 400]);
    expect(all.body.items.map(({ format }) => format.kind)).not.toContain('audio');
    expect(all.body.items.length).toBeGreaterThan(0);
    for (const { id } of all.body.items) await designer.call('renditions.cancel', { params: { id } });
  });

  it('that is being made is stopped within seconds when nobody wants it any more', async () => {
    // Quick to make and to read, slow to bring up to 1080 lines.
    const content = await made('long.mp4', ...film(60, '160x120'), '-pix_fmt', 'yuv420p');
    const creative = await ready(content, 'long.mp4');
    const asked = await render(creative.id, ['youtube_video']);
    const params = { id: asked.body.items[0]?.id ?? '' };
    const running = await eventually(
      async () => {
        const { body } = await designer.call('creatives.read', { params: { id: creative.id } });
        const [rendition] = body.renditions;
        return rendition?.state === 'processing' && (rendition.progress ?? 0) > 0 ? rendition : null;
      },
      { timeoutMs: 30_000 },
    );
    expect(running.progress).toBeLessThan(1);

    expect((await designer.call('renditions.cancel', { params })).body.failure?.code).toBe('cancelled');
    const row = await app.db
      .selectFrom('renditions')
      .where('id', '=', params.id)
      .select('jobId')
      .executeTakeFirst();
    const admin = await app.as('admin');
    await eventually(
      async () => {
        const { items } = (await admin.call('jobs.list', { query: { limit: 100 } })).body;
        return items.find(({ id }) => id === row?.jobId)?.state === 'cancelled';
      },
      { timeoutMs: 20_000 },
    );
    await eventually(async () =>
      (await readdir(path.join(app.dataDir, 'storage', 'work'))).every((name) => !name.startsWith('run-')),
    );
    const { body } = await designer.call('creatives.read', { params: { id: creative.id } });
    expect(body.renditions.map(({ state, failure }) => [state, failure?.code])).toEqual([
      ['failed', 'cancelled'],
    ]);
  });
});

describe('the kind of a file', () => {
  it('is settled by what is in it, not by its container', async () => {
    const { body } = await upload(designer, {
      content: await made('sound.mp4', ...tone(3)),
      name: 'sound.mp4',
      fields: { title: 'जल बोर्ड की सूचना', language: 'hi' },
    });
    const sound = await inspected(designer, body.id);
    const moving = await ready(await made('moving.gif', ...film(1, '160x120')), 'moving.gif');

    expect([sound.kind, sound.inspection]).toEqual(['audio', 'ready']);
    expect([moving.kind, moving.inspection]).toEqual(['video', 'ready']);
    const { status } = await render(sound.id, ['whatsapp_video']);
    // Where only films are taken, a sound becomes one; WhatsApp takes it as it is.
    await render(sound.id, ['whatsapp_voice_note', 'x_video']);
    const renditions = (await rendered(designer, sound.id)).map(({ format, state, mime, recipe }) => [
      format.code,
      state,
      mime,
      recipe.title,
    ]);

    expect(status).toBe(400);
    expect(renditions.sort()).toEqual([
      ['whatsapp_voice_note', 'ready', 'audio/ogg; codecs=opus', null],
      ['x_video', 'ready', 'video/mp4', 'जल बोर्ड की सूचना'],
    ]);
  });
});

describe('a job that failed', () => {
  it('takes its creative along when an administrator starts it over', async () => {
    const creative = await ready(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]), 'broken.jpg');
    expect(creative.inspection).toBe('failed');
    const admin = await app.as('admin');
    const { items } = (await admin.call('jobs.list', { query: { limit: 100, state: 'failed' } })).body;
    const job = items.find(({ objectId }) => objectId === creative.id);
    const requeued = await admin.call('jobs.requeue', { params: { id: job?.id ?? '' } });

    expect(requeued.status).toBe(200);
    await eventually(async () => {
      const { body } = await designer.call('creatives.read', { params: { id: creative.id } });
      const { items: now } = (await admin.call('jobs.list', { query: { limit: 100 } })).body;
      const again = now.find(({ id }) => id === job?.id);
      return (
        body.inspection === 'failed' && again?.state === 'failed' && again.finishedAt !== job?.finishedAt
      );
    });
  });
});
