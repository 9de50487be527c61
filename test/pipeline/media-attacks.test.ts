import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hardenSharp } from '../../pipeline/media/harden-sharp.js';
import { inspect } from '../../pipeline/media/inspect.js';
import { failures } from '../../server/contract/failures.js';
import {
  id3Cover,
  jpegOfScans,
  mp4Box,
  mutilated,
  patchBox,
  replaceBox,
  words,
} from '../helpers/attack-files.js';
import { clip, type MediaBench, openMediaBench, pngClaiming } from '../helpers/media-files.js';
import { peakMemoryOf, pictureProcessesOf, processorSecondsOf } from '../helpers/picture-processes.js';

let bench: MediaBench;
let film: Buffer;
let picture: Buffer;
beforeAll(async () => {
  hardenSharp({ concurrency: 2 });
  bench = await openMediaBench();
  film = await readFile(await bench.make('film.mp4', clip({ seconds: 2, rate: 10 })));
  picture = await sharp({ create: { width: 160, height: 120, channels: 3, background: '#447' } })
    .composite([{ input: { create: { width: 40, height: 40, channels: 3, background: '#fc0' } } }])
    .jpeg()
    .toBuffer();
});
afterAll(async () => {
  await bench.close();
});

/** What becomes of an upload: its kind, or why it is refused; and how long that took. */
async function fate(
  name: string,
  content: Buffer,
): Promise<{ outcome: string; final: boolean; durationMs?: number | null }> {
  const inputPath = await bench.write(name, content);
  const seen = await inspect({ inputPath, workDir: await bench.work(), tools: bench.tools });
  if (seen.ok) {
    const { kind, durationMs } = seen.inspection;
    return { outcome: kind, final: true, durationMs };
  }
  return { outcome: seen.failure.code, final: failures[seen.failure.code].final };
}

const table = ['moov', 'trak', 'mdia', 'minf', 'stbl'];

describe('an attack by a film', () => {
  it.each([
    [
      'whose edits play it two thousand times',
      () =>
        replaceBox(
          film,
          ['moov', 'trak', 'edts', 'elst'],
          Buffer.concat([words(0, 2000), ...Array<Buffer>(2000).fill(words(2000, 0, 0x10000))]),
        ),
      'damaged',
    ],
    [
      'that claims to be three hours long',
      () =>
        patchBox(patchBox(film, ['moov', 'mvhd'], 16, 10_800_000), ['moov', 'trak', 'tkhd'], 20, 10_800_000),
      'duration_mismatch or video',
    ],
    [
      'whose table of times claims a quarter of a billion entries',
      () => replaceBox(film, [...table, 'stts'], words(0, 0x0fffffff, 1, 512)),
      'damaged',
    ],
    [
      'whose table of places claims four billion entries',
      () => patchBox(film, [...table, 'stco'], 4, 0xffffffff),
      'damaged or video',
    ],
    ['whose index says it is larger than the file', () => patchBox(film, ['moov'], -8, 0xfffffff0), 'video'],
    [
      'of a thousand boxes inside each other',
      () => {
        let inner: Buffer = Buffer.alloc(0);
        for (let depth = 0; depth < 1000; depth += 1) inner = mp4Box('moov', inner);
        return Buffer.concat([film.subarray(0, film.readUInt32BE(0)), inner]);
      },
      'damaged',
    ],
    [
      'whose pictures are said to lie in another file',
      () =>
        replaceBox(
          film,
          ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref'],
          Buffer.concat([
            words(0, 1),
            mp4Box('url ', Buffer.concat([words(0), Buffer.from('file:///etc/passwd\0')])),
          ]),
        ),
      'video',
    ],
  ] satisfies [string, () => Buffer, string][])(
    '%s is answered at once and for good',
    async (_, make, expected) => {
      const { outcome, final, durationMs } = await fate('attack.mp4', make());

      // Newer ffmpeg reads past some of them: then the film is as long as it really is.
      expect(expected.split(' or ')).toContain(outcome);
      if (outcome === 'video') expect(Math.abs((durationMs ?? 0) - 2000)).toBeLessThan(200);
      expect(final).toBe(true);
    },
  );
});

