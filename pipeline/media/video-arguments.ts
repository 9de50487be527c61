import ffmpeg from 'fluent-ffmpeg';
import type { Size } from '../../server/contract/framing.js';
import { fileUrl, inputOptions } from './ffmpeg-input.js';
import { type Loudness, soundFilters } from './loudness.js';
import { layerChains, layerInput, type VideoLayers } from './overlay/video-layers.js';
import type { PlannedVideo } from './plan.js';
import type { AudioStream, VideoStream } from './probe-streams.js';
import type { Sniffed } from './sniff.js';

export interface VideoSource {
  path: string;
  type: Sniffed;
  video: VideoStream;
  audio: AudioStream | null;
  /** Measured once for all outputs; null when silent or without sound. */
  loudness: Loudness | null;
}

/** An output and the file it goes to. */
export interface VideoTarget<T extends PlannedVideo = PlannedVideo> {
  output: T;
  file: string;
}

/** HDR to the normal range: to linear light, to the common primaries, tone curve, back to 8 bits. */
function toneMapFilters(hdr: 'pq' | 'hlg'): string[] {
  const transfer = hdr === 'pq' ? 'smpte2084' : 'arib-std-b67';
  return [
    `zscale=tin=${transfer}:min=bt2020nc:pin=bt2020:rin=tv:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ];
}

/** What every output has in common, done once: upright (by ffmpeg itself), square pixels, base size, 8 bits. */
export function baseFilters(video: VideoStream, base: Size, toneMap: boolean): string[] {
  const filters = video.interlaced ? ['bwdif=mode=send_frame:deint=interlaced'] : [];
  filters.push(`scale=${base.width}:${base.height}:flags=bicubic`, 'setsar=1');
  if (video.hdr && toneMap) filters.push(...toneMapFilters(video.hdr));
  filters.push(video.hasAlpha ? 'format=yuva420p' : 'format=yuv420p');
  return filters;
}

/** See-through parts show the chosen colour: the picture is laid over a copy of itself painted with it. */
function flattenChains(background: string, from: string, to: string): string[] {
  const colour = `${background.replace('#', '0x')}@1`;
  return [
    `[${from}]split=2[${to}o][${to}u]`,
    `[${to}u]drawbox=x=0:y=0:w=iw:h=ih:color=${colour}:t=fill:replace=1[${to}c]`,
    `[${to}c][${to}o]overlay=format=yuv420,format=yuv420p[${to}]`,
  ];
}

/** Filter chains that turn the output's base picture, labelled `from`, into its own, labelled `to`. */
function frameChains(output: PlannedVideo, from: string, to: string): string[] {
  const { base } = output;
  const { crop, inner, target, ground } = output.layout;
  const last = `setsar=1,format=yuv420p[${to}]`;
  const cropped = crop.width !== base.width || crop.height !== base.height;
  const cut = cropped ? `crop=${crop.width}:${crop.height}:${crop.x}:${crop.y},` : '';
  const fitted = `${cut}scale=${inner.width}:${inner.height}:flags=bicubic`;
  if (ground === 'none') return [`[${from}]${fitted},${last}`];
  if (ground === 'plain') {
    const colour = output.background.replace('#', '0x');
    return [
      `[${from}]${fitted},pad=${target.width}:${target.height}:${inner.x}:${inner.y}:color=${colour},${last}`,
    ];
  }
  // Blurred at an eighth of the size: the same softness for a sixtieth of the work.
  const small = `${Math.ceil(target.width / 16) * 2}:${Math.ceil(target.height / 16) * 2}`;
  return [
    `[${from}]split=2[${to}f][${to}b]`,
    `[${to}b]scale=${small}:force_original_aspect_ratio=increase,crop=${small},gblur=sigma=6,` +
      `lutyuv=y=val*0.75,scale=${target.width}:${target.height}:flags=bicubic[${to}g]`,
    `[${to}f]${fitted}[${to}i]`,
    `[${to}g][${to}i]overlay=${inner.x}:${inner.y}:format=yuv420,${last}`,
  ];
}

function split(filter: 'split' | 'asplit', names: readonly string[]): string {
  return `${filter}=${names.length}${names.map((name) => `[${name}]`).join('')}`;
}

/** The pictures that outputs are cut from, `[b0]` and on: the largest base first, a smaller one made from it. */
function baseChains({ video }: VideoSource, outputs: readonly PlannedVideo[], toneMap: boolean): string[] {
  const bases = new Map<string, { size: Size; names: string[] }>();
  for (const [index, { base }] of outputs.entries()) {
    const key = `${base.width}:${base.height}`;
    const found = bases.get(key) ?? { size: base, names: [] };
    bases.set(key, found);
    found.names.push(`b${index}`);
  }
  const [first, ...smaller] = [...bases.values()].sort((a, b) => b.size.width - a.size.width);
  if (!first) return [];
  const chains = smaller.map(
    ({ size, names }, index) =>
      `[r${index}]scale=${size.width}:${size.height}:flags=bicubic,${split('split', names)}`,
  );
  const names = [...first.names, ...smaller.map((_, index) => `r${index}`)];
  const common = baseFilters(video, first.size, toneMap).join(',');
  return [`[0:${video.index}]${common},${split('split', names)}`, ...chains];
}

/** What lies over each output; outputs without an entry stay as they are. */
export type LayersOf = (output: PlannedVideo) => VideoLayers;

/** From an output's base picture to its finished one, with the layers whose inputs begin with number `firstInput`. */
function outputChains(output: PlannedVideo, { index, hasAlpha, layers, firstInput }: OutputPlace): string[] {
  const laid = layers.pictures.length > 0 || layers.subtitles !== null;
  const [base, framed, to] = [`b${index}`, laid ? `f${index}` : `v${index}`, `v${index}`];
  const { numerator, denominator } = output.rate;
  // First of all: behind an overlay nobody knows any more how long the last picture stays.
  const even = `[${base}]fps=${numerator}/${denominator}[e${index}]`;
  const chains = hasAlpha
    ? [
        ...flattenChains(output.background, `e${index}`, `p${index}`),
        ...frameChains(output, `p${index}`, framed),
      ]
    : frameChains(output, `e${index}`, framed);
  return [even, ...chains, ...(laid ? layerChains(layers, { firstInput, from: framed, to }) : [])];
}

interface OutputPlace {
  index: number;
  hasAlpha: boolean;
  layers: VideoLayers;
  firstInput: number;
}

/** The whole filter graph: one decode, one picture per base, one loudness correction per kind of sound. */
export function filterGraph({
  source,
  outputs,
  toneMap,
  layersOf,
}: {
  source: VideoSource;
  outputs: readonly PlannedVideo[];
  toneMap: boolean;
  layersOf: LayersOf;
}): string[] {
  const { video, audio } = source;
  const chains = baseChains(source, outputs, toneMap);
  let firstInput = 1;
  for (const [index, output] of outputs.entries()) {
    const layers = layersOf(output);
    chains.push(...outputChains(output, { index, hasAlpha: video.hasAlpha, layers, firstInput }));
    firstInput += layers.pictures.length;
  }
  return audio ? [...chains, ...soundChains(audio.index, outputs, source.loudness)] : chains;
}

/** One correction for all outputs that want the same sound; each gets it under a name of its own. */
export function soundChains(
  track: number,
  outputs: readonly PlannedVideo[],
  loudness: Loudness | null,
): string[] {
  const sounds = new Map<string, string[]>();
  for (const [index, { sound }] of outputs.entries()) {
    if (!sound) continue;
    const filters = soundFilters(sound, loudness).join(',');
    sounds.set(filters, [...(sounds.get(filters) ?? []), `a${index}`]);
  }
  const groups = [...sounds];
  if (groups.length === 0) return [];
  const parts = split(
    'asplit',
    groups.map((_, index) => `s${index}`),
  );
  return [
    `[0:${track}]${parts}`,
    ...groups.map(([filters, names], index) => `[s${index}]${filters},${split('asplit', names)}`),
  ];
}

/** Options of one output whose picture is `[v…]` and whose sound is `[a…]`. */
export function encoderOptions(output: PlannedVideo, index: number, threads: number): string[] {
  const { settings, sound, kbps, rate } = output;
  const gop = Math.max(1, Math.round((rate.numerator / rate.denominator) * 2));
  const options = [
    ...['-map', `[v${index}]`, '-c:v', 'libx264', '-preset', 'veryfast', '-threads', String(threads)],
    ...['-crf', String(settings.crf), '-maxrate', `${kbps}k`, '-bufsize', `${output.bufferKbits}k`],
    ...['-profile:v', settings.profile, '-pix_fmt', 'yuv420p', '-bf', settings.bFrames ? '2' : '0'],
    ...['-g', String(gop), '-flags:v', '+cgop+bitexact'],
  ];
  if (sound) {
    options.push(
      ...['-map', `[a${index}]`, '-c:a', 'aac', '-b:a', `${sound.settings.kbps}k`],
      ...['-ar', String(sound.settings.sampleRate), '-ac', String(sound.settings.channels)],
    );
  }
  return [
    ...options,
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'],
    ...['-t', (output.durationMs / 1000).toFixed(3), '-fs', String(Math.ceil(output.maxBytes * 1.05))],
    ...['-movflags', '+faststart', '-f', 'mp4'],
  ];
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}

/** fluent-ffmpeg builds the line; it never runs anything, because it cannot stop what it started. */
export function finishedLine(command: object): string[] {
  const build: unknown = '_getArguments' in command ? command._getArguments : undefined;
  const line: unknown = typeof build === 'function' ? build.call(command) : undefined;
  if (!isTextList(line)) throw new Error('fluent-ffmpeg gave no argument list');
  return line;
}

/** The argument list of one ffmpeg process that decodes once and writes every target. */
export function videoArguments({
  source,
  targets,
  toneMap,
  maxPixels,
  threads,
  layersOf,
}: {
  source: VideoSource;
  targets: readonly VideoTarget[];
  toneMap: boolean;
  layersOf: LayersOf;
  maxPixels: number;
  threads: number;
}): string[] {
  const longest = Math.max(...targets.map(({ output }) => output.durationMs)) / 1000;
  const command = ffmpeg()
    .input(fileUrl(source.path))
    .inputOptions(
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-xerror', '-y'],
      ...['-progress', 'pipe:1', '-stats_period', '0.5'],
      ...['-max_pixels', String(maxPixels), '-t', (longest + 1).toFixed(3)],
      ...inputOptions(source.type),
    );
  const outputs = targets.map(({ output }) => output);
  for (const { path } of outputs.flatMap((output) => layersOf(output).pictures)) {
    const { url, options } = layerInput(path);
    command.input(url).inputOptions(...options);
  }
  command.complexFilter(filterGraph({ source, outputs, toneMap, layersOf }));
  for (const [index, { output, file }] of targets.entries()) {
    command.output(fileUrl(file)).outputOptions(...encoderOptions(output, index, threads));
  }
  return finishedLine(command);
}
