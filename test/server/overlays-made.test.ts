import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../helpers/client.js';
import { inspected, rendered, startMediaApp, upload } from '../helpers/media.js';

const run = promisify(execFile);

let app: Awaited<ReturnType<typeof startMediaApp>>;
let designer: Client;
let folder: string;
beforeAll(async () => {
  app = await startMediaApp();
  await app.startWorker();
  designer = await app.as('designer');
  folder = await mkdtemp(join(tmpdir(), 'tathya-overlays-'));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const ffmpeg = (...args: string[]) => run('ffmpeg', ['-v', 'error', '-y', ...args], { cwd: folder });

/** Mean grey of a whole frame: the dark ground of subtitles takes some of it away. */
async function greyAt(seconds: number): Promise<number> {
  // Each under a name of its own: the picture library remembers files by name.
  await ffmpeg('-ss', String(seconds), '-i', 'made.mp4', '-frames:v', '1', `${seconds}.png`);
  const { channels } = await sharp(join(folder, `${seconds}.png`)).stats();
  return channels[0]?.mean ?? 0;
}

it('a film that AI made leaves the worker with its disclosure measured and its subtitles in their time', async () => {
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'color=0xc0c0c0:size=1280x720:rate=25:duration=3'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', 'film.mp4'],
  );
  const content = await readFile(join(folder, 'film.mp4'));
  const { body } = await upload(designer, {
    content,
    name: 'film.mp4',
    fields: { aiDeclaration: 'generated' },
  });
  const film = await inspected(designer, body.id);
  const text = '1\n00:00:01,000 --> 00:00:02,000\nबिजली दरें नहीं बढ़ीं\n';
  const params = { id: film.id };
  const added = await designer.call('creatives.addSubtitles', {
    params,
    ifMatch: film.version,
    body: { language: 'hi', name: 'film.srt', text },
  });
  const asked = await designer.call('creatives.render', {
    params,
    body: { formats: ['x_video'], language: 'hi' },
  });
  const [made] = await rendered(designer, film.id);
  const file = await designer.call('renditions.file', { params: { id: made?.id ?? '' } });
  await writeFile(join(folder, 'made.mp4'), file.raw.rawPayload);
  const { probe } = await app.db
    .selectFrom('renditions')
    .select('probe')
    .where('id', '=', made?.id ?? '')
    .executeTakeFirstOrThrow();

  expect([added.status, asked.status, made?.state, made?.failure]).toEqual([201, 201, 'ready', null]);
  expect(probe).toMatchObject({ disclosureShare: expect.closeTo(0.105, 1) });
  const [before, during, after] = [await greyAt(0.5), await greyAt(1.5), await greyAt(2.5)];
  expect(during).toBeLessThan(before - 1.5);
  expect(Math.abs(after - before)).toBeLessThan(0.5);
});
