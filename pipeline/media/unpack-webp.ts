import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTask } from './picture-process/run-task.js';
import type { ProbeInput } from './probed.js';
import { programFailure, succeeded } from './program-failure.js';
import { runCommand } from './run-command.js';
import { mostWebpPixels, webpFrameName } from './webp-frames.js';

/**
 * Turns a moving WebP, which ffmpeg cannot read, into a lossless film of the same frames and delays in
 * the work directory, and gives its path. Throws MediaFailure.
 */
export async function unpackWebp(input: ProbeInput): Promise<string> {
  const { workDir, tools, limits, signal } = input;
  const { path } = input;
  const { delays } = await runTask(input, 'writeWebpFrames', { path, workDir, limits });
  const names = delays.map((_, index) => webpFrameName(index));
  const list = join(workDir, 'frames.ffconcat');
  const film = join(workDir, 'unpacked.mov');
  const entry = (name: string): string => `file ${name}\noption framerate 1000`;
  const lines = names.map((name, index) => `${entry(name)}\nduration ${(delays[index] ?? 100) / 1000}`);
  // A list forgets the last delay unless something follows it.
  await writeFile(list, ['ffconcat version 1.0', ...lines, entry(names.at(-1) ?? ''), ''].join('\n'));
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-xerror', '-y'],
      ...['-protocol_whitelist', 'file', '-f', 'concat', '-safe', '0', '-i', `file:${list}`],
      ...['-map', '0:v', '-c', 'copy', '-f', 'mov', `file:${film}`],
    ],
    directory: workDir,
    limits: {
      addressSpaceBytes: limits.probeMemoryBytes,
      cpuSeconds: limits.walkWallMs / 1000,
      fileBytes: mostWebpPixels * 5,
    },
    wallMs: limits.walkWallMs,
    ...(signal ? { signal } : {}),
  });
  await Promise.all([list, ...names.map((name) => join(workDir, name))].map((path) => rm(path)));
  if (!succeeded(result)) throw programFailure(result, 'internal');
  return film;
}
