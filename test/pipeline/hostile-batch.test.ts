import { readFile, readlink } from 'node:fs/promises';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Creative } from '../../server/contract/creative.js';
import { failureSentences } from '../../server/contract/describe-failure.js';
import type { FailureCode } from '../../server/contract/lists.js';
import {
  exifCircles,
  id3Cover,
  jpegOfScans,
  replaceBox,
  webpClaiming,
  withExif,
  words,
  zipEnd,
} from '../helpers/attack-files.js';
import type { Client } from '../helpers/client.js';
import { eventually } from '../helpers/eventually.js';
import { brokenInvariants } from '../helpers/invariants.js';
import { inspected, rendered, startMediaApp, upload } from '../helpers/media.js';
import {
  claimVp8Size,
  clip,
  fixture,
  gifClaiming,
  type MediaBench,
  openMediaBench,
  pngClaiming,
} from '../helpers/media-files.js';
import { pictureProcessesOf } from '../helpers/picture-processes.js';

let bench: MediaBench;
let app: Awaited<ReturnType<typeof startMediaApp>>;
let designer: Client;
beforeAll(async () => {
  bench = await openMediaBench();
});
beforeEach(async () => {
  app = await startMediaApp();
  designer = await app.as('designer');
});
afterEach(async () => {
  await app.close();
  // A worker that has stopped has left no process behind.
  await eventually(async () => (await pictureProcessesOf(process.pid)).length === 0);
});
afterAll(() => bench.close());

async function made(name: string, args: readonly string[]): Promise<Buffer> {
  return readFile(await bench.make(name, args));
}

/** A photograph of its own: another one would be known by its content. */
function photo(colour: string, { width = 900, height = 700 } = {}) {
  return sharp({ create: { width, height, channels: 3, background: colour } }).composite([
    { input: { create: { width: 90, height: 90, channels: 3, background: '#fc0' } }, left: 20, top: 30 },
  ]);
}

/** What somebody may send, by its name, with why it is refused. */
async function hostileFiles(): Promise<[string, Buffer, FailureCode][]> {
  const picture = await photo('#224466').jpeg().toBuffer();
  const film = await made('film.mp4', clip({ seconds: 2, rate: 10 }));
  const vp8 = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=1:r=10', '-c:v', 'libvpx', '-deadline', 'realtime'];
  const dot = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#f00' } })
    .webp({ lossless: true })
    .toBuffer();
  const tiff = await photo('#115511').tiff().toBuffer();
  const times = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stts'];
  const markup = Buffer.from('<html><script>alert(1)</script></html>');
  return [
    ['flood.png', pngClaiming(16_000, 16_000), 'too_many_pixels'],
    ['flood.webp', webpClaiming(dot, { side: 12_000, frames: 2 }), 'too_many_pixels'],
    ['moving.webp', webpClaiming(dot, { side: 4000, frames: 200 }), 'too_many_frames'],
    ['moving.gif', gifClaiming(3000, 3000, 3000), 'too_many_frames'],
    ['flood.tiff', tiff, 'type_not_allowed'],
    ['scans.jpg', jpegOfScans(7000, 3000), 'damaged'],
    ['circles.jpg', withExif(picture, exifCircles(5000)), 'damaged'],
    ['page.jpg', Buffer.concat([picture, markup]), 'type_mismatch'],
    ['archive.jpg', Buffer.concat([picture, zipEnd()]), 'type_mismatch'],
    [
      'drawing.jpg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'svg_not_allowed',
    ],
    ['list.mp4', Buffer.from('#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1/x.ts\n'), 'playlist_not_allowed'],
    ['concat.mp4', Buffer.from('ffconcat version 1.0\nfile sibling.mp4\n'), 'playlist_not_allowed'],
    ['cut.jpg', picture.subarray(0, 1500), 'damaged'],
    ['cut.mp4', (await readFile(fixture('big-buck-bunny-6s.mp4'))).subarray(0, 300_000), 'duration_mismatch'],
    ['claims.webm', await claimVp8Size(await bench.make('vp8.webm', vp8), 16_000, 16_000), 'too_many_pixels'],
    ['table.mp4', replaceBox(film, times, words(0, 0x0fffffff, 1, 512)), 'damaged'],
  ];
}

/** Odd but honest, or a lie in a part that does not count: taken, as this kind. */
async function oddFiles(): Promise<[string, Buffer, Creative['kind']][]> {
  const sound = ['-f', 'lavfi', '-i', 'sine=d=2', '-c:a', 'libmp3lame', '-id3v2_version', '0'];
  const cover = id3Cover(Buffer.concat([pngClaiming(30_000, 30_000), Buffer.alloc(6_000_000)]));
  return [
    ['cmyk.jpg', await photo('#884422').toColourspace('cmyk').jpeg().toBuffer(), 'image'],
    ['wide.png', await photo('#228844').withIccProfile('p3').png().toBuffer(), 'image'],
    ['grey16.png', await photo('#777777').toColourspace('grey16').png().toBuffer(), 'image'],
    ['cover.mp3', Buffer.concat([cover, await made('tone.mp3', sound)]), 'audio'],
    ['quick.mp4', await made('quick.mp4', clip({ seconds: 2, rate: 500 })), 'video'],
    ['photo.jpg', await photo('#334477').jpeg().toBuffer(), 'image'],
    ['film.mp4', await made('good.mp4', clip({ seconds: 3, rate: 15 })), 'video'],
  ];
}

