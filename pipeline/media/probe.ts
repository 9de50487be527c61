import { stat } from 'node:fs/promises';
import { MediaFailure } from './media-failure.js';
import { runTask } from './picture-process/run-task.js';
import { probeStreams, type VideoStream } from './probe-streams.js';
import type { Probe, ProbeInput } from './probed.js';
import { type Sniffed, sniffFile } from './sniff.js';
import { walkPackets } from './walk-packets.js';

/** Containers that state their own length, so that a shorter content means a cut file. */
const statedLength: readonly Sniffed['demuxer'][] = ['mov', 'matroska', 'avi', 'wav', 'flac'];

/** The rate most pictures follow each other at, where the average is clearly lower: pauses then stay pauses, and motion even. */
function steadyRate(video: VideoStream, usualGapMs: number | null): VideoStream {
  const average = video.fps.numerator / video.fps.denominator;
  if (usualGapMs === null || 1000 / usualGapMs < average * 1.15) return video;
  return { ...video, fps: { numerator: Math.round(1_000_000 / usualGapMs), denominator: 1000 } };
}

async function probeTimed(input: ProbeInput, type: Sniffed, bytes: number): Promise<Probe> {
  const { limits } = input;
  const header = await probeStreams({ ...input, type });
  const { video, audio } = header;
  if (!video && !audio) throw new MediaFailure('no_video_stream');
  if (header.durationMs !== null && header.durationMs > limits.maxDurationMs) {
    throw new MediaFailure('too_long', { limit: limits.maxDurationMs, actual: header.durationMs });
  }
  const walk = await walkPackets({
    ...input,
    type,
    video: video?.index ?? null,
    audio: audio?.index ?? null,
  });
  if (walk.durationMs <= 0) throw new MediaFailure('damaged');
  if (walk.durationMs > limits.maxDurationMs) {
    throw new MediaFailure('too_long', { limit: limits.maxDurationMs, actual: Math.round(walk.durationMs) });
  }
  if (walk.videoPackets > limits.maxVideoFrames) {
    throw new MediaFailure('too_many_frames', { limit: limits.maxVideoFrames, actual: walk.videoPackets });
  }
  const stated = header.durationMs;
  const tolerance = Math.max(500, walk.durationMs * 0.03);
  if (stated !== null && statedLength.includes(type.demuxer) && stated - walk.durationMs > tolerance) {
    throw new MediaFailure('duration_mismatch', { limit: stated, actual: Math.round(walk.durationMs) });
  }
  const agreed =
    stated !== null && Math.abs(stated - walk.durationMs) <= tolerance ? stated : walk.durationMs;
  return {
    type,
    kind: video ? 'video' : 'audio',
    bytes,
    durationMs: Math.round(agreed),
    image: null,
    video: video && steadyRate(video, walk.usualGapMs),
    audio,
  };
}

/**
 * Sniffs and measures a source file: header, limits, and for timed media every packet once, so a
 * cut file or a timestamp bomb is refused before anything is decoded. Throws MediaFailure.
 */
export async function probeFile(input: ProbeInput): Promise<Probe> {
  const { size } = await stat(input.path);
  const type = await sniffFile(input.path);
  if (type.kind === 'document') {
    return { type, kind: 'document', bytes: size, durationMs: null, image: null, video: null, audio: null };
  }
  if (type.kind !== 'image') return probeTimed(input, type, size);
  const { path, limits } = input;
  if (type.demuxer === 'gif' && (await runTask(input, 'gifMoves', { path, limits })))
    return probeTimed(input, type, size);
  const image = await runTask(input, 'probeImage', { path, type, limits });
  return { type, kind: 'image', bytes: size, durationMs: null, image, video: null, audio: null };
}
