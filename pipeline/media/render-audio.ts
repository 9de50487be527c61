import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileUrl, inputOptions } from './ffmpeg-input.js';
import type { MediaLimits } from './limits.js';
import { type Loudness, soundFilters } from './loudness.js';
import type { PlannedAudio } from './plan.js';
import { programFailure, succeeded } from './program-failure.js';
import { progressLines } from './progress.js';
import type { RenderedFile } from './rendered-file.js';
import { runCommand } from './run-command.js';
import type { Sniffed } from './sniff.js';
import type { MediaTools } from './tools.js';

/** Encoder and container: Opus tuned for speech, or plain samples with nothing between header and data. */
function writing({ container, sound: { settings } }: PlannedAudio): string[] {
  const encoder =
    settings.codec === 'opus'
      ? ['-c:a', 'libopus', '-b:a', `${settings.kbps}k`, '-application', 'voip']
      : ['-c:a', settings.codec];
  return [
    ...encoder,
    ...['-ac', String(settings.channels), '-ar', String(settings.sampleRate)],
    // Without metadata and bit-exact, a WAV has no LIST chunk: dialling machines choke on it.
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
    ...['-f', container],
  ];
}

/** Makes one sound file from a track of the source. */
export async function renderAudio({
  path,
  type,
  track,
  output,
  index,
  loudness,
  workDir,
  tools,
  limits,
  signal,
  onFraction,
}: {
  path: string;
  type: Sniffed;
  track: number;
  output: PlannedAudio;
  index: number;
  loudness: Loudness | null;
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
  onFraction: (fraction: number) => void;
}): Promise<RenderedFile<PlannedAudio>> {
  const file = join(workDir, `audio-${index}.${output.container}`);
  const wallMs = limits.renderWallBaseMs + output.durationMs * limits.renderWallPerDuration;
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-xerror', '-y'],
      ...['-progress', 'pipe:1', '-stats_period', '0.5', ...inputOptions(type), '-i', fileUrl(path)],
      ...['-map', `0:${track}`, '-af', soundFilters(output.sound, loudness).join(',')],
      ...['-t', (output.durationMs / 1000).toFixed(3), '-fs', String(Math.ceil(output.maxBytes * 1.05))],
      ...writing(output),
      fileUrl(file),
    ],
    directory: workDir,
    limits: {
      addressSpaceBytes: limits.renderMemoryBytes,
      cpuSeconds: wallMs / 1000,
      fileBytes: Math.ceil(output.maxBytes * 1.1) + 65_536,
    },
    wallMs,
    stallMs: limits.stallMs,
    onLine: progressLines((position) => onFraction(Math.min(1, position / output.durationMs))),
    ...(signal ? { signal } : {}),
  });
  if (succeeded(result)) return { output, result: { ok: true, path: file } };
  await rm(file, { force: true });
  return { output, result: { ok: false, failure: programFailure(result, 'internal') } };
}
