import type { FormatSpec } from '../../server/contract/format.js';
import type { Layout, LayoutWish, Size } from '../../server/contract/framing.js';
import type { Recipe } from '../../server/contract/recipe.js';
import { budgetKbps, leastTotalKbps, longestFitMs, videoBitRate } from './bit-rate.js';
import { layOutAll } from './frame.js';
import { type FrameRate, outputFrameRate } from './frame-rate.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';
import type { Probe } from './probe.js';
import { canonicalJson } from './recipe-key.js';

/** One rendition asked for; `key` is the caller's own name for it. */
export interface WantedOutput {
  key: string;
  format: FormatSpec;
  recipe: Recipe;
}

/** Fields common to every file to make; wanted outputs that need the identical file share one. */
interface Planned {
  wanted: WantedOutput[];
  maxBytes: number;
}

export interface PlannedImage extends Planned {
  layout: Layout;
  background: string;
  settings: NonNullable<FormatSpec['image']>;
}

export interface PlannedSound {
  settings: NonNullable<FormatSpec['audio']>;
}

export interface PlannedVideo extends Planned {
  layout: Layout;
  background: string;
  settings: NonNullable<FormatSpec['video']>;
  rate: FrameRate;
  kbps: number;
  bufferKbits: number;
  /** Length of the made file: the source's, or the format's limit when the source is a moment over it. */
  durationMs: number;
  sound: PlannedSound | null;
}

export interface PlannedAudio extends Planned {
  sound: PlannedSound;
  durationMs: number;
}

export interface Plan {
  images: { base: Size; outputs: PlannedImage[] } | null;
  videos: { base: Size; outputs: PlannedVideo[] } | null;
  audios: PlannedAudio[];
  failures: Map<string, MediaFailure>;
}

/** A camera's 30 s clip is often 30.04 s long: this much over a limit is cut off, not refused. */
const overrunMs = 500;

/** Length of the made file; throws when the source's does not suit the format. */
function madeDuration(format: FormatSpec, durationMs: number): number {
  const { minDurationMs, maxDurationMs } = format;
  if (minDurationMs !== null && durationMs < minDurationMs) {
    throw new MediaFailure('too_short', { limit: minDurationMs, actual: durationMs });
  }
  if (maxDurationMs !== null && durationMs > maxDurationMs + overrunMs) {
    throw new MediaFailure('too_long', { limit: maxDurationMs, actual: durationMs });
  }
  return maxDurationMs === null ? durationMs : Math.min(durationMs, maxDurationMs);
}

function checkEdge(size: Size, limits: MediaLimits): void {
  const edge = Math.min(size.width, size.height);
  if (edge < limits.minEdge) throw new MediaFailure('too_small', { limit: limits.minEdge, actual: edge });
}

/**
 * Puts together what would be the same file, byte for byte. A byte limit that the file may reach
 * keeps it apart, lest a narrow limit spoil another output; `largest` bounds the file's bytes.
 */
function share<T extends Planned>(files: readonly T[], largest: (file: T) => number): T[] {
  const shared = new Map<string, T>();
  for (const file of files) {
    const { wanted, maxBytes, ...rest } = file;
    const key = canonicalJson({ ...rest, maxBytes: largest(file) < maxBytes ? null : maxBytes });
    const same = shared.get(key);
    if (same) {
      same.wanted.push(...wanted);
      same.maxBytes = Math.min(same.maxBytes, maxBytes);
    } else shared.set(key, { ...file, wanted: [...wanted] });
  }
  return [...shared.values()];
}

/** A JPEG never outgrows its raw pixels. */
function largestImage({ layout: { target } }: PlannedImage): number {
  return target.width * target.height * 3;
}

/** Bit rate and a fifth more: the encoder's buffer, the container and its own inaccuracy. */
function largestVideo({ kbps, bufferKbits, sound, durationMs }: PlannedVideo): number {
  const kbits = ((kbps + (sound?.settings.kbps ?? 0)) * durationMs) / 1000 + bufferKbits;
  return kbits * 125 * 1.2;
}

function largestAudio({ sound, durationMs }: PlannedAudio): number {
  return (sound.settings.kbps * durationMs * 1.5) / 8 + 65_536;
}

function wishOf({ format, recipe }: WantedOutput, longEdge: number | null): LayoutWish {
  const { frame } = format;
  if (!frame) throw new Error(`format ${format.code} makes a picture but has no frame`);
  const chosen = frame.fit === 'long_edge' && longEdge !== null ? { ...frame, longEdge } : frame;
  return { frame: chosen, framing: recipe.framing, focal: recipe.focal };
}

/** The background only matters where it can be seen; elsewhere it must not keep equal files apart. */
function groundColour(layout: Layout, recipe: Recipe, hasAlpha: boolean): string {
  return hasAlpha || layout.ground === 'plain' ? recipe.background : '#000000';
}

