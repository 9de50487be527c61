import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileUrl, inputOptions } from '../ffmpeg-input.js';
import { leaveSource, prepareSource } from '../prepare-source.js';
import { drawPreview } from '../preview.js';
import { probeFile } from '../probe.js';
import type { Probe, ProbeInput } from '../probed.js';
import type { MediaTools } from '../tools.js';
import { filmPrints } from './film-prints.js';
import { greyFrames, greyPreview, runForBytes } from './grey-frames.js';
import type { MediaPrints, PicturePrints, SoundPrint } from './media-prints.js';
import { picturePrints } from './picture-prints.js';
import { secondsPerWord, soundPrintOf } from './sound-prints.js';

/** Sound beyond this is not printed, seconds. */
const longestSound = 20 * 60;

const run = promisify(execFile);

/** Whether this ffmpeg can print sounds; some builds leave Chromaprint out. */
export async function canPrintSounds({ ffmpeg }: Pick<MediaTools, 'ffmpeg'>): Promise<boolean> {
  const { stdout } = await run(ffmpeg, ['-hide_banner', '-muxers'], { maxBuffer: 4_000_000 });
  return /\schromaprint\s/.test(stdout);
}

async function soundPrint(input: ProbeInput, probe: Probe): Promise<SoundPrint | null> {
  const { audio } = probe;
  if (!audio) return null;
  const raw = await runForBytes(input, {
    args: (file) => [
      ...[...inputOptions(probe.type), '-i', fileUrl(input.path), '-map', `0:${audio.index}`],
      ...['-t', String(longestSound), '-ac', '1', '-ar', '11025'],
      ...['-f', 'chromaprint', '-fp_format', 'raw', file],
    ],
    mostBytes: 4 * Math.ceil(longestSound / secondsPerWord),
  });
  return soundPrintOf(raw);
}

const nothing: PicturePrints = { prints: [], asks: [], fine: null };

/** Fingerprints of a picture of our own making, such as the preview of a card. Throws MediaFailure. */
export async function printPreview(
  input: ProbeInput,
  preview: { path: string; width: number; height: number },
): Promise<MediaPrints> {
  return { pictures: picturePrints(await greyPreview(input, preview)), sound: null };
}

/**
 * Fingerprints of one hostile file: of a picture, of the pictures and the sound of a film, of a sound. Decoding is done
 * by programs of its own, as for a preview. Throws MediaFailure.
 */
export async function printMedia(hostile: ProbeInput, { sounds }: { sounds: boolean }): Promise<MediaPrints> {
  try {
    const input = await prepareSource(hostile);
    const probe = await probeFile(input);
    if (probe.image) {
      const preview = await drawPreview(input, probe);
      return preview ? await printPreview(input, preview) : { pictures: nothing, sound: null };
    }
    const pictures = probe.video ? filmPrints(await greyFrames(input, probe)) : nothing;
    return { pictures, sound: sounds ? await soundPrint(input, probe) : null };
  } finally {
    await leaveSource(hostile);
  }
}
