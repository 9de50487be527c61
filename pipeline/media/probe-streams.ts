import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { allowedCodecs, fileUrl, inputOptions } from './ffmpeg-input.js';
import type { MediaLimits } from './limits.js';
import { MediaFailure } from './media-failure.js';
import { readingFailure, succeeded } from './program-failure.js';
import { runCommand } from './run-command.js';
import type { Sniffed } from './sniff.js';
import type { MediaTools } from './tools.js';

export interface VideoStream {
  index: number;
  codec: string;
  profile: string | null;
  /** Upright size in square pixels, as a viewer sees it. */
  width: number;
  height: number;
  /** Stored size. */
  codedWidth: number;
  codedHeight: number;
  rotation: number;
  /** Frames a second as a fraction. */
  fps: { numerator: number; denominator: number };
  pixelFormat: string | null;
  /** Some of it may be see-through: moving GIFs, animated WebP, ProRes with alpha. */
  hasAlpha: boolean;
  hdr: 'pq' | 'hlg' | null;
  interlaced: boolean;
  hasBFrames: boolean;
}

export interface AudioStream {
  index: number;
  codec: string;
  channels: number;
  sampleRate: number;
}

export interface StreamProbe {
  durationMs: number | null;
  container: string;
  streams: number;
  video: VideoStream | null;
  audio: AudioStream | null;
}

const Stream = Type.Object({
  index: Type.Integer(),
  codec_type: Type.Optional(Type.String()),
  codec_name: Type.Optional(Type.String()),
  profile: Type.Optional(Type.String()),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
  sample_aspect_ratio: Type.Optional(Type.String()),
  pix_fmt: Type.Optional(Type.String()),
  color_transfer: Type.Optional(Type.String()),
  field_order: Type.Optional(Type.String()),
  has_b_frames: Type.Optional(Type.Integer()),
  avg_frame_rate: Type.Optional(Type.String()),
  r_frame_rate: Type.Optional(Type.String()),
  channels: Type.Optional(Type.Integer()),
  sample_rate: Type.Optional(Type.String()),
  disposition: Type.Optional(Type.Object({ default: Type.Integer(), attached_pic: Type.Integer() })),
  side_data_list: Type.Optional(Type.Array(Type.Object({ rotation: Type.Optional(Type.Number()) }))),
});
type Stream = Static<typeof Stream>;

/** The part of ffprobe's answer that is read. */
const Answer = Type.Object({
  streams: Type.Optional(Type.Array(Stream)),
  format: Type.Object({ format_name: Type.String(), duration: Type.Optional(Type.String()) }),
});

function ratio(
  text: string | undefined,
  separator: string,
): { numerator: number; denominator: number } | null {
  const [numerator, denominator] = (text ?? '').split(separator).map(Number);
  return numerator && denominator && numerator > 0 && denominator > 0 ? { numerator, denominator } : null;
}

function readVideo(stream: Stream): VideoStream {
  const codedWidth = stream.width ?? 0;
  const codedHeight = stream.height ?? 0;
  if (codedWidth < 1 || codedHeight < 1 || !stream.codec_name) throw new MediaFailure('damaged');
  const sample = ratio(stream.sample_aspect_ratio, ':');
  const stretch = sample ? Math.min(4, Math.max(0.25, sample.numerator / sample.denominator)) : 1;
  const rotation = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const turned = Math.abs(Math.round(rotation / 90)) % 2 === 1;
  const shown = Math.max(1, Math.round(codedWidth * stretch));
  return {
    index: stream.index,
    codec: stream.codec_name,
    profile: stream.profile ?? null,
    width: turned ? codedHeight : shown,
    height: turned ? shown : codedHeight,
    codedWidth,
    codedHeight,
    rotation,
    fps: ratio(stream.avg_frame_rate, '/') ??
      ratio(stream.r_frame_rate, '/') ?? { numerator: 25, denominator: 1 },
    pixelFormat: stream.pix_fmt ?? null,
    hasAlpha: /^(yuva|rgba|bgra|argb|abgr|gbrap|ya\d|pal8)/.test(stream.pix_fmt ?? ''),
    hdr:
      stream.color_transfer === 'smpte2084' ? 'pq' : stream.color_transfer === 'arib-std-b67' ? 'hlg' : null,
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
    hasBFrames: (stream.has_b_frames ?? 0) > 0,
  };
}

function readAudio(stream: Stream): AudioStream {
  const channels = stream.channels ?? 0;
  const sampleRate = Number(stream.sample_rate ?? 0);
  if (!stream.codec_name || channels < 1 || !(sampleRate > 0)) throw new MediaFailure('damaged');
  return { index: stream.index, codec: stream.codec_name, channels, sampleRate };
}

function choose(streams: readonly Stream[]): Stream | undefined {
  return streams.find((stream) => stream.disposition?.default === 1) ?? streams[0];
}

/** Checks an answer against the limits and picks the picture and sound tracks that count. */
function read(answer: Static<typeof Answer>, limits: MediaLimits): StreamProbe {
  const streams = answer.streams ?? [];
  if (streams.length > limits.maxStreams) {
    throw new MediaFailure('too_many_streams', { limit: limits.maxStreams, actual: streams.length });
  }
  const pictures = streams.filter((one) => one.codec_type === 'video' && one.disposition?.attached_pic !== 1);
  const sounds = streams.filter((one) => one.codec_type === 'audio');
  const picture = choose(pictures);
  const sound = choose(sounds);
  for (const stream of [picture, sound]) {
    if (stream && !allowedCodecs.includes(stream.codec_name ?? '')) {
      throw new MediaFailure('codec_not_allowed', { actual: stream.codec_name ?? '?' });
    }
  }
  const video = picture ? readVideo(picture) : null;
  const pixels = video ? video.codedWidth * video.codedHeight : 0;
  if (pixels > limits.maxVideoPixels) {
    throw new MediaFailure('too_many_pixels', { limit: limits.maxVideoPixels, actual: pixels });
  }
  const seconds = Number(answer.format.duration);
  return {
    durationMs: Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : null,
    container: answer.format.format_name,
    streams: streams.length,
    video,
    audio: sound ? readAudio(sound) : null,
  };
}

/** Asks ffprobe for the header of one file, under the demuxer of its type. Throws MediaFailure. */
export async function probeStreams({
  path,
  type,
  workDir,
  tools,
  limits,
  signal,
}: {
  path: string;
  type: Sniffed;
  workDir: string;
  tools: MediaTools;
  limits: MediaLimits;
  signal?: AbortSignal | undefined;
}): Promise<StreamProbe> {
  const result = await runCommand({
    wrappers: tools.wrappers,
    program: tools.ffprobe,
    args: [
      ...['-hide_banner', '-v', 'error', ...inputOptions(type)],
      ...['-show_streams', '-show_format', '-of', 'json', '-i', fileUrl(path)],
    ],
    directory: workDir,
    limits: {
      addressSpaceBytes: limits.probeMemoryBytes,
      cpuSeconds: limits.probeWallMs / 1000,
      fileBytes: 0,
    },
    wallMs: limits.probeWallMs,
    ...(signal ? { signal } : {}),
  });
  if (!succeeded(result)) throw readingFailure(result);
  const answer: unknown = JSON.parse(result.stdout);
  if (!Value.Check(Answer, answer)) throw new MediaFailure('damaged');
  return read(answer, limits);
}
