import { link } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLimits, type MediaLimits } from './limits.js';
import { type Loudness, measureLoudness } from './loudness.js';
import { MediaFailure, toMediaFailure } from './media-failure.js';
import { type Plan, type PlannedImage, type PlannedVideo, planOutputs, type WantedOutput } from './plan.js';
import { type Probe, probeFile } from './probe.js';
import { renderAudio } from './render-audio.js';
import { type RenderedFile, renderImages } from './render-images.js';
import { renderVideoLower, renderVideos, type VideoRun } from './render-videos.js';
import type { MediaTools } from './tools.js';
import { type Measured, verifyAudio, verifyImage, verifyVideo } from './verify.js';

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
  probe: Probe;
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
  const files: RenderedFile<PlannedImage>[] = await renderImages({
    ...run,
    ...images,
    done: () => run.advance(1),
  });
  for (const { output, result } of files) {
    if (!result.ok) fail(run, output.wanted, result.failure);
    else await settle(run, output.wanted, result.path, () => verifyImage(result.path, output));
  }
}

/** Loudness of the source mixed to one or two channels; null when it has no sound that can be heard. */
async function loudnessOf(run: Run, channels: number): Promise<Loudness | null> {
  const { audio, type, durationMs } = run.probe;
  if (!audio) return null;
  const wallMs = run.limits.renderWallBaseMs + (durationMs ?? 0);
  const loudness = await measureLoudness({ ...run, type, track: audio.index, channels, wallMs });
  run.advance(1);
  return loudness;
}

/** Verifies a made video; one that came out too large is encoded once more with fewer bits. */
async function checkVideo(run: Run, encode: VideoRun, path: string, output: PlannedVideo): Promise<Measured> {
  try {
    return await verifyVideo({ ...run, path }, output);
  } catch (error) {
    if (!(error instanceof MediaFailure) || error.code !== 'does_not_fit_bytes') throw error;
    const share = (output.maxBytes / Number(error.details.actual)) * 0.85;
    const failure = await renderVideoLower(encode, output, path, share);
    if (failure) throw failure;
    return verifyVideo({ ...run, path }, output);
  }
}

async function makeVideos(run: Run, videos: NonNullable<Plan['videos']>, units: number): Promise<void> {
  const { video, audio, type } = run.probe;
  if (!video) throw new MediaFailure('no_video_stream');
  const loudness = await loudnessOf(run, 2);
  const encode: VideoRun = {
    ...run,
    source: { path: run.path, type, video, audio, loudness },
    base: videos.base,
  };
  let told = 0;
  const files = await renderVideos({
    ...encode,
    outputs: videos.outputs,
    onFraction: (fraction) => {
      if (fraction <= told) return;
      run.advance((fraction - told) * units);
      told = fraction;
    },
  });
  for (const { output, result } of files) {
    if (!result.ok) fail(run, output.wanted, result.failure);
    else await settle(run, output.wanted, result.path, () => checkVideo(run, encode, result.path, output));
  }
}

async function makeAudios(run: Run, audios: Plan['audios']): Promise<void> {
  const { audio, type } = run.probe;
  if (!audio) throw new MediaFailure('no_audio_stream');
  for (const [index, output] of audios.entries()) {
    const loudness = await loudnessOf(run, output.sound.settings.channels);
    const { result } = await renderAudio({
      ...run,
      type,
      track: audio.index,
      output,
      index,
      loudness,
      onFraction: () => undefined,
    });
    run.advance(1);
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
  const { inputPath: path, workDir, outputs, tools, signal, onProgress, limits = defaultLimits } = input;
  const outcomes = new Map<string, RenderOutcome>();
  try {
    const probe = await probeFile({ path, workDir, tools, limits, signal });
    const plan = planOutputs({ probe, wanted: outputs, limits });
    for (const [key, failure] of plan.failures) outcomes.set(key, { ok: false, failure });

    const images = plan.images?.outputs.length ?? 0;
    const videos = plan.videos?.outputs.length ?? 0;
    const videoUnits = (videos * (probe.durationMs ?? 0)) / 1000;
    const all = 1 + images + videoUnits + (videos > 0 && probe.audio ? 1 : 0) + plan.audios.length * 2;
    let done = 0;
    const advance = (units: number): void => {
      done += units;
      onProgress?.(Math.min(0.99, done / all));
    };
    const run: Run = { path, workDir, tools, limits, signal, probe, outcomes, advance };
    advance(1);
    const { images: pictures, videos: films, audios } = plan;
    if (pictures) await part(run, wantedOf(pictures.outputs), () => makeImages(run, pictures));
    if (films) await part(run, wantedOf(films.outputs), () => makeVideos(run, films, videoUnits));
    if (audios.length > 0) await part(run, wantedOf(audios), () => makeAudios(run, audios));
  } catch (error) {
    const failure = toMediaFailure(error);
    for (const { key } of outputs) if (!outcomes.has(key)) outcomes.set(key, { ok: false, failure });
  }
  return outcomes;
}