function planImages(probe: Probe, wanted: readonly WantedOutput[]): Plan['images'] {
  const { image } = probe;
  if (!image || wanted.length === 0) return null;
  const source = { width: image.width, height: image.height };
  const { base, layouts } = layOutAll(
    source,
    wanted.map((one) => wishOf(one, null)),
    1,
  );
  const outputs = wanted.flatMap((one, index): PlannedImage[] => {
    const layout = layouts[index];
    const settings = one.format.image;
    if (!layout || !settings) return [];
    const background = groundColour(layout, one.recipe, image.hasAlpha);
    return [{ wanted: [one], maxBytes: one.format.maxBytes, layout, background, settings }];
  });
  return { base, outputs: share(outputs, largestImage) };
}

type VideoDraft = Omit<PlannedVideo, 'layout' | 'background'> & {
  one: WantedOutput;
  longEdge: number | null;
};

function draftVideo(probe: Probe, one: WantedOutput): VideoDraft {
  const { format } = one;
  const settings = format.video;
  if (!settings || !probe.video || probe.durationMs === null) throw new MediaFailure('wrong_kind_for_format');
  const durationMs = madeDuration(format, probe.durationMs);
  const sound = probe.audio && format.audio ? { settings: format.audio } : null;
  const audioKbps = sound?.settings.kbps ?? 0;
  const rate = videoBitRate({ settings, audioKbps, maxBytes: format.maxBytes, durationMs });
  if (!rate) {
    const longest = longestFitMs(format.maxBytes, leastTotalKbps(settings, audioKbps));
    throw new MediaFailure('does_not_fit_bytes', { limit: format.maxBytes, longestMs: longest, durationMs });
  }
  return {
    one,
    wanted: [one],
    maxBytes: format.maxBytes,
    settings,
    rate: outputFrameRate(probe.video.fps, settings),
    kbps: rate.kbps,
    bufferKbits: rate.bufferKbits,
    longEdge: rate.longEdge,
    durationMs,
    sound,
  };
}

function planVideos(probe: Probe, drafts: readonly VideoDraft[]): Plan['videos'] {
  const { video } = probe;
  if (!video || drafts.length === 0) return null;
  const source = { width: video.width, height: video.height };
  const { base, layouts } = layOutAll(
    source,
    drafts.map((draft) => wishOf(draft.one, draft.longEdge)),
    2,
  );
  const outputs = drafts.flatMap((draft, index): PlannedVideo[] => {
    const layout = layouts[index];
    if (!layout) return [];
    const { one, longEdge: _chosen, ...rest } = draft;
    return [{ ...rest, layout, background: groundColour(layout, one.recipe, false) }];
  });
  return { base, outputs: share(outputs, largestVideo) };
}

function planAudio(probe: Probe, one: WantedOutput): PlannedAudio {
  const settings = one.format.audio;
  if (!settings || probe.durationMs === null) throw new MediaFailure('wrong_kind_for_format');
  if (!probe.audio) throw new MediaFailure('no_audio_stream');
  const durationMs = madeDuration(one.format, probe.durationMs);
  if (budgetKbps(one.format.maxBytes, durationMs) < settings.kbps) {
    throw new MediaFailure('does_not_fit_bytes', { limit: one.format.maxBytes, durationMs });
  }
  return { wanted: [one], maxBytes: one.format.maxBytes, sound: { settings }, durationMs };
}

/**
 * Decides, without touching a file, what has to be made from a probed source: outputs that need the
 * identical file share one, and an output that cannot be made gets its own failure.
 */
export function planOutputs({
  probe,
  wanted,
  limits,
}: {
  probe: Probe;
  wanted: readonly WantedOutput[];
  limits: MediaLimits;
}): Plan {
  const failures = new Map<string, MediaFailure>();
  const images: WantedOutput[] = [];
  const drafts: VideoDraft[] = [];
  const audios: PlannedAudio[] = [];
  for (const one of wanted) {
    try {
      if (!one.format.accepts.includes(probe.kind)) throw new MediaFailure('wrong_kind_for_format');
      if (one.format.kind === 'audio') audios.push(planAudio(probe, one));
      else {
        const size = probe.image ?? probe.video;
        if (!size) throw new MediaFailure('wrong_kind_for_format');
        checkEdge(size, limits);
        if (one.format.kind === 'video') drafts.push(draftVideo(probe, one));
        else images.push(one);
      }
    } catch (error) {
      if (!(error instanceof MediaFailure)) throw error;
      failures.set(one.key, error);
    }
  }
  return {
    images: planImages(probe, images),
    videos: planVideos(probe, drafts),
    audios: share(audios, largestAudio),
    failures,
  };
}
