import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MadeFile, RenderOutcome } from '../../pipeline/media/render.js';
import type { AudioFormat, FormatSpec, ImageFormat, VideoFormat } from '../../server/contract/format.js';
import type { MediaKind } from '../../server/contract/lists.js';
import { type MediaBench, made, openMediaBench } from '../helpers/media-files.js';

const run = promisify(execFile);
let bench: MediaBench;
beforeAll(async () => {
  bench = await openMediaBench();
});
afterAll(async () => {
  await bench.close();
});

/** Formats that take this kind, and what was made of each; nothing may be missing. */
async function makeAll(path: string, kind: MediaKind, title: string | null = null) {
  const formats = [...bench.formats.values()].filter(({ accepts }) => accepts.includes(kind));
  const outcomes = await bench.render(
    path,
    formats.map(({ code, kind: made }) =>
      bench.wanted(code, kind === 'audio' && made === 'video' ? { title } : {}),
    ),
  );
  return { formats, outcomes };
}

/** One value of each chosen property, by a program that is not ours. */
async function probe(path: string, stream: 'v:0' | 'a:0', entries: string): Promise<Record<string, string>> {
  const shown = ['-select_streams', stream, '-show_entries', `stream=${entries}`, '-of', 'default=nk=0:nw=1'];
  const { stdout } = await run(bench.tools.ffprobe, ['-v', 'error', ...shown, path]);
  return Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split('=')),
  );
}

/** Loudest sample in dBFS by ffmpeg's meter, after `filters`. */
async function loudest(path: string, filters: string[] = []): Promise<number> {
  const graph = [...filters, 'volumedetect'].join(',');
  const { stderr } = await run(bench.tools.ffmpeg, ['-i', path, '-af', graph, '-f', 'null', '-']);
  return Number(/max_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]);
}

function sized({ frame }: ImageFormat | VideoFormat, source: { width: number; height: number }) {
  if (frame.fit === 'exact') return { width: frame.width, height: frame.height };
  const scale = Math.min(1, frame.longEdge / Math.max(source.width, source.height));
  return { width: Math.round(source.width * scale), height: Math.round(source.height * scale) };
}

async function checkPicture(format: ImageFormat, file: MadeFile): Promise<void> {
  const source = { width: 1600, height: 1200 };
  const { width, height, density, space, channels, ...found } = await sharp(file.path).metadata();
  const { codec_name: codec } = await probe(file.path, 'v:0', 'codec_name');

  expect([format.code, width, height]).toEqual([format.code, ...Object.values(sized(format, source))]);
  expect([found.format, space, channels]).toEqual([format.container, 'srgb', 3]);
  expect(codec).toBe({ jpeg: 'mjpeg', png: 'png', tiff: 'tiff' }[format.container]);
  if (format.image.codec !== 'jpeg') expect(density).toBe(300);
}

/** Chunk names and their bytes, in the order of the file. */
function chunksOf(bytes: Buffer): [string, Buffer][] {
  const chunks: [string, Buffer][] = [];
  for (let at = 12; at < bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    chunks.push([bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + size)]);
    at += 8 + size + (size % 2);
  }
  return chunks;
}

async function checkFilm(format: VideoFormat, file: MadeFile): Promise<void> {
  const entries = 'codec_name,profile,width,height,pix_fmt,has_b_frames,sample_aspect_ratio';
  const video = await probe(file.path, 'v:0', entries);
  const sound = await probe(file.path, 'a:0', 'codec_name,profile,channels,sample_rate');
  const steps = ['-select_streams', 'v', '-show_entries', 'packet=duration', '-of', 'csv=p=0'];
  const { stdout } = await run(bench.tools.ffprobe, ['-v', 'error', ...steps, file.path]);
  const bytes = await readFile(file.path);

  expect([format.code, video.codec_name, video.profile, video.pix_fmt]).toEqual([
    format.code,
    'h264',
    format.video.profile === 'high' ? 'High' : 'Main',
    'yuv420p',
  ]);
  if (!format.video.bFrames) expect(video.has_b_frames).toBe('0');
  expect(video.sample_aspect_ratio).toBe('1:1');
  expect([sound.codec_name, sound.profile, sound.channels, sound.sample_rate]).toEqual([
    'aac',
    'LC',
    '2',
    '48000',
  ]);
  // One distance between all pictures; the last one may be held longer or shorter.
  expect(new Set(stdout.trim().split('\n').slice(0, -1)).size).toBe(1);
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
}