async function attemptsOf(creativeId: string): Promise<number[]> {
  const { rows } = await sql<{ attempts: number }>`
    select attempts from jobs where object_id = ${creativeId}`.execute(app.db);
  return rows.map(({ attempts }) => attempts);
}

/** Sends a file; the words with which it is not even kept, or its creative's id. */
async function send(name: string, content: Buffer): Promise<{ id: string } | { refused: unknown }> {
  const { status, body, raw } = await upload(designer, { content, name });
  if (status === 201) return { id: body.id };
  expect(status).toBe(415);
  return { refused: raw.json().details };
}

async function sendGood(name: string, content: Buffer): Promise<string> {
  const sent = await send(name, content);
  if (!('id' in sent)) throw new Error(`${name}: ${JSON.stringify(sent.refused)}`);
  return sent.id;
}

describe('a batch of hostile files among good ones', { timeout: 300_000 }, () => {
  it('fails file by file, each once and with its reason, while all the good ones are made', async () => {
    const hostile = await hostileFiles();
    const odd = await oddFiles();
    const bad: { name: string; id: string; code: string }[] = [];
    const good: { name: string; id: string; kind: Creative['kind'] }[] = [];
    // Dealt like cards: each good file waits between bad ones.
    for (const [index, [name, content, code]] of hostile.entries()) {
      const sent = await send(name, content);
      if ('id' in sent) bad.push({ name, id: sent.id, code });
      else expect([name, sent.refused]).toEqual([name, failureSentences({ code, details: {} })]);
      const [fine, bytes, kind] = odd[index] ?? [];
      if (fine && bytes && kind) good.push({ name: fine, id: await sendGood(fine, bytes), kind });
    }
    await app.startWorker();

    for (const { name, id, kind } of good) {
      const { inspection, failure, ...creative } = await inspected(designer, id);
      expect({ name, inspection, kind: creative.kind, failure }).toEqual({
        ...{ name, inspection: 'ready', kind, failure: null },
      });
    }
    for (const { name, id, code } of bad) {
      const { inspection, failure } = await inspected(designer, id);
      expect({ name, inspection, code: failure?.code }).toEqual({ name, inspection: 'failed', code });
      expect(failure?.text.hi).toMatch(/\p{Script=Devanagari}/u);
      expect(failure?.text.en).toMatch(/^[\p{Script=Latin}\p{P}\p{Zs}\d]+$/u);
      expect(await attemptsOf(id)).toEqual([1]);
    }
    const formats = { image: ['x_image'], video: ['whatsapp_video'], audio: ['whatsapp_voice_note'] };
    for (const { id, kind } of good) {
      if (kind === 'document') continue;
      await designer.call('creatives.render', { params: { id }, body: { formats: formats[kind] } });
    }
    for (const { name, id } of good) {
      const states = (await rendered(designer, id)).map(({ state, failure }) => failure?.code ?? state);
      expect([name, ...states]).toEqual([name, 'ready']);
    }
    await eventually(async () => (await brokenInvariants({ db: app.db, dataDir: app.dataDir })).length === 0);
    expect(await brokenInvariants({ db: app.db, dataDir: app.dataDir })).toEqual([]);
  });

  /** The process that decodes a picture of this worker at the moment. */
  const decoding = () =>
    eventually(
      async () => {
        for (const pid of await pictureProcessesOf(process.pid)) {
          const place = await readlink(`/proc/${pid}/cwd`).catch(() => '');
          if (place.startsWith(app.dataDir)) return pid;
        }
        return null;
      },
      { timeoutMs: 60_000, everyMs: 1 },
    );

  it.each([
    ['SIGSEGV', [1]],
    ['SIGKILL', [2]],
  ] as const)(
    'loses no good picture to a process that ends by %s over it: the worker lives and makes it again',
    async (signal, attempts) => {
      await app.startWorker();
      const content = await photo('#446688', { width: 6000, height: 6000 })
        .png({ progressive: true, compressionLevel: 1 })
        .toBuffer();
      const large = await sendGood('large.png', content);
      process.kill(await decoding(), signal);

      expect(await inspected(designer, large)).toMatchObject({ inspection: 'ready', width: 6000 });
      expect(await attemptsOf(large)).toEqual(attempts);
      const next = await sendGood('next.jpg', await photo('#99aabb').jpeg().toBuffer());
      expect((await inspected(designer, next)).inspection).toBe('ready');
    },
  );
});
