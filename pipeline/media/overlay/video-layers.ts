import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placeOverlays } from '../../../server/contract/overlay-layout.js';
import { fontFile } from '../../fonts/bundled-fonts.js';
import { fileUrl } from '../ffmpeg-input.js';
import { MediaFailure, toMediaFailure } from '../media-failure.js';
import type { PlannedVideo } from '../plan.js';
import { assFile } from '../subtitles/ass.js';
import { prepareCues } from '../subtitles/prepare-cues.js';
import { drawOverlays } from './draw-overlays.js';
import { frameOf } from './frame-of.js';

/** What is laid over one video: finished pictures at their places, then timed text. */
export interface VideoLayers {
  pictures: readonly { path: string; x: number; y: number }[];
  /** Name of the ASS file inside the work directory, where ffmpeg runs. */
  subtitles: string | null;
}

export const noLayers: VideoLayers = { pictures: [], subtitles: null };

/** The text of a stored subtitle file by its SHA-256. */
export type ReadSubtitles = (sha256: string) => Promise<string>;

/** Folder in the work directory with the one font libass may use. */
const fontFolder = 'subtitle-fonts';

async function writeSubtitles(
  output: PlannedVideo,
  { workDir, name, read }: { workDir: string; name: string; read: ReadSubtitles },
): Promise<string | null> {
  const overlay = output.overlays.find(({ kind }) => kind === 'subtitles');
  const { subtitles: place } = placeOverlays(frameOf(output), output.overlays);
  if (overlay?.kind !== 'subtitles' || !place) return null;
  const { durationMs, layout } = output;
  const cues = await prepareCues(await read(overlay.cues), { place, durationMs });
  if (cues.length === 0) return null;
  await mkdir(join(workDir, fontFolder), { recursive: true });
  await copyFile(fontFile(600), join(workDir, fontFolder, 'font.ttf'));
  await writeFile(join(workDir, `${name}.ass`), assFile(cues, place, layout.target));
  return `${name}.ass`;
}

/**
 * Draws and writes everything that lies over one video into the work directory: the pictures are the same bytes that
 * an image of this size gets. Throws MediaFailure for a text that does not fit and for subtitles that cannot be read.
 */
export async function prepareLayers(
  output: PlannedVideo,
  { workDir, name, read }: { workDir: string; name: string; read: ReadSubtitles | undefined },
): Promise<VideoLayers> {
  if (output.overlays.length === 0) return noLayers;
  const pictures: { path: string; x: number; y: number }[] = [];
  for (const { kind, png, x, y } of await drawOverlays(frameOf(output), output.overlays)) {
    const path = join(workDir, `${name}-${kind}.png`);
    await writeFile(path, png);
    pictures.push({ path, x, y });
  }
  const missing: ReadSubtitles = () => {
    throw new MediaFailure('internal', {}, new Error('subtitles were asked for without a way to read them'));
  };
  return { pictures, subtitles: await writeSubtitles(output, { workDir, name, read: read ?? missing }) };
}

/** Videos whose layers lie in the work directory, and those that have a text that cannot be drawn. */
export interface LayeredVideos<T extends PlannedVideo> {
  ready: T[];
  failed: { output: T; failure: MediaFailure }[];
  /** Also knows a copy of an output made for another bit rate. */
  layersOf: (output: PlannedVideo) => VideoLayers;
}

/** Prepares the layers of several videos; one that cannot be drawn spoils no other. */
export async function layerVideos<T extends PlannedVideo>(
  outputs: readonly T[],
  { workDir, name, read }: { workDir: string; name: string; read: ReadSubtitles | undefined },
): Promise<LayeredVideos<T>> {
  const layers = new Map<readonly unknown[], VideoLayers>();
  const videos: LayeredVideos<T> = {
    ready: [],
    failed: [],
    layersOf: ({ wanted }) => layers.get(wanted) ?? noLayers,
  };
  for (const [index, output] of outputs.entries()) {
    try {
      layers.set(output.wanted, await prepareLayers(output, { workDir, name: `${name}-${index}`, read }));
      videos.ready.push(output);
    } catch (error) {
      videos.failed.push({ output, failure: toMediaFailure(error) });
    }
  }
  return videos;
}

/** Options and address of one picture as an input of ffmpeg: its one frame is held for as long as the video lasts. */
export function layerInput(path: string): { url: string; options: string[] } {
  return { url: fileUrl(path), options: ['-protocol_whitelist', 'file', '-f', 'png_pipe'] };
}

/**
 * The chains that lay the pictures, whose inputs begin with number `firstInput`, and the timed text over `from`.
 * Colours are kept as they are stored, so that only the pixels below a picture change.
 */
export function layerChains(
  { pictures, subtitles }: VideoLayers,
  { firstInput, from, to }: { firstInput: number; from: string; to: string },
): string[] {
  const last = `setsar=1,format=yuv420p[${to}]`;
  let at = from;
  const chains = pictures.map(({ x, y }, index) => {
    const next = index === pictures.length - 1 && subtitles === null ? to : `${to}l${index}`;
    const chain = `[${at}][${firstInput + index}:v]overlay=${x}:${y}:format=yuv420:eof_action=repeat`;
    at = next;
    return next === to ? `${chain},${last}` : `${chain}[${next}]`;
  });
  // Names in the work directory, ffmpeg's own: nothing of a person's text or path stands in a filter.
  if (subtitles !== null) {
    chains.push(`[${at}]ass=filename=${subtitles}:fontsdir=${fontFolder}:shaping=complex,${last}`);
  }
  return chains;
}
