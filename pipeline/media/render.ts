import { link } from 'node:fs/promises';
import { join } from 'node:path';
import type { AudioSettings } from '../../server/contract/format.js';
import type { Measured } from './demand.js';
import { type Encoding, encodeLower, encodeVideos } from './encode-videos.js';
import { defaultLimits, type MediaLimits } from './limits.js';
import { heardKey, type Loudness, measureLoudness } from './loudness.js';
import { MediaFailure, toMediaFailure } from './media-failure.js';
import { verifyDisclosure } from './overlay/verify-disclosure.js';
import { type LayeredVideos, layerVideos, type ReadSubtitles } from './overlay/video-layers.js';
import { renderImagesApart } from './picture-process/render-images-apart.js';
import {
  type Plan,
  type PlannedImage,
  type PlannedVideo,
  type PlannedVoice,
  planOutputs,
  type WantedOutput,
} from './plan.js';
import { leaveSource, prepareSource } from './prepare-source.js';
import { probeFile } from './probe.js';
import type { Probe } from './probed.js';
import { renderAudio } from './render-audio.js';
import { renderVoices } from './render-voices.js';
import type { RenderedFile } from './rendered-file.js';
import type { MediaTools } from './tools.js';
import { verifyAudio, verifyVideo } from './verify.js';
import { verifyImage } from './verify-image.js';
import { videoArguments } from './video-arguments.js';
import { xmpPacket } from './xmp.js';
import { appendXmp } from './xmp-box.js';

export interface RenderInput {
  inputPath: string;
  /** Empty, private to this run, on the file store's file system; the caller removes it. */
  workDir: string;
  outputs: readonly WantedOutput[];
  tools: MediaTools;
  signal?: AbortSignal | undefined;
  /** Told the share done, rising from 0 to 0.99; 1 is for the caller to say once the files are kept. */
  onProgress?: (fraction: number) => void;
  limits?: MediaLimits;
  /** Gives subtitle files that recipes name; without it such an output fails. */
  readSubtitles?: ReadSubtitles | undefined;
}

/** A verified file of its own in the work directory, also when another output has the same content. */
export interface MadeFile {
  ok: true;
  path: string;
  mime: string;
  extension: string;
  measured: Measured;
}

export type RenderOutcome = MadeFile | { ok: false; failure: MediaFailure };

interface Run {
  path: string;
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  signal: AbortSignal | undefined;
  readSubtitles: ReadSubtitles | undefined;
  probe: Probe;
  /** Loudness of the source, measured once for each way of hearing it. */
  heard: Map<string, Loudness | null>;
  outcomes: Map<string, RenderOutcome>;
  /** Adds to the work done, in units of roughly a second of CPU. */
  advance: (units: number) => void;
}

/** Gives every wanted output of one made file its outcome, each with a name of its own. */
async function settle(
  run: Run,
  wanted: readonly WantedOutput[],
  path: string,
  verify: () => Promise<Measured>,
): Promise<void> {
  try {
    const measured = await verify();
    for (const [index, { key, format }] of wanted.entries()) {
      const own = index === 0 ? path : join(run.workDir, `shared-${run.outcomes.size}.${format.extension}`);
      if (index > 0) await link(path, own);
      run.outcomes.set(key, {
        ok: true,
        path: own,
        mime: format.mime,
        extension: format.extension,
        measured,
      });
    }
  } catch (error) {
    fail(run, wanted, error);
  }
}

function fail(run: Run, wanted: readonly WantedOutput[], error: unknown): void {
  const failure = toMediaFailure(error);
  for (const { key } of wanted) run.outcomes.set(key, { ok: false, failure });
}

async function makeImages(run: Run, images: NonNullable<Plan['images']>): Promise<void> {
  const files: RenderedFile<PlannedImage>[] = await renderImagesApart(run, {
    ...images,
    source: run.probe,
    done: () => run.advance(1),
  });
  for (const { output, result } of files) {
    if (!result.ok) fail(run, output.wanted, result.failure);
    else
      await settle(run, output.wanted, result.path, async () => ({
        ...(await verifyImage(result.path, output)),
        ...(await verifyDisclosure({ ...run, path: result.path }, output)),
      }));
  }
}