describe('an attack by a picture or a sound', () => {
  it('of thousands of scans is refused before any is decoded', async () => {
    expect((await fate('few.jpg', jpegOfScans(200, 10))).outcome).toBe('image');
    const openers = await pictureProcessesOf(process.pid);
    expect(openers).not.toEqual([]);
    const used = async () => Promise.all(openers.map(processorSecondsOf));
    const before = await used();

    expect(await fate('scans.jpg', jpegOfScans(7000, 3000))).toEqual({ outcome: 'damaged', final: true });
    // Decoded, it costs half a minute; one that was stopped for that counts as infinite.
    for (const [at, seconds] of (await used()).entries()) expect(seconds - (before[at] ?? 0)).toBeLessThan(5);
  });

  it('that hides an archive or a page is refused, whichever kind it is', async () => {
    const page = Buffer.from('<html><script>alert(1)</script></html>');

    expect((await fate('page.jpg', Buffer.concat([picture, page]))).outcome).toBe('type_mismatch');
    expect((await fate('page.mp4', Buffer.concat([film, mp4Box('free', page)]))).outcome).toBe(
      'type_mismatch',
    );
    expect((await fate('page.pdf', Buffer.from(`%PDF-1.4\n${page}`))).outcome).toBe('type_mismatch');
  });

  it('whose profile unfolds into megabytes does not cost the memory of what it claims', async () => {
    const plain = await sharp(picture).png().toBuffer();
    const bomb = Buffer.concat([Buffer.from('iCCPicc\0\0', 'latin1'), deflateSync(Buffer.alloc(50_000_000))]);
    const head = words(bomb.length - 4);
    const content = Buffer.concat([plain.subarray(0, 33), head, bomb, words(0), plain.subarray(33)]);

    expect(['image', 'damaged']).toContain((await fate('profile.png', content)).outcome);
    const openers = await pictureProcessesOf(process.pid);
    expect(openers).not.toEqual([]);
    for (const pid of [process.pid, ...openers]) {
      expect(await peakMemoryOf(pid)).toBeLessThan(1_500_000_000);
    }
  });

  it('whose cover claims a gigapixel is taken as the sound it is', async () => {
    const sound = await readFile(
      await bench.make('plain.mp3', [
        '-f',
        'lavfi',
        '-i',
        'sine=d=1',
        '-c:a',
        'libmp3lame',
        '-id3v2_version',
        '0',
      ]),
    );
    const content = Buffer.concat([id3Cover(pngClaiming(30_000, 30_000)), sound]);

    expect((await fate('cover.mp3', content)).outcome).toBe('audio');
  });

  it('whose frame is larger than its container says is refused', async () => {
    const large = await sharp({ create: { width: 1500, height: 1500, channels: 3, background: '#345' } })
      .avif({ effort: 0 })
      .toBuffer();
    const at = large.indexOf('ispe');
    large.writeUInt32BE(64, at + 8);
    large.writeUInt32BE(64, at + 12);

    expect((await fate('frame.avif', large)).outcome).toBe('damaged');
  });
});

describe('fifty mutilated files', () => {
  it('are each taken or refused for good, and none breaks anything', async () => {
    const wrong: string[] = [];
    const sources = [
      ['jpg', picture],
      ['png', await sharp(picture).png().toBuffer()],
      ['webp', await sharp(picture).webp().toBuffer()],
      ['avif', await sharp(picture).avif({ effort: 0 }).toBuffer()],
      ['mp4', film],
    ] as const;
    for (let seed = 0; seed < 50; seed += 1) {
      const [extension, content] = sources[seed % sources.length] ?? sources[0];
      const { outcome, final } = await fate(`fuzz-${seed}.${extension}`, mutilated(content, seed));
      if (!final || outcome === 'internal') wrong.push(`seed ${seed} (${extension}): ${outcome}`);
    }

    expect(wrong).toEqual([]);
  });
});
