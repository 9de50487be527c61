import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Size } from '../../server/contract/framing.js';
import type { FocalPoint } from '../../server/contract/recipe.js';
import { fileUrl, inputOptions } from './ffmpeg-input.js';
import { MediaFailure } from './media-failure.js';
import { runTask } from './picture-process/run-task.js';
import type { Probe, ProbeInput } from './probed.js';
import { programFailure, succeeded } from './program-failure.js';
import { runCommand } from './run-command.js';
import { baseFilters } from './video-arguments.js';

/** A small picture to show a source by, and where its eye-catcher lies. */
export interface Preview extends Size {
  path: string;
  suggestedFocal: FocalPoint | null;
}

const longEdge = 640;
const waveform: Size = { width: 640, height: 160 };

function reduced(size: Size, step: 1 | 2): Size {
  const scale = Math.min(1, longEdge / Math.max(size.width, size.height));
  const part = (length: number): number => Math.max(step, Math.round((length * scale) / step) * step);
  return { width: part(size.width), height: part(size.height) };
}

/** Runs ffmpeg for one picture; resolves to whether a picture came out. */
async function drawWith(
  input: ProbeInput,
  options: { before: string[]; after: string[]; file: string },
  probe: Probe,
) {
  const { tools, limits, signal } = input;
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'],
      ...['-max_pixels', String(limits.maxVideoPixels), ...options.before, ...inputOptions(probe.type)],
      ...['-i', fileUrl(input.path), ...options.after],
      ...['-frames:v', '1', '-f', 'image2', '-update', '1', '-c:v', 'png', fileUrl(options.file)],
    ],
    directory: input.workDir,
    limits: {
      addressSpaceBytes: limits.probeMemoryBytes,
      cpuSeconds: (limits.walkWallMs / 1000) * 2,
      fileBytes: 32 * 1024 * 1024,
    },
    wallMs: limits.walkWallMs,
    ...(signal ? { signal } : {}),
  });
  if (!succeeded(result)) throw programFailure(result, 'damaged');
  return stat(options.file).then(
    (file) => file.size > 0,
    () => false,
  );
}

async function drawFrame(input: ProbeInput, probe: Probe, file: string): Promise<Size> {
  const { video } = probe;
  if (!video) throw new MediaFailure('no_video_stream');
  const size = reduced(video, 2);
  const filters = [...baseFilters(video, size, input.tools.toneMap), 'thumbnail=24'].join(',');
  const after = ['-map', `0:${video.index}`, '-vf', filters];
  const start = Math.min(3, (probe.durationMs ?? 0) / 10_000).toFixed(3);
  if (await drawWith(input, { before: ['-ss', start], after, file }, probe)) return size;
  // Nothing decodable after the jump: the first frame then, or the file shows nothing at all.
  if (await drawWith(input, { before: [], after, file }, probe)) return size;
  throw new MediaFailure('damaged');
}

/** Draws the whole of a sound as one wave, mixed to one channel, as PNG on nothing. Throws MediaFailure. */
export async function drawWave(
  input: ProbeInput,
  probe: Probe,
  { size, colour, gain, file }: { size: Size; colour: string; gain: number; file: string },
): Promise<void> {
  const wave = `showwavespic=s=${size.width}x${size.height}:scale=sqrt:colors=${colour}`;
  const graph = `[0:${probe.audio?.index ?? 0}]aformat=channel_layouts=mono,volume=${gain.toFixed(1)}dB,${wave}[w]`;
  const after = ['-filter_complex', graph, '-map', '[w]'];
  if (!(await drawWith(input, { before: [], after, file }, probe))) throw new MediaFailure('damaged');
}

async function drawWaveform(input: ProbeInput, probe: Probe, file: string): Promise<Size> {
  await drawWave(input, probe, { size: waveform, colour: '0x334155', gain: 0, file });
  return waveform;
}

/** Draws the preview of a probed source into the work directory; null for documents. Throws MediaFailure. */
export async function drawPreview(input: ProbeInput, probe: Probe): Promise<Preview | null> {
  const path = join(input.workDir, 'preview.jpg');
  const { limits } = input;
  if (probe.image) {
    const { type, image } = probe;
    const wish = { path: input.path, source: { type, image }, size: reduced(image, 1), focal: true };
    return { path, ...(await runTask(input, 'savePreview', { ...wish, limits, file: path })) };
  }
  if (probe.kind === 'document') return null;
  const drawn = join(input.workDir, 'preview-source.png');
  try {
    const size = await (probe.video ? drawFrame : drawWaveform)(input, probe, drawn);
    const wish = { path: drawn, size, focal: probe.video !== null };
    return { path, ...(await runTask(input, 'savePreview', { ...wish, limits, file: path })) };
  } finally {
    await rm(drawn, { force: true });
  }
}
