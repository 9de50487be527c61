import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { detectTools } from '../../pipeline/media/tools.js';
import type { Client } from '../helpers/client.js';
import { eventually } from '../helpers/eventually.js';
import { formOf } from '../helpers/multipart.js';
import { type BenchOptions, type Figure, median } from './figure.js';
import { startRealServer } from './real-server.js';

/**
 * A stand-in for ffmpeg that runs it and leaves a folder behind for each start: what it was for can be
 * counted, and unlike a file a folder may be made where the program may write none.
 */
async function countingFfmpeg(folder: string): Promise<{ ffmpegPath: string; encodes(): Promise<number> }> {
  const tools = await detectTools();
  const [programs, starts] = [path.join(folder, 'programs'), path.join(folder, 'starts')];
  await Promise.all([programs, starts].map((one) => mkdir(one, { recursive: true })));
  const ffmpegPath = path.join(programs, 'ffmpeg');
  await writeFile(
    ffmpegPath,
    `#!/bin/sh\ncase "$*" in *-c:v*libx264*|*-c:a*libopus*|*-c:a*aac*|*-c:a*pcm*) mkdir "${starts}/$$";; esac\nexec ${tools.ffmpeg} "$@"\n`,
  );
  await writeFile(path.join(programs, 'ffprobe'), `#!/bin/sh\nexec ${tools.ffprobe} "$@"\n`);
  await Promise.all(['ffmpeg', 'ffprobe'].map((name) => chmod(path.join(programs, name), 0o755)));
  return { ffmpegPath, encodes: async () => (await readdir(starts)).length };
}

interface Times {
  id: string;
  previewMs: number;
  renditionsMs: number;
  renditions: number;
}

const soon = { timeoutMs: 600_000, everyMs: 10 };

async function upload(client: Client, content: Buffer, name: string): Promise<string> {
  const { payload, headers } = formOf({ file: { name, content } });
  const answer = await client.call('creatives.upload', { payload, headers, key: randomUUID() });
  if (answer.status >= 300) throw new Error(`the upload answered ${answer.status}: ${answer.raw.body}`);
  return answer.body.id;
}

/** Times from the moment the upload was accepted; every format that suits is asked for at once. */
async function follow(client: Client, content: Buffer, name: string): Promise<Times> {
  const id = await upload(client, content, name);
  const accepted = performance.now();
  await eventually(async () => {
    const { status } = await client.call('creatives.preview', { params: { id } });
    return status === 200;
  }, soon);
  const previewMs = performance.now() - accepted;
  await eventually(async () => {
    const { body } = await client.call('creatives.read', { params: { id } });
    return body.inspection === 'ready';
  }, soon);
  const asked = await client.call('creatives.render', { params: { id }, body: {}, key: randomUUID() });
  if (asked.status >= 300)
    throw new Error(`asking for renditions answered ${asked.status}: ${asked.raw.body}`);
  const renditions = await eventually(async () => {
    const { body } = await client.call('creatives.read', { params: { id } });
    const over = body.renditions.filter(({ state }) => state === 'ready' || state === 'failed');
    return over.length === asked.body.items.length ? body.renditions : null;
  }, soon);
  const failed = renditions.filter(({ state }) => state === 'failed');
  for (const { format, failure } of failed) {
    if (!['too_long', 'too_short'].includes(failure?.code ?? '')) {
      throw new Error(`${format.code} failed: ${JSON.stringify(failure)}`);
    }
  }
  return { id, previewMs, renditionsMs: performance.now() - accepted, renditions: renditions.length };
}

/** How long people wait, through the real server and worker, and that nothing is ever made twice. */
export async function uploadFigures(
  { folder, runs, say }: BenchOptions,
  sources: { picture: string; film: string },
): Promise<Figure[]> {
  const counting = await countingFfmpeg(folder);
  const server = await startRealServer({ folder, ffmpegPath: counting.ffmpegPath });
  try {
    const client = await server.as('designer');
    const jobs = async (): Promise<number> => {
      const { rows } = await sql<{ jobs: number }>`
        select count(*) as jobs from jobs where name = 'rendition.render'`.execute(server.db);
      return rows[0]?.jobs ?? 0;
    };
    const figures: Figure[] = [];
    const add = (name: string, value: number, unit: string, goal: number | null) =>
      figures.push({ name, value, unit, goal });
    for (const [name, file, title, goals] of [
      ['upload', sources.picture, 'poster.jpg', [2, 15]],
      ['upload-film', sources.film, 'film.mp4', [8, null]],
    ] as const) {
      const content = await readFile(file);
      const times: Times[] = [];
      for (let run = 0; run < (name === 'upload' ? runs : 1); run += 1) {
        // One byte more after the end makes another file of the same content, which has to be made anew.
        times.push(await follow(client, Buffer.concat([content, Buffer.alloc(run)]), title));
        const { previewMs, renditionsMs, renditions } = times.at(-1) ?? { previewMs: 0, renditionsMs: 0 };
        say(
          `${name}: preview after ${Math.round(previewMs)} ms, ${renditions} renditions after ${Math.round(renditionsMs)} ms`,
        );
      }
      const seconds = (pick: (one: Times) => number): number => median(times.map(pick)) / 1000;
      add(
        `${name}/first-preview`,
        seconds((one) => one.previewMs),
        's',
        goals[0],
      );
      add(
        `${name}/all-renditions`,
        seconds((one) => one.renditionsMs),
        's',
        goals[1],
      );
    }
    const before = { encodes: await counting.encodes(), jobs: await jobs() };
    for (const [file, title] of [
      [sources.picture, 'again.jpg'],
      [sources.film, 'again.mp4'],
    ] as const) {
      const again = await follow(client, await readFile(file), title);
      say(`the same again: ${again.renditions} renditions after ${Math.round(again.renditionsMs)} ms`);
    }
    const made = (await counting.encodes()) - before.encodes + ((await jobs()) - before.jobs);
    add('same-again/encodes', made, 'encodes', 0);
    return figures;
  } finally {
    await server.stop();
  }
}
