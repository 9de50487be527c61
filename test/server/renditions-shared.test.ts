import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../helpers/client.js';
import { inspected, picture, rendered, startMediaApp, upload } from '../helpers/media.js';

const run = promisify(execFile);
let app: Awaited<ReturnType<typeof startMediaApp>>;
let designer: Client;
let folder: string;

async function located(program: string): Promise<string> {
  return (await run('sh', ['-c', `command -v ${program}`])).stdout.trim();
}

/** Every call of ffmpeg that writes a film, from the note the script below keeps. */
async function encodes(): Promise<string[]> {
  const notes = await readFile(path.join(folder, 'calls'), 'utf8');
  return notes.split('\n').filter((line) => line !== '');
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tathya-shared-'));
  await writeFile(path.join(folder, 'calls'), '');
  const script = [
    '#!/bin/sh',
    'for last; do :; done',
    `case "$last" in *.mp4) echo "$last" >> ${folder}/calls;; esac`,
    `exec ${await located('ffmpeg')} "$@"`,
  ];
  await writeFile(path.join(folder, 'ffmpeg'), `${script.join('\n')}\n`);
  await chmod(path.join(folder, 'ffmpeg'), 0o755);
  await symlink(await located('ffprobe'), path.join(folder, 'ffprobe'));
  app = await startMediaApp({ env: { FFMPEG_PATH: path.join(folder, 'ffmpeg') } });
  designer = await app.as('designer');
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (id: string, formats: string[]) =>
  designer.call('creatives.render', { params: { id }, body: { formats } });

async function jobCount(): Promise<number | undefined> {
  const { rows } = await sql<{ count: number }>`select count(*) from jobs`.execute(app.db);
  return rows[0]?.count;
}

async function files(creativeId: string): Promise<Map<string, string | null>> {
  const rows = await app.db
    .selectFrom('renditions')
    .innerJoin('formatVersions', 'formatVersions.id', 'renditions.formatVersionId')
    .where('creativeId', '=', creativeId)
    .select(['formatVersions.format', 'fileSha256'])
    .execute();
  return new Map(rows.map(({ format, fileSha256 }) => [format, fileSha256]));
}

it('one encode serves the Short, the reel and the story, whether they are asked for together, while it waits or later', async () => {
  const worker = await app.startWorker();
  const target = path.join(folder, 'upright.mkv');
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=180x320:r=25:d=3.2', '-pix_fmt', 'yuv420p', target],
  ]);
  const { body } = await upload(designer, { content: await readFile(target), name: 'upright.mkv' });
  const { id } = await inspected(designer, body.id);
  await worker.stop();
  // Two jobs wait; the second finds what the first has made.
  await ask(id, ['youtube_short']);
  await ask(id, ['reel_video', 'x_video']);
  await app.startWorker();
  const renditions = await rendered(designer, id);
  expect(renditions.map(({ format, state }) => [format.code, state]).sort()).toEqual([
    ['reel_video', 'ready'],
    ['x_video', 'ready'],
    ['youtube_short', 'ready'],
  ]);
  // One for the Short, one for X, whose frame differs.
  expect(await encodes()).toHaveLength(2);

  const jobs = await jobCount();
  const later = await ask(id, ['story_video', 'reel_video']);
  expect(later.body.items.map(({ format, state }) => [format.code, state])).toEqual([
    ['story_video', 'ready'],
    ['reel_video', 'ready'],
  ]);
  expect(await jobCount()).toBe(jobs);
  expect(await encodes()).toHaveLength(2);
  const made = await files(id);
  expect(made.get('story_video')).toBe(made.get('youtube_short'));
  expect(made.get('reel_video')).toBe(made.get('youtube_short'));
  expect(made.get('x_video')).not.toBe(made.get('youtube_short'));
}, 120_000);

it('pictures are one file only while nothing is drawn in places of their own', async () => {
  const { body } = await upload(designer, { content: await picture({ colour: '#553311' }) });
  const { id } = await inspected(designer, body.id);
  const wish = (formats: string[], label: boolean) =>
    designer.call('creatives.render', { params: { id }, body: { formats, overlays: { label } } });
  await wish(['story_image', 'feed_image_4x5'], false);
  await rendered(designer, id);
  const bare = await wish(['x_image_4x5', 'whatsapp_status_image'], false);
  // A status leaves other parts of the frame free than a story: the label of who issued it moves.
  const labelled = await wish(['story_image', 'whatsapp_status_image'], true);
  await rendered(designer, id);
  const rows = await app.db
    .selectFrom('renditions')
    .where('creativeId', '=', id)
    .select(['id', 'fileSha256'])
    .execute();
  const file = (renditionId: string | undefined) => rows.find((row) => row.id === renditionId)?.fileSha256;

  expect(bare.body.items.map(({ state }) => state)).toEqual(['ready', 'ready']);
  expect(labelled.body.items.map(({ state }) => state)).toEqual(['queued', 'queued']);
  const [story, status] = labelled.body.items.map((item) => file(item.id));
  expect(story).toMatch(/^[0-9a-f]{64}$/);
  expect(story).not.toBe(status);
});
