import { stat } from 'node:fs/promises';
import { fileUrl, unguessedInputOptions } from './ffmpeg-input.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';
import { readingFailure, succeeded } from './program-failure.js';
import { runCommand } from './run-command.js';
import type { Sniffed } from './sniff.js';
import type { MediaTools } from './tools.js';

export interface PacketWalk {
  durationMs: number;
  videoPackets: number;
  /** What most pictures are apart, ms; null for fewer than two. Recordings of varying speed have a lower average. */
  usualGapMs: number | null;
}

/** The middle of all values, each given with how often it came. */
function median(counts: ReadonlyMap<number, number>): number | null {
  let left = [...counts.values()].reduce((sum, count) => sum + count, 0) / 2;
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    left -= count;
    if (left <= 0) return value;
  }
  return null;
}

interface Track {
  start: number;
  last: number;
  end: number;
  packets: number;
}

/**
 * Reads every packet of the chosen tracks once without decoding: the real length and frame count,
 * whatever the header claims. Throws MediaFailure for a pause no camera makes.
 */
export async function walkPackets({
  path,
  type,
  video,
  audio,
  workDir,
  tools,
  limits,
  signal,
}: {
  path: string;
  type: Sniffed;
  video: number | null;
  audio: number | null;
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
}): Promise<PacketWalk> {
  const tracks = new Map<number, Track>();
  let gapMs = 0;
  let packetBytes = 0;
  /** Steps of the decoding clock, which also rises where pictures are stored out of order; ms in tenths. */
  const steps = new Map<number, number>();
  let clock = Number.NaN;
  const onLine = (line: string): void => {
    const [stream, pts, dts, duration, bytes] = line.split(',').map(Number);
    if (stream === undefined || (stream !== video && stream !== audio)) return;
    const track = tracks.get(stream) ?? { start: Infinity, last: Number.NaN, end: -Infinity, packets: 0 };
    tracks.set(stream, track);
    track.packets += 1;
    packetBytes += bytes ?? 0;
    if (stream === video && dts !== undefined) {
      const step = Math.round((dts - clock) * 10_000) / 10;
      // As many distinct steps as this only an attack has; what is counted by then stands.
      if (step > 0 && (steps.has(step) || steps.size < 10_000)) steps.set(step, (steps.get(step) ?? 0) + 1);
      clock = dts;
    }
    const time = Number.isFinite(pts) ? pts : dts;
    if (time === undefined || !Number.isFinite(time)) return;
    if (stream === video) gapMs = Math.max(gapMs, (time - track.last) * 1000 || 0);
    track.last = Math.max(time, track.last || -Infinity);
    track.start = Math.min(track.start, time);
    track.end = Math.max(track.end, time + (Number.isFinite(duration) ? (duration ?? 0) : 0));
  };
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffprobe,
    args: [
      ...['-hide_banner', '-v', 'error', ...unguessedInputOptions(type)],
      ...['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time,size', '-of', 'csv=p=0'],
      ...['-i', fileUrl(path)],
    ],
    directory: workDir,
    limits: {
      addressSpaceBytes: limits.probeMemoryBytes,
      cpuSeconds: limits.walkWallMs / 1000,
      fileBytes: 0,
    },
    wallMs: limits.walkWallMs,
    onLine,
    ...(signal ? { signal } : {}),
  });
  if (!succeeded(result)) throw readingFailure(result);
  // A list of edits can play the same bytes thousands of times; packed tracks unfold a little.
  const { size } = await stat(path);
  if (packetBytes > size * 2 + 1_000_000) throw new MediaFailure('damaged', { bytes: packetBytes });
  if (gapMs > limits.maxGapMs) throw new MediaFailure('damaged', { gap: Math.round(gapMs) });
  const starts = [...tracks.values()].map((track) => track.start);
  const ends = [...tracks.values()].map((track) => track.end);
  const seconds = starts.length === 0 ? 0 : Math.max(...ends) - Math.max(0, Math.min(...starts));
  return {
    durationMs: Number.isFinite(seconds) ? seconds * 1000 : 0,
    videoPackets: video === null ? 0 : (tracks.get(video)?.packets ?? 0),
    usualGapMs: median(steps),
  };
}
