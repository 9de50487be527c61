import type {
  AacSettings,
  AudioFormat,
  AudioSettings,
  FormatSpec,
  ImageFormat,
  ImageSettings,
  SafeZone,
  VideoFormat,
  VideoSettings,
} from '../../server/contract/format.js';
import type { Layout, LayoutWish, Size } from '../../server/contract/framing.js';
import type { Credit, Overlay, Recipe } from '../../server/contract/recipe.js';
import { layOutAll, layOutApart } from './frame.js';
import { type FrameRate, outputFrameRate } from './frame-rate.js';
import { jpegHalvings } from './jpeg-scans.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';
import {
  audioDuration,
  demandOnePicture,
  mostAudioBytes,
  mostImageBytes,
  mostVideoBytes,
  type VideoNumbers,
  videoNumbers,
} from './output-numbers.js';
import type { Probe } from './probed.js';
import { canonicalJson } from './recipe-key.js';

/** One rendition asked for; `key` is the caller's own name for it. */
export interface WantedOutput<F extends FormatSpec = FormatSpec> {
  key: string;
  format: F;
  recipe: Recipe;
}

/** Fields common to every file to make; wanted outputs that need the identical file share one. */
interface Planned {
  wanted: WantedOutput[];
  maxBytes: number;
}

/** What is drawn over a frame, and the part of it no platform covers; the zone only counts when something is drawn. */
interface Drawn {
  overlays: readonly Overlay[];
  safeZone: SafeZone | null;
  /** Shown cut to a circle: counts like the zone. */
  circle: boolean;
}

export interface PlannedImage extends Planned, Drawn {
  layout: Layout;
  background: string;
  settings: ImageSettings;
  /** Written into the file. */
  credit: Credit | null;
}

export interface PlannedSound<S extends AudioSettings = AudioSettings> {
  settings: S;
}

export interface PlannedVideo extends Planned, Drawn {
  /** Size to which the source is brought before the layout applies; outputs of one base share that work. */
  base: Size;
  layout: Layout;
  background: string;
  settings: VideoSettings;
  /** Written into the file. */
  credit: Credit | null;
  rate: FrameRate;
  kbps: number;
  bufferKbits: number;
  /** Length of the made file: the source's, or the format's limit when the source is a moment over it. */
  durationMs: number;
  sound: PlannedSound<AacSettings> | null;
}

/** A sound shown as a video: its wave and title on a plain ground. */
export interface PlannedVoice extends PlannedVideo {
  title: string | null;
  sound: PlannedSound<AacSettings>;
}

export interface PlannedAudio extends Planned {
  container: AudioFormat['container'];
  sound: PlannedSound<AudioFormat['audio']>;
  durationMs: number;
}

export interface Plan {
  images: { base: Size; outputs: PlannedImage[] } | null;
  videos: PlannedVideo[];
  voices: PlannedVoice[];
  audios: PlannedAudio[];
  failures: Map<string, MediaFailure>;
}

function checkEdge(size: Size, limits: MediaLimits): void {
  const edge = Math.min(size.width, size.height);
  if (edge < limits.minEdge) throw new MediaFailure('too_small', { limit: limits.minEdge, actual: edge });
}

/**
 * Puts together what would be the same file, byte for byte. A byte limit that the file may reach
 * keeps it apart, lest a narrow limit spoil another output; `most` bounds the file's bytes.
 */
function share<T extends Planned>(files: readonly T[], most: (file: T) => number): T[] {
  const shared = new Map<string, T>();
  for (const file of files) {
    const { wanted, maxBytes, ...rest } = file;
    const key = canonicalJson({ ...rest, maxBytes: most(file) < maxBytes ? null : maxBytes });
    const same = shared.get(key);
    if (same) {
      same.wanted.push(...wanted);
      same.maxBytes = Math.min(same.maxBytes, maxBytes);
    } else shared.set(key, { ...file, wanted: [...wanted] });
  }
  return [...shared.values()];
}

function mostVideo(video: PlannedVideo): number {
  return mostVideoBytes({ ...video, longEdge: null }, video.sound?.settings.kbps ?? 0);
}

function wishOf(
  { format, recipe }: WantedOutput<ImageFormat | VideoFormat>,
  longEdge: number | null,
): LayoutWish {
  const { frame } = format;
  const chosen = frame.fit === 'long_edge' && longEdge !== null ? { ...frame, longEdge } : frame;
  return { frame: chosen, framing: recipe.framing, focal: recipe.focal, crop: recipe.crop };
}

function drawnOver({ format, recipe }: WantedOutput): Drawn {
  const { overlays } = recipe;
  if (overlays.length === 0) return { overlays, safeZone: null, circle: false };
  return { overlays, safeZone: format.safeZone, circle: format.mask === 'circle' };
}

/** The background only matters where it can be seen; elsewhere it must not keep equal files apart. */
function groundColour(layout: Layout, recipe: Recipe, hasAlpha: boolean): string {
  return hasAlpha || layout.ground === 'plain' ? recipe.background : '#000000';
}

function planImages(probe: Probe, wanted: readonly WantedOutput<ImageFormat>[]): Plan['images'] {
  const { image } = probe;
  if (!image || wanted.length === 0) return null;
  const source = { width: image.width, height: image.height };
  const { base, layouts } = layOutAll(
    source,
    wanted.map((one) => wishOf(one, null)),
    1,
    probe.type.mime === 'image/jpeg' ? jpegHalvings : [],
  );
  const outputs = wanted.flatMap((one, index): PlannedImage[] => {
    const layout = layouts[index];
    if (!layout) return [];
    const background = groundColour(layout, one.recipe, image.hasAlpha);
    const { maxBytes, image: settings } = one.format;
    const { credit } = one.recipe;
    return [{ wanted: [one], maxBytes, layout, background, settings, credit, ...drawnOver(one) }];
  });
  return { base, outputs: share(outputs, ({ layout, settings }) => mostImageBytes(layout.target, settings)) };
}

