import { open, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { topLevelBoxes } from './boxes.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';
import type { PlannedAudio, PlannedImage, PlannedSound, PlannedVideo } from './plan.js';
import { type AudioStream, probeStreams, type StreamProbe } from './probe-streams.js';
import { sniffFile } from './sniff.js';
import type { MediaTools } from './tools.js';

/** What a finished file was measured to be; the proof behind the state `ready`. */
export interface Measured {
  bytes: number;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  /** Codec and profile as found, for example `h264 Main`, `aac`, `jpeg`. */
  video: string | null;
  audio: string | null;
  fps: number | null;
}

function demand(field: string, actual: string | number | null, limit: string | number, holds: boolean): void {
  if (!holds) throw new MediaFailure('output_not_valid', { field, limit, actual: actual ?? 'none' });
}

function demandSame(field: string, actual: string | number | null, expected: string | number): void {
  demand(field, actual, expected, actual === expected);
}

function demandBytes(bytes: number, maxBytes: number): void {
  demand('bytes', bytes, 'more than none', bytes > 0);
  if (bytes > maxBytes) throw new MediaFailure('does_not_fit_bytes', { limit: maxBytes, actual: bytes });
}

function demandDuration(actual: number | null, expected: number): void {
  const tolerance = Math.max(500, expected * 0.03);
  if (actual === null || Math.abs(actual - expected) > tolerance) {
    throw new MediaFailure('duration_mismatch', { limit: expected, actual: actual ?? 0 });
  }
}

function demandSound(audio: AudioStream | null, sound: PlannedSound | null): void {
  demandSame('audio', audio ? 'yes' : 'no', sound ? 'yes' : 'no');
  if (!audio || !sound) return;
  demandSame('audio codec', audio.codec, sound.settings.codec);
  demandSame('audio channels', audio.channels, sound.settings.channels);
  demandSame('audio sample rate', audio.sampleRate, sound.settings.sampleRate);
}

/** Decodes nothing but the header: what we encoded a moment ago is checked for shape, size and leaks. */
export async function verifyImage(path: string, output: PlannedImage): Promise<Measured> {
  const { size: bytes } = await stat(path);
  demandBytes(bytes, output.maxBytes);
  const found = await sharp(path).metadata();
  demandSame('type', found.format, 'jpeg');
  demandSame('width', found.width, output.layout.target.width);
  demandSame('height', found.height, output.layout.target.height);
  demandSame('colour', found.space, 'srgb');
  const leaks = [found.exif, found.xmp, found.iptc, found.icc].filter((part) => part !== undefined).length;
  demandSame('embedded metadata', leaks, 0);
  return {
    bytes,
    width: found.width,
    height: found.height,
    durationMs: null,
    video: 'jpeg',
    audio: null,
    fps: null,
  };
}

interface Verification {
  path: string;
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
}

async function probeOutput(check: Verification): Promise<StreamProbe> {
  return probeStreams({ ...check, type: await sniffFile(check.path) });
}

async function demandFastStart(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const order = (await topLevelBoxes(handle)).map((box) => box.type);
    const moov = order.indexOf('moov');
    demand(
      'index before data',
      order.join(' '),
      'moov before mdat',
      moov >= 0 && moov < order.indexOf('mdat'),
    );
  } finally {
    await handle.close();
  }
}

/** Probes a made video against everything its format promises. Throws MediaFailure. */
export async function verifyVideo(check: Verification, output: PlannedVideo): Promise<Measured> {
  const { size: bytes } = await stat(check.path);
  demandBytes(bytes, output.maxBytes);
  const found = await probeOutput(check);
  const { video, audio } = found;
  if (!video) throw new MediaFailure('output_not_valid', { field: 'video', limit: 'yes', actual: 'no' });
  const { settings, layout, rate } = output;
  demandSame('codec', video.codec, settings.codec);
  demandSame('profile', (video.profile ?? '').toLowerCase(), settings.profile);
  if (!settings.bFrames) demandSame('B-frames', video.hasBFrames ? 'yes' : 'no', 'no');
  demandSame('width', video.codedWidth, layout.target.width);
  demandSame('height', video.codedHeight, layout.target.height);
  demandSame('rotation', video.rotation, 0);
  demandSame('pixel format', video.pixelFormat, 'yuv420p');
  const fps = video.fps.numerator / video.fps.denominator;
  demand(
    'frame rate',
    fps,
    rate.numerator / rate.denominator,
    fps <= settings.maxFps + 0.5 && fps >= settings.minFps - 0.5,
  );
  demandSame('tracks', found.streams, audio ? 2 : 1);
  demandSound(audio, output.sound);
  demandDuration(found.durationMs, output.durationMs);
  await demandFastStart(check.path);
  return {
    bytes,
    width: video.width,
    height: video.height,
    durationMs: found.durationMs,
    video: `${video.codec} ${video.profile ?? ''}`.trim(),
    audio: audio?.codec ?? null,
    fps: Math.round(fps * 1000) / 1000,
  };
}

/** Probes a made sound file against its format. Throws MediaFailure. */
export async function verifyAudio(check: Verification, output: PlannedAudio): Promise<Measured> {
  const { size: bytes } = await stat(check.path);
  demandBytes(bytes, output.maxBytes);
  const found = await probeOutput(check);
  demandSame('container', found.container, 'ogg');
  demandSame('tracks', found.streams, 1);
  demandSound(found.audio, output.sound);
  demandDuration(found.durationMs, output.durationMs);
  return {
    bytes,
    width: null,
    height: null,
    durationMs: found.durationMs,
    video: null,
    audio: found.audio?.codec ?? null,
    fps: null,
  };
}
