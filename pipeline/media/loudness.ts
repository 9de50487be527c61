import type { AudioSettings } from '../../server/contract/format.js';
import { fileUrl, unguessedInputOptions } from './ffmpeg-input.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';
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

/** Decibels over full scale that no recording reaches, a thousandfold; a broken stream decodes to more. */
const loudestPeak = 60;
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

/** The numbers of ffmpeg's summary, to a tenth; a threshold stands in it twice, that of the loudness first. */
function numberAfter(label: string, summary: string): number {
  return Number(new RegExp(`\\b${label}:\\s*(\\S+)`).exec(summary)?.[1]?.replace('inf', 'Infinity'));
}

/**
 * Measures a sound track as an output of these settings carries it; null when it is silent. Throws MediaFailure.
 * By the `ebur128` filter: `loudnorm` measures the same at 192 kHz for three times the work.
 */
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
  const filter = [...heardThrough(input.settings), 'ebur128=peak=true:framelog=verbose'].join(',');
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'info', '-xerror', '-progress', 'pipe:1'],
      ...unguessedInputOptions(input.type),
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
  const at = result.stderr.lastIndexOf('Summary:');
  if (at < 0) throw programFailure(result, 'internal');
  const summary = result.stderr.slice(at);
  const measured: Loudness = {
    integrated: numberAfter('I', summary),
    truePeak: numberAfter('Peak', summary),
    range: numberAfter('LRA', summary),
    threshold: numberAfter('Threshold', summary),
  };
  if (measured.truePeak > loudestPeak) throw new MediaFailure('damaged');
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
    // Samples that are no whole numbers can be louder than full scale, which loudnorm does not take.
    const over = Math.max(0, measured.integrated, measured.threshold);
    if (over > 0) filters.push(`volume=${-over}dB`);
    const [heard, peak, threshold] = [measured.integrated, measured.truePeak, measured.threshold].map(
      (level) => (level - over).toFixed(1),
    );
    filters.push(
      `loudnorm=I=${lufs}:TP=${truePeak}:LRA=${range}:measured_I=${heard}:measured_TP=${peak}` +
        `:measured_LRA=${Math.min(range, measured.range)}:measured_thresh=${threshold}:linear=true`,
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