interface VideoDraft {
  one: WantedOutput<VideoFormat>;
  numbers: VideoNumbers;
  rate: FrameRate;
  sound: PlannedSound<AacSettings> | null;
}

function draftVideo(probe: Probe, one: WantedOutput<VideoFormat>): VideoDraft {
  const { video, durationMs } = probe;
  if (!video || durationMs === null) throw new MediaFailure('wrong_kind_for_format');
  const { format } = one;
  const numbers = videoNumbers(format, { durationMs, hasAudio: probe.audio !== null });
  const rate = outputFrameRate(video.fps, format.video);
  demandOnePicture(durationMs, rate);
  return {
    one,
    numbers,
    rate,
    sound: probe.audio ? { settings: format.audio } : null,
  };
}

function plannedVideo(
  draft: VideoDraft,
  { base, layout }: { base: Size; layout: Layout },
  hasAlpha: boolean,
): PlannedVideo {
  const { one, numbers, rate, sound } = draft;
  const { kbps, bufferKbits, durationMs } = numbers;
  return {
    wanted: [one],
    maxBytes: one.format.maxBytes,
    settings: one.format.video,
    credit: one.recipe.credit,
    base,
    layout,
    background: groundColour(layout, one.recipe, hasAlpha),
    rate,
    kbps,
    bufferKbits,
    durationMs,
    sound,
    ...drawnOver(one),
  };
}

function planVideos(probe: Probe, drafts: readonly VideoDraft[]): PlannedVideo[] {
  const { video } = probe;
  if (!video) return [];
  const source = { width: video.width, height: video.height };
  const wishes = drafts.map(({ one, numbers }) => wishOf(one, numbers.longEdge));
  const together = (): { base: Size; layout: Layout }[] => {
    const { base, layouts } = layOutAll(source, wishes, 2);
    return layouts.map((layout) => ({ base, layout }));
  };
  // Tone mapping costs more than all scaling: it is done once, on as few pixels as will do.
  const places = video.hdr ? together() : layOutApart(source, wishes, 2);
  const outputs = drafts.flatMap((draft, index): PlannedVideo[] => {
    const place = places[index];
    return place ? [plannedVideo(draft, place, video.hasAlpha)] : [];
  });
  return share(outputs, mostVideo);
}

/** Smooth enough for a line that moves along a wave, within every format's range. */
const voiceRate = { numerator: 25, denominator: 1 };

function planVoice(probe: Probe, one: WantedOutput<VideoFormat>): PlannedVoice {
  const { format, recipe } = one;
  const { frame } = format;
  if (!probe.audio || probe.durationMs === null) throw new MediaFailure('no_audio_stream');
  if (frame.fit !== 'exact') throw new MediaFailure('wrong_kind_for_format');
  const numbers = videoNumbers(format, { durationMs: probe.durationMs, hasAudio: true });
  const target = { width: frame.width, height: frame.height };
  const whole = { x: 0, y: 0, ...target };
  const rate = outputFrameRate(voiceRate, format.video);
  demandOnePicture(probe.durationMs, rate);
  const sound = { settings: format.audio };
  const layout: Layout = { target, crop: whole, inner: whole, ground: 'plain' };
  const draft = plannedVideo({ one, numbers, rate, sound }, { base: target, layout }, false);
  return { ...draft, sound, title: recipe.title, safeZone: format.safeZone };
}

function planAudio(probe: Probe, one: WantedOutput<AudioFormat>): PlannedAudio {
  const { format } = one;
  if (probe.durationMs === null) throw new MediaFailure('wrong_kind_for_format');
  if (!probe.audio) throw new MediaFailure('no_audio_stream');
  return {
    wanted: [one],
    maxBytes: format.maxBytes,
    container: format.container,
    sound: { settings: format.audio },
    durationMs: audioDuration(format, probe.durationMs),
  };
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
  const images: WantedOutput<ImageFormat>[] = [];
  const drafts: VideoDraft[] = [];
  const voices: PlannedVoice[] = [];
  const audios: PlannedAudio[] = [];
  for (const { key, format, recipe } of wanted) {
    try {
      if (!format.accepts.includes(probe.kind)) throw new MediaFailure('wrong_kind_for_format');
      const size = probe.image ?? probe.video;
      if (format.kind === 'audio') audios.push(planAudio(probe, { key, format, recipe }));
      else if (format.kind === 'video' && !size) voices.push(planVoice(probe, { key, format, recipe }));
      else {
        if (!size) throw new MediaFailure('wrong_kind_for_format');
        checkEdge(size, limits);
        if (format.kind === 'video') drafts.push(draftVideo(probe, { key, format, recipe }));
        else images.push({ key, format, recipe });
      }
    } catch (error) {
      if (!(error instanceof MediaFailure)) throw error;
      failures.set(key, error);
    }
  }
  return {
    images: planImages(probe, images),
    videos: planVideos(probe, drafts),
    voices: share(voices, mostVideo),
    audios: share(audios, ({ sound, durationMs }) => mostAudioBytes(sound.settings, durationMs)),
    failures,
  };
}