async function checkSound(format: AudioFormat, file: MadeFile): Promise<void> {
  const sound = await probe(file.path, 'a:0', 'codec_name,channels,sample_rate');
  const { codec, channels, sampleRate } = format.audio;
  expect([format.code, sound.codec_name, sound.channels, sound.sample_rate]).toEqual([
    format.code,
    codec,
    String(channels),
    String(sampleRate),
  ]);
  if (format.container !== 'wav') return;
  const bytes = await readFile(file.path);
  const chunks = chunksOf(bytes);
  const [, head] = chunks[0] ?? [];
  expect(chunks.map(([name]) => name).filter((name) => name !== 'fact')).toEqual(['fmt ', 'data']);
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  expect([head?.readUInt16LE(0), head?.readUInt16LE(2), head?.readUInt32LE(4)]).toEqual([
    { pcm_s16le: 1, pcm_alaw: 6, pcm_mulaw: 7 }[format.audio.codec],
    1,
    8000,
  ]);
  expect(await loudest(file.path)).toBeLessThanOrEqual(-3);
  expect(await loudest(file.path)).toBeGreaterThan(-20);
  // Rumble far below the line's band is gone; the source holds as much of it as of speech.
  const rumble = ['lowpass=f=45:p=2', 'lowpass=f=45:p=2'];
  expect(await loudest(file.path, rumble)).toBeLessThan((await loudest(file.path)) - 25);
}

async function check(format: FormatSpec, outcomes: Map<string, RenderOutcome>): Promise<void> {
  const file = made(outcomes, format.code);
  const { length } = await readFile(file.path);
  expect(length).toBeLessThanOrEqual(format.maxBytes);
  expect(file.path.endsWith(`.${format.extension}`) || format.kind === 'image').toBe(true);
  if (format.kind === 'image') await checkPicture(format, file);
  else if (format.kind === 'video') {
    await checkFilm(format, file);
    const { width, height } = await probe(file.path, 'v:0', 'width,height');
    const expected = sized(format, { width: 320, height: 180 });
    expect([format.code, width, height]).toEqual([
      format.code,
      String(expected.width),
      String(expected.height),
    ]);
  } else await checkSound(format, file);
}

describe('every format', () => {
  it('is made from a photo as the platform asks', async () => {
    const photo = await bench.make('photo.jpg', [
      ...['-f', 'lavfi', '-i', 'testsrc2=size=1600x1200', '-frames:v', '1'],
    ]);
    const { formats, outcomes } = await makeAll(photo, 'image');
    expect(formats.length).toBeGreaterThan(15);
    for (const format of formats) await check(format, outcomes);
  }, 60_000);

  it('is made from a film with its sound', async () => {
    const film = await bench.make('film.mov', [
      ...['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=8:duration=3.2'],
      ...['-f', 'lavfi', '-i', 'aevalsrc=0.1*sin(1900*t)+0.1*sin(220*t):d=3.2:s=44100'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
    ]);
    const { formats, outcomes } = await makeAll(film, 'video');
    expect(formats.length).toBeGreaterThan(10);
    for (const format of formats) await check(format, outcomes);
  }, 180_000);

  it('is made from a voice, also as a film where only films are taken', async () => {
    const voice = await bench.make('voice.wav', [
      ...['-f', 'lavfi', '-i', 'aevalsrc=0.2*sin(2*PI*300*t)+0.2*sin(2*PI*25*t):d=3.2:s=48000'],
    ]);
    const { formats, outcomes } = await makeAll(voice, 'audio', 'बिजली की दरें नहीं बढ़ीं');
    expect(formats.map(({ kind }) => kind)).toContain('video');
    for (const format of formats) await check(format, outcomes);
  }, 120_000);
});
