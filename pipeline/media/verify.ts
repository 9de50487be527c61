import { open, stat } from 'node:fs/promises';
import { topLevelBoxes } from './boxes.js';
import { demand, demandBytes, demandCredit, demandSame, type Measured } from './demand.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';
import type { PlannedAudio, PlannedSound, PlannedVideo } from './plan.js';
import { type AudioStream, probeStreams, type StreamProbe } from './probe-streams.js';
import { sniffFile } from './sniff.js';
import type { MediaTools } from './tools.js';
import { verifyWav } from './verify-wav.js';
import { xmpPacket } from './xmp.js';
import { readXmp } from './xmp-box.js';

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
  demandCredit(await readXmp(check.path), output.credit === null ? null : xmpPacket(output.credit));
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
  demandSame('container', found.container, output.container);
  demandSame('tracks', found.streams, 1);
  demandSound(found.audio, output.sound);
  demandDuration(found.durationMs, output.durationMs);
  const { settings } = output.sound;
  if ('maxPeak' in settings) await verifyWav(check.path, settings);
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