/** Loudness of the source as these settings carry it; null when it has no sound that can be heard. */
async function loudnessOf(run: Run, settings: AudioSettings): Promise<Loudness | null> {
  const { audio, type, durationMs } = run.probe;
  if (!audio) return null;
  const key = heardKey(settings);
  const known = run.heard.get(key);
  if (known !== undefined) return known;
  const wallMs = run.limits.renderWallBaseMs + (durationMs ?? 0);
  const loudness = await measureLoudness({ ...run, type, track: audio.index, settings, wallMs });
  run.heard.set(key, loudness);
  run.advance(1);
  return loudness;
}

/** Reports a rising share of so many units of work. */
function portion(run: Run, units: number): (fraction: number) => void {
  let told = 0;
  return (fraction) => {
    if (fraction <= told) return;
    run.advance((fraction - told) * units);
    told = fraction;
  };
}

/** Credits and verifies made videos; one that came out too large is encoded once more with fewer bits. */
async function settleVideos<T extends PlannedVideo>(
  run: Run,
  encoding: Encoding<T>,
  files: readonly RenderedFile<T>[],
): Promise<void> {
  for (const { output, result } of files) {
    if (!result.ok) {
      fail(run, output.wanted, result.failure);
      continue;
    }
    const { path } = result;
    await settle(run, output.wanted, path, async () => {
      const finish = async (): Promise<Measured> => {
        if (output.credit) await appendXmp(path, xmpPacket(output.credit));
        return {
          ...(await verifyVideo({ ...run, path }, output)),
          ...(await verifyDisclosure({ ...run, path }, output)),
        };
      };
      try {
        return await finish();
      } catch (error) {
        if (!(error instanceof MediaFailure) || error.code !== 'does_not_fit_bytes') throw error;
        const share = (output.maxBytes / Number(error.details.actual)) * 0.85;
        const failure = await encodeLower(encoding, { output, file: path }, share);
        if (failure) throw failure;
        return finish();
      }
    });
  }
}

const refuseSubtitles: ReadSubtitles = () => {
  throw new MediaFailure('subtitles_not_supported');
};

/** Draws what lies over the videos; one whose text cannot be drawn fails here, alone. */
async function layered<T extends PlannedVideo>(
  run: Run,
  outputs: readonly T[],
  name: string,
): Promise<LayeredVideos<T>> {
  const read = run.tools.subtitles ? run.readSubtitles : refuseSubtitles;
  const videos = await layerVideos(outputs, { workDir: run.workDir, name, read });
  for (const { output, failure } of videos.failed) fail(run, output.wanted, failure);
  return videos;
}

async function makeVideos(run: Run, outputs: readonly PlannedVideo[], units: number): Promise<void> {
  const { video, audio, type } = run.probe;
  const { limits, tools } = run;
  if (!video) throw new MediaFailure('no_video_stream');
  const { ready, layersOf } = await layered(run, outputs, 'video');
  const sound = outputs.find((output) => output.sound)?.sound;
  const loudness = sound ? await loudnessOf(run, sound.settings) : null;
  const source = { path: run.path, type, video, audio, loudness };
  const encoding: Encoding<PlannedVideo> = {
    ...run,
    argumentsFor: (targets) =>
      videoArguments({
        source,
        targets,
        toneMap: tools.toneMap,
        maxPixels: limits.maxVideoPixels,
        threads: limits.threads,
        layersOf,
      }),
  };
  if (ready.length === 0) return;
  const files = await encodeVideos(encoding, {
    outputs: ready,
    name: 'video',
    onFraction: portion(run, units),
  });
  await settleVideos(run, encoding, files);
}

