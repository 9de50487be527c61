import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { demand } from '../demand.js';
import { fileUrl } from '../ffmpeg-input.js';
import type { MediaLimits } from '../limits.js';
import type { PlannedImage, PlannedVideo } from '../plan.js';
import { programFailure, succeeded } from '../program-failure.js';
import { runCommand } from '../run-command.js';
import type { MediaTools } from '../tools.js';
import { type DrawnOverlay, drawOverlays } from './draw-overlays.js';
import { frameOf } from './frame-of.js';
import { coveredShare, type GreyBand } from './measure-disclosure.js';

export interface DisclosureCheck {
  path: string;
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
}

async function toGrey(image: Sharp): Promise<GreyBand> {
  const { data, info } = await image.greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, step: info.channels };
}

/** Reads the top of the first, a middle and the last frame of a file of ours, below each other in one picture. */
async function topOfFrames(
  { path, workDir, tools, limits, signal }: DisclosureCheck,
  { width, height, durationMs }: { width: number; height: number; durationMs: number | null },
): Promise<GreyBand[]> {
  const file = join(workDir, 'disclosure.raw');
  const timed = durationMs !== null;
  // A name with a percent sign would be a pattern to the reader of picture files.
  const starts = timed
    ? [[], ['-ss', (durationMs / 2000).toFixed(3)], ['-sseof', '-1']]
    : [['-f', 'tiff_pipe']];
  const cut = `crop=${width}:${height}:0:0`;
  const chains = starts.map((_, index) => {
    const turn = timed && index === starts.length - 1 ? ',reverse' : '';
    return `[${index}:v]${cut}${turn},trim=end_frame=1,setpts=0,format=rgb24[f${index}]`;
  });
  const names = starts.map((_, index) => `[f${index}]`).join('');
  const graph = timed ? [...chains, `${names}vstack=inputs=${starts.length}[out]`] : chains;
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'],
      ...starts.flatMap((start) => [...start, '-protocol_whitelist', 'file', '-i', fileUrl(path)]),
      ...['-filter_complex', graph.join(';'), '-map', timed ? '[out]' : '[f0]'],
      ...['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', fileUrl(file)],
    ],
    directory: workDir,
    limits: {
      addressSpaceBytes: limits.probeMemoryBytes,
      cpuSeconds: limits.imageWallMs / 1000,
      fileBytes: width * height * starts.length * 3 + 65_536,
    },
    wallMs: limits.imageWallMs,
    ...(signal ? { signal } : {}),
  });
  if (!succeeded(result)) throw programFailure(result, 'output_not_valid');
  try {
    const data = await readFile(file);
    const size = width * height * 3;
    return Promise.all(
      starts.map((_, index) =>
        toGrey(
          sharp(data.subarray(index * size, (index + 1) * size), { raw: { width, height, channels: 3 } }),
        ),
      ),
    );
  } finally {
    await rm(file, { force: true });
  }
}

async function topOf(
  check: DisclosureCheck,
  output: PlannedImage | PlannedVideo,
  band: DrawnOverlay,
): Promise<GreyBand[]> {
  const { width, height } = band;
  if ('durationMs' in output) return topOfFrames(check, { width, height, durationMs: output.durationMs });
  // sharp may not open TIFF in the worker.
  if (output.settings.codec === 'tiff') return topOfFrames(check, { width, height, durationMs: null });
  return [await toGrey(sharp(check.path).extract({ left: 0, top: 0, width, height }))];
}

/**
 * Decodes a finished file and measures how much of its visible area the disclosure of synthetic media covers: of a
 * video in its first, a middle and its last frame, the least counts. Throws `output_not_valid` when that is less than
 * the recipe's share; gives nothing when no disclosure is due.
 */
export async function verifyDisclosure(
  check: DisclosureCheck,
  output: PlannedImage | PlannedVideo,
): Promise<{ disclosureShare?: number }> {
  const due = output.overlays.find(({ kind }) => kind === 'disclosure');
  if (due?.kind !== 'disclosure') return {};
  const frame = frameOf(output);
  const [band] = (await drawOverlays(frame, output.overlays)).filter(({ kind }) => kind === 'disclosure');
  if (!band) throw new Error('a disclosure was not drawn');
  const wanted = await toGrey(sharp(band.png).flatten({ background: '#000000' }));
  const shares = (await topOf(check, output, band)).map((seen) => coveredShare({ seen, wanted, frame }));
  const least = Math.floor(Math.min(...shares) * 10_000) / 10_000;
  demand('disclosure', least, due.share, least >= due.share);
  return { disclosureShare: least };
}
