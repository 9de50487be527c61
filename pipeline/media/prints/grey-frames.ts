import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Size } from '../../../server/contract/framing.js';
import { fileUrl, inputOptions } from '../ffmpeg-input.js';
import { MediaFailure } from '../media-failure.js';
import type { Probe, ProbeInput } from '../probed.js';
import { programFailure, succeeded } from '../program-failure.js';
import { runCommand } from '../run-command.js';
import type { Luma } from './luma.js';

/** Longer edge of a picture that is hashed. */
const longEdge = 256;
const shortestEdge = 16;
/**
 * Pictures of a film that are hashed, at most four a second: what moves looks other half a second later. Of 57 stills
 * out of 30 seconds of a film 45 were found by one picture a second, 50 by two, all by four.
 */
const mostFrames = 96;
const fewestMsApart = 250;
/** Films longer than this are looked at by their key frames only: decoding all of one takes minutes. */
const longFilmMs = 120_000;

/** One picture of a film and when it is seen. */
export interface GreyFrame {
  luma: Luma;
  atMs: number;
}

function reduced({ width, height }: Size): Size {
  const scale = Math.min(1, longEdge / Math.max(width, height));
  const part = (length: number): number => Math.max(shortestEdge, Math.round(length * scale));
  return { width: part(width), height: part(height) };
}

/** Runs ffmpeg and gives what it writes: no program's output is trusted to be longer than it should. */
export async function runForBytes(
  { tools, limits, workDir, signal }: ProbeInput,
  { args, mostBytes }: { args: (file: string) => readonly string[]; mostBytes: number },
): Promise<Buffer> {
  const file = join(workDir, 'print.raw');
  try {
    const result = await runCommand({
      wrappers: tools.wrappers,
      program: tools.ffmpeg,
      args: ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y', ...args(fileUrl(file))],
      directory: workDir,
      limits: {
        addressSpaceBytes: limits.probeMemoryBytes,
        cpuSeconds: (limits.walkWallMs / 1000) * 2,
        fileBytes: mostBytes + 1,
      },
      wallMs: limits.walkWallMs,
      ...(signal ? { signal } : {}),
    });
    if (!succeeded(result)) throw programFailure(result, 'damaged');
    return await readFile(file);
  } finally {
    await rm(file, { force: true });
  }
}

function framesOf(bytes: Buffer, { width, height }: Size): Luma[] {
  const pixels = width * height;
  return Array.from({ length: Math.floor(bytes.length / pixels) }, (_, at) => ({
    width,
    height,
    data: Float32Array.from(bytes.subarray(at * pixels, (at + 1) * pixels)),
  }));
}

function outputOf(filters: string[], size: Size, file: string): string[] {
  const chain = [...filters, `scale=${size.width}:${size.height}:flags=area`, 'format=gray'].join(',');
  return ['-vf', chain, '-f', 'rawvideo', file];
}

/** A preview, which is a JPEG of our own making, in grey. Throws MediaFailure. */
export async function greyPreview(input: ProbeInput, preview: Size & { path: string }): Promise<Luma> {
  const size = reduced(preview);
  const bytes = await runForBytes(input, {
    args: (file) => [
      ...['-protocol_whitelist', 'file', '-f', 'jpeg_pipe', '-i', fileUrl(preview.path)],
      ...['-frames:v', '1', ...outputOf([], size, file)],
    ],
    mostBytes: size.width * size.height,
  });
  const [luma] = framesOf(bytes, size);
  if (!luma) throw new MediaFailure('damaged');
  return luma;
}

/** Pictures of a film in grey, spread evenly over it. Throws MediaFailure. */
export async function greyFrames(input: ProbeInput, probe: Probe): Promise<GreyFrame[]> {
  const { video, durationMs } = probe;
  if (!video) return [];
  const size = reduced(video);
  const length = Math.max(1, durationMs ?? 1);
  const everyMs = Math.max(fewestMsApart, length / mostFrames);
  const bytes = await runForBytes(input, {
    args: (file) => [
      ...['-max_pixels', String(input.limits.maxVideoPixels)],
      ...(length > longFilmMs ? ['-skip_frame', 'nokey'] : []),
      ...[...inputOptions(probe.type), '-i', fileUrl(input.path), '-map', `0:${video.index}`],
      ...['-frames:v', String(mostFrames)],
      ...outputOf([`fps=1000/${Math.round(everyMs)}:start_time=0:round=near`], size, file),
    ],
    mostBytes: size.width * size.height * mostFrames,
  });
  return framesOf(bytes, size).map((luma, at) => ({ luma, atMs: Math.round(at * everyMs) }));
}
