import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Size } from '../../server/contract/framing.js';
import type { MediaLimits } from './limits.js';
import type { MediaFailure } from './media-failure.js';
import type { PlannedVideo } from './plan.js';
import { programFailure, succeeded } from './program-failure.js';
import { progressLines } from './progress.js';
import type { RenderedFile } from './render-images.js';
import { runCommand } from './run-command.js';
import type { MediaTools } from './tools.js';
import { type VideoSource, type VideoTarget, videoArguments } from './video-arguments.js';

export interface VideoRun {
  source: VideoSource;
  base: Size;
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
}

/** Causes that would only repeat for each output alone. */
const hopeless = ['cancelled', 'time_limit', 'stalled', 'disk_full', 'damaged', 'codec_not_allowed'];

async function encode(
  run: VideoRun,
  targets: readonly VideoTarget[],
  onFraction: (fraction: number) => void,
): Promise<MediaFailure | null> {
  const { limits, tools } = run;
  const durationMs = Math.max(...targets.map(({ output }) => output.durationMs));
  const wallMs = limits.renderWallBaseMs + durationMs * limits.renderWallPerDuration;
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffmpeg,
    args: videoArguments({
      source: run.source,
      base: run.base,
      targets,
      toneMap: tools.toneMap,
      maxPixels: limits.maxVideoPixels,
      threads: limits.threads,
    }),
    directory: run.workDir,
    limits: {
      addressSpaceBytes: limits.renderMemoryBytes,
      cpuSeconds: (wallMs / 1000) * limits.threads,
      fileBytes: Math.ceil(Math.max(...targets.map(({ output }) => output.maxBytes)) * 1.1) + 65_536,
    },
    wallMs,
    stallMs: limits.stallMs,
    onLine: progressLines((position) => onFraction(Math.min(1, position / durationMs))),
    ...(run.signal ? { signal: run.signal } : {}),
  });
  if (succeeded(result)) {
    onFraction(1);
    return null;
  }
  await Promise.all(targets.map(({ file }) => rm(file, { force: true })));
  return programFailure(result, 'internal');
}

/** Encodes one output again at a share of its bit rate: for a file that came out over its byte limit. */
export async function renderVideoLower(
  run: VideoRun,
  output: PlannedVideo,
  file: string,
  share: number,
): Promise<MediaFailure | null> {
  const kbps = Math.max(100, Math.floor(output.kbps * share));
  return encode(run, [{ output: { ...output, kbps, bufferKbits: kbps }, file }], () => undefined);
}

/**
 * Makes every video in one process from one decode. When that process fails for a reason that may
 * lie in one output, each output gets a process of its own, so only the guilty one fails.
 */
export async function renderVideos(
  run: VideoRun & { outputs: readonly PlannedVideo[]; onFraction: (fraction: number) => void },
): Promise<RenderedFile<PlannedVideo>[]> {
  const targets = run.outputs.map((output, index) => ({
    output,
    file: join(run.workDir, `video-${index}.mp4`),
  }));
  const together = await encode(run, targets, run.onFraction);
  if (together === null || targets.length === 1 || hopeless.includes(together.code)) {
    return targets.map(({ output, file }) => ({
      output,
      result: together === null ? { ok: true, path: file } : { ok: false, failure: together },
    }));
  }
  const files: RenderedFile<PlannedVideo>[] = [];
  for (const [index, target] of targets.entries()) {
    const failure = await encode(run, [target], (part) => run.onFraction((index + part) / targets.length));
    if (failure?.code === 'cancelled') throw failure;
    files.push({
      output: target.output,
      result: failure === null ? { ok: true, path: target.file } : { ok: false, failure },
    });
  }
  return files;
}
