import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaLimits } from './limits.js';
import type { MediaFailure } from './media-failure.js';
import type { PlannedVideo } from './plan.js';
import { programFailure, succeeded } from './program-failure.js';
import { progressLines } from './progress.js';
import type { RenderedFile } from './rendered-file.js';
import { runCommand } from './run-command.js';
import type { MediaTools } from './tools.js';
import type { VideoTarget } from './video-arguments.js';

/** How videos of one source are encoded: the arguments differ, limits and recovery do not. */
export interface Encoding<T extends PlannedVideo> {
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
  /** The argument list of one ffmpeg process that writes every target. */
  argumentsFor: (targets: readonly VideoTarget<T>[]) => string[];
}

/** Causes that would only repeat for each output alone. */
const hopeless = ['cancelled', 'time_limit', 'stalled', 'disk_full', 'damaged', 'codec_not_allowed'];

async function encode<T extends PlannedVideo>(
  { tools, limits, workDir, signal, argumentsFor }: Encoding<T>,
  targets: readonly VideoTarget<T>[],
  onFraction: (fraction: number) => void,
): Promise<MediaFailure | null> {
  const durationMs = Math.max(...targets.map(({ output }) => output.durationMs));
  const wallMs = limits.renderWallBaseMs + durationMs * limits.renderWallPerDuration;
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffmpeg,
    args: argumentsFor(targets),
    directory: workDir,
    limits: {
      addressSpaceBytes: limits.renderMemoryBytes,
      cpuSeconds: (wallMs / 1000) * limits.threads,
      fileBytes: Math.ceil(Math.max(...targets.map(({ output }) => output.maxBytes)) * 1.1) + 65_536,
    },
    wallMs,
    stallMs: limits.stallMs,
    onLine: progressLines((position) => onFraction(Math.min(1, position / durationMs))),
    ...(signal ? { signal } : {}),
  });
  if (succeeded(result)) {
    onFraction(1);
    return null;
  }
  await Promise.all(targets.map(({ file }) => rm(file, { force: true })));
  return programFailure(result, 'internal');
}

/** Encodes one output again at a share of its bit rate: for a file that came out over its byte limit. */
export async function encodeLower<T extends PlannedVideo>(
  encoding: Encoding<T>,
  { output, file }: VideoTarget<T>,
  share: number,
): Promise<MediaFailure | null> {
  const kbps = Math.max(100, Math.floor(output.kbps * share));
  return encode(encoding, [{ output: { ...output, kbps, bufferKbits: kbps }, file }], () => undefined);
}

/**
 * Makes every video in one process. When that process fails for a reason that may lie in one output,
 * each output gets a process of its own, so only the guilty one fails.
 */
export async function encodeVideos<T extends PlannedVideo>(
  encoding: Encoding<T>,
  {
    outputs,
    name,
    onFraction,
  }: { outputs: readonly T[]; name: string; onFraction: (fraction: number) => void },
): Promise<RenderedFile<T>[]> {
  const targets = outputs.map((output, index) => ({
    output,
    file: join(encoding.workDir, `${name}-${index}.mp4`),
  }));
  const together = await encode(encoding, targets, onFraction);
  if (together === null || targets.length === 1 || hopeless.includes(together.code)) {
    return targets.map(({ output, file }) => ({
      output,
      result: together === null ? { ok: true, path: file } : { ok: false, failure: together },
    }));
  }
  const files: RenderedFile<T>[] = [];
  for (const [index, target] of targets.entries()) {
    const failure = await encode(encoding, [target], (part) => onFraction((index + part) / targets.length));
    if (failure?.code === 'cancelled') throw failure;
    files.push({
      output: target.output,
      result: failure === null ? { ok: true, path: target.file } : { ok: false, failure },
    });
  }
  return files;
}
