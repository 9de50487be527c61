import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { AudioSettings } from '../../server/contract/format.js';
import { fileUrl, inputOptions } from './ffmpeg-input.js';
import type { MediaLimits } from './limits.js';
import type { PlannedSound } from './plan.js';
import { programFailure, succeeded } from './program-failure.js';
import { progressLines } from './progress.js';
import { runCommand } from './run-command.js';
import type { Sniffed } from './sniff.js';
import type { MediaTools } from './tools.js';

/** Loudness of a source, EBU R128: what the second pass needs to reach a target with one even gain. */
export interface Loudness {
  integrated: number;
  truePeak: number;
  range: number;
  threshold: number;
}

const Answer = Type.Object({
  input_i: Type.String(),
  input_tp: Type.String(),
  input_lra: Type.String(),
  input_thresh: Type.String(),
});

const layoutOf = { 1: 'mono', 2: 'stereo' } as const;
/** Wide enough that speech is lifted as a whole and never compressed. */
const range = 20;

function channelLayout(channels: number): 'mono' | 'stereo' {
  return layoutOf[channels === 1 ? 1 : 2];
}

/** Mixed to the output's channels and, for a telephone, without what its line does not carry. */
function heardThrough(settings: AudioSettings): string[] {
  const mixed = `aformat=channel_layouts=${channelLayout(settings.channels)}`;
  if (!('band' in settings)) return [mixed];
  const { lowHz, highHz } = settings.band;
  // Four poles at each end: with two, rumble and hiss would still be heard. One rate gives all sources the same response.
  const low = `highpass=f=${lowHz}:p=2`;
  const high = `lowpass=f=${highHz}:p=2`;
  return [mixed, 'aresample=48000', low, low, high, high];
}

/** What a measurement depends on besides the source: settings with the same text share one. */
export function heardKey(settings: AudioSettings): string {
  return heardThrough(settings).join(',');
}

/** Measures a sound track as an output of these settings carries it; null when it is silent. Throws MediaFailure. */
export async function measureLoudness(input: {
  path: string;
  type: Sniffed;
  track: number;
  settings: AudioSettings;
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  wallMs: number;
  signal?: AbortSignal | undefined;
}): Promise<Loudness | null> {
  const { limits, tools } = input;
  const filter = [...heardThrough(input.settings), 'loudnorm=print_format=json'].join(',');
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'info', '-xerror', '-progress', 'pipe:1'],
      ...inputOptions(input.type),
      ...['-i', fileUrl(input.path), '-map', `0:${input.track}`, '-af', filter, '-f', 'null', '-'],
    ],
    directory: input.workDir,
    limits: { addressSpaceBytes: limits.probeMemoryBytes, cpuSeconds: input.wallMs / 1000, fileBytes: 0 },
    wallMs: input.wallMs,
    stallMs: limits.stallMs,
    onLine: progressLines(() => undefined),
    ...(input.signal ? { signal: input.signal } : {}),
  });
  if (!succeeded(result)) throw programFailure(result, 'damaged');
  const text = result.stderr.slice(result.stderr.lastIndexOf('{'), result.stderr.lastIndexOf('}') + 1);
  const answer: unknown = text === '' ? null : JSON.parse(text);
  if (!Value.Check(Answer, answer)) throw programFailure(result, 'internal');
  const measured: Loudness = {
    integrated: Number(answer.input_i),
    truePeak: Number(answer.input_tp),
    range: Number(answer.input_lra),
    threshold: Number(answer.input_thresh),
  };
  const heard = Object.values(measured).every(Number.isFinite) && measured.integrated > -70;
  return heard ? measured : null;
}

/** Ratio to full scale of a level in dBFS, a little lower: eight-bit telephone samples round up. */
function peakRatio(decibels: number): string {
  return (10 ** ((decibels - 0.5) / 20)).toFixed(4);
}

/** The filter chain that brings a track to an output's channels, band, loudness, sample rate and peak. */
export function soundFilters({ settings }: PlannedSound, measured: Loudness | null): string[] {
  const { lufs, truePeak } = settings.loudness;
  const filters = heardThrough(settings);
  if (measured) {
    filters.push(
      `loudnorm=I=${lufs}:TP=${truePeak}:LRA=${range}:measured_I=${measured.integrated}:measured_TP=${measured.truePeak}` +
        `:measured_LRA=${Math.min(range, measured.range)}:measured_thresh=${measured.threshold}:linear=true`,
    );
  }
  // loudnorm works at 192 kHz, and a track that starts late must not slip forward.
  filters.push(`aresample=${settings.sampleRate}:async=1:first_pts=0`);
  if ('maxPeak' in settings) {
    // Said again, because a WAV without a channel mask leaves the limiter without a layout.
    filters.push(`aformat=channel_layouts=${channelLayout(settings.channels)}`);
    filters.push(`alimiter=limit=${peakRatio(settings.maxPeak)}:attack=5:release=50:level=disabled`);
  }
  return filters;
}