async function makeVoices(run: Run, voices: readonly PlannedVoice[], units: number): Promise<void> {
  const [first] = voices;
  const loudness = first ? await loudnessOf(run, first.sound.settings) : null;
  const onFraction = portion(run, units);
  const { ready, layersOf } = await layered(run, voices, 'voice');
  if (ready.length === 0) return;
  const { encoding, files } = await renderVoices({
    input: run,
    probe: run.probe,
    loudness,
    outputs: ready,
    layersOf,
    onFraction,
  });
  await settleVideos(run, encoding, files);
}

async function makeAudios(run: Run, audios: Plan['audios']): Promise<void> {
  const { audio, type } = run.probe;
  if (!audio) throw new MediaFailure('no_audio_stream');
  for (const [index, output] of audios.entries()) {
    const loudness = await loudnessOf(run, output.sound.settings);
    const { result } = await renderAudio({
      ...run,
      type,
      track: audio.index,
      output,
      index,
      loudness,
      onFraction: portion(run, 1),
    });
    if (!result.ok) fail(run, output.wanted, result.failure);
    else
      await settle(run, output.wanted, result.path, () => verifyAudio({ ...run, path: result.path }, output));
  }
}

/** Runs one part of a plan; what goes wrong in it stays in it, so other parts are still made. */
async function part(run: Run, wanted: readonly WantedOutput[], make: () => Promise<void>): Promise<void> {
  try {
    await make();
  } catch (error) {
    fail(
      run,
      wanted.filter(({ key }) => !run.outcomes.has(key)),
      error,
    );
  }
}

function wantedOf(files: readonly { wanted: WantedOutput[] }[] | undefined): WantedOutput[] {
  return (files ?? []).flatMap((file) => file.wanted);
}

/**
 * Makes and verifies every wanted file from one hostile source, decoding it once. Never rejects:
 * each key gets a verified file or a failure, and one bad output spoils no other. An aborted signal
 * ends it within moments, with `cancelled` for what was not made.
 */
export async function renderAll(input: RenderInput): Promise<Map<string, RenderOutcome>> {
  const { inputPath, workDir, outputs, tools, signal, onProgress, limits = defaultLimits } = input;
  const outcomes = new Map<string, RenderOutcome>();
  try {
    const source = await prepareSource({ path: inputPath, workDir, tools, limits, signal });
    const { path } = source;
    const probe = await probeFile(source);
    const plan = planOutputs({ probe, wanted: outputs, limits });
    for (const [key, failure] of plan.failures) outcomes.set(key, { ok: false, failure });

    const { images: pictures, videos: films, voices, audios } = plan;
    const seconds = (probe.durationMs ?? 0) / 1000;
    const filmUnits = films.length * seconds;
    // A still picture encodes in a fraction of a film's time.
    const voiceUnits = (voices.length * seconds) / 10;
    const heard = new Set(
      [films.find(({ sound }) => sound), ...voices, ...audios].flatMap((output) =>
        output?.sound ? [heardKey(output.sound.settings)] : [],
      ),
    );
    const all = 1 + (pictures?.outputs.length ?? 0) + filmUnits + voiceUnits + heard.size + audios.length;
    let done = 0;
    const advance = (units: number): void => {
      done += units;
      onProgress?.(Math.min(0.99, done / all));
    };
    const { readSubtitles } = input;
    const run: Run = {
      path,
      workDir,
      tools,
      limits,
      signal,
      readSubtitles,
      probe,
      heard: new Map(),
      outcomes,
      advance,
    };
    advance(1);
    if (pictures) await part(run, wantedOf(pictures.outputs), () => makeImages(run, pictures));
    if (films.length > 0) await part(run, wantedOf(films), () => makeVideos(run, films, filmUnits));
    if (voices.length > 0) await part(run, wantedOf(voices), () => makeVoices(run, voices, voiceUnits));
    if (audios.length > 0) await part(run, wantedOf(audios), () => makeAudios(run, audios));
  } catch (error) {
    const failure = toMediaFailure(error);
    for (const { key } of outputs) if (!outcomes.has(key)) outcomes.set(key, { ok: false, failure });
  } finally {
    await leaveSource({ workDir });
  }
  return outcomes;
}
