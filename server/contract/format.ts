import { type Static, Type } from 'typebox';
import { framings, mediaKinds, platforms } from './lists.js';

const strict = { additionalProperties: false };
const positive = Type.Integer({ minimum: 1 });

/** How far a number of the platform table can be trusted, best first. */
export const factConfidences = [
  'official',
  'vendor',
  'press',
  'thread',
  'measured',
  'arithmetic',
  'convention',
] as const;
export type FactConfidence = (typeof factConfidences)[number];

/** Where one number of a format comes from, so that a later reader can check it again. */
export const FormatFact = Type.Object(
  {
    /** Dotted path of the field inside the format, for example `video.maxFps`. */
    field: Type.String({ minLength: 1 }),
    value: Type.Union([Type.Number(), Type.String()]),
    source: Type.String({ minLength: 1 }),
    checkedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    confidence: Type.Enum(factConfidences),
  },
  strict,
);
export type FormatFact = Static<typeof FormatFact>;

/** A fixed frame in pixels: the picture is brought into it by the recipe's framing. */
const ExactFrame = Type.Object({ fit: Type.Literal('exact'), width: positive, height: positive }, strict);

/** The source's own shape, its longer edge at most this many pixels; never enlarged. */
const LongEdgeFrame = Type.Object({ fit: Type.Literal('long_edge'), longEdge: positive }, strict);

/** A smaller frame taken when the byte limit leaves too few bits for a larger one; best first. */
export const VideoRung = Type.Object({ longEdge: positive, minKbps: positive }, strict);
export type VideoRung = Static<typeof VideoRung>;

export const JpegSettings = Type.Object(
  {
    codec: Type.Literal('jpeg'),
    /** Up to 92: above it a picture of noise outgrows what plans allow for a pixel. */
    quality: Type.Integer({ minimum: 1, maximum: 92 }),
    /** Quality may fall to this when the bytes do not fit. */
    minQuality: Type.Integer({ minimum: 1, maximum: 92 }),
    /** Smaller files for three times the time: for formats whose bytes are scarce. */
    mozjpeg: Type.Boolean(),
  },
  strict,
);
export type JpegSettings = Static<typeof JpegSettings>;

/** Dots per inch written into the file, so that a press prints it at its true size. */
const dpi = Type.Integer({ minimum: 72, maximum: 1200 });
export const PngSettings = Type.Object({ codec: Type.Literal('png'), dpi }, strict);
export type PngSettings = Static<typeof PngSettings>;
export const TiffSettings = Type.Object({ codec: Type.Literal('tiff'), dpi }, strict);
export type TiffSettings = Static<typeof TiffSettings>;

export type ImageSettings = JpegSettings | PngSettings | TiffSettings;

export const VideoSettings = Type.Object(
  {
    codec: Type.Literal('h264'),
    profile: Type.Enum(['main', 'high']),
    bFrames: Type.Boolean(),
    minFps: positive,
    maxFps: positive,
    /** x264 constant rate factor: the quality aimed at while the bit rate stays below `maxKbps`. */
    crf: Type.Integer({ minimum: 0, maximum: 51 }),
    maxKbps: positive,
    /** Sizes to choose from by byte budget; empty when the frame is fixed. */
    rungs: Type.Array(VideoRung),
  },
  strict,
);
export type VideoSettings = Static<typeof VideoSettings>;

/** Integrated loudness, LUFS, and true peak, dBTP. */
const Loudness = Type.Object({ lufs: Type.Number(), truePeak: Type.Number() }, strict);
const sound = {
  channels: Type.Integer({ minimum: 1, maximum: 2 }),
  sampleRate: positive,
  loudness: Loudness,
};

export const AacSettings = Type.Object({ codec: Type.Literal('aac'), kbps: positive, ...sound }, strict);
export type AacSettings = Static<typeof AacSettings>;
export const OpusSettings = Type.Object({ codec: Type.Literal('opus'), kbps: positive, ...sound }, strict);
export type OpusSettings = Static<typeof OpusSettings>;

/** Plain samples, whose bit rate follows from their number: 16-bit, or the 8 bits of telephone exchanges. */
export const PcmSettings = Type.Object(
  {
    codec: Type.Enum(['pcm_s16le', 'pcm_alaw', 'pcm_mulaw']),
    /** What a telephone line carries; the rest is taken out, lest it turn into noise. */
    band: Type.Object({ lowHz: positive, highHz: positive }, strict),
    /** No sample is louder than this, dBFS. */
    maxPeak: Type.Number({ maximum: 0 }),
    ...sound,
  },
  strict,
);
export type PcmSettings = Static<typeof PcmSettings>;

export type AudioSettings = AacSettings | OpusSettings | PcmSettings;

/** Pixels at each edge that the platform's own interface covers. */
export const SafeZone = Type.Object(
  {
    top: Type.Integer({ minimum: 0 }),
    right: Type.Integer({ minimum: 0 }),
    bottom: Type.Integer({ minimum: 0 }),
    left: Type.Integer({ minimum: 0 }),
  },
  strict,
);
export type SafeZone = Static<typeof SafeZone>;

const Frame = Type.Union([ExactFrame, LongEdgeFrame]);

const common = {
  code: Type.String({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 41 }),
  version: positive,
  platforms: Type.Array(Type.Enum(platforms), { minItems: 1 }),
  /** Kinds of source it can be made from. */
  accepts: Type.Array(Type.Enum(mediaKinds), { minItems: 1 }),
  labels: Type.Object({ hi: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, strict),
  mime: Type.String({ minLength: 1 }),
  extension: Type.String({ pattern: '^[a-z0-9]+$' }),
  maxBytes: positive,
  safeZone: Type.Union([SafeZone, Type.Null()]),
  /** Shown cut to a circle: only the middle is sure to be seen. */
  mask: Type.Optional(Type.Literal('circle')),
  defaultFraming: Type.Enum(framings),
  facts: Type.Array(FormatFact, { minItems: 1 }),
};
const still = {
  ...common,
  kind: Type.Literal('image'),
  frame: Frame,
  video: Type.Null(),
  audio: Type.Null(),
  minDurationMs: Type.Null(),
  maxDurationMs: Type.Null(),
};
const timed = {
  ...common,
  minDurationMs: Type.Union([positive, Type.Null()]),
  maxDurationMs: Type.Union([positive, Type.Null()]),
};
const onlySound = {
  ...timed,
  kind: Type.Literal('audio'),
  frame: Type.Null(),
  image: Type.Null(),
  video: Type.Null(),
};

export const JpegFormat = Type.Object(
  { ...still, container: Type.Literal('jpeg'), image: JpegSettings },
  strict,
);
export const PngFormat = Type.Object(
  { ...still, container: Type.Literal('png'), image: PngSettings },
  strict,
);
export const TiffFormat = Type.Object(
  { ...still, container: Type.Literal('tiff'), image: TiffSettings },
  strict,
);
export const Mp4Format = Type.Object(
  {
    ...timed,
    kind: Type.Literal('video'),
    container: Type.Literal('mp4'),
    frame: Frame,
    image: Type.Null(),
    video: VideoSettings,
    audio: AacSettings,
  },
  strict,
);
export const OggFormat = Type.Object(
  { ...onlySound, container: Type.Literal('ogg'), audio: OpusSettings },
  strict,
);
export const WavFormat = Type.Object(
  { ...onlySound, container: Type.Literal('wav'), audio: PcmSettings },
  strict,
);
export type ImageFormat = Static<typeof JpegFormat> | Static<typeof PngFormat> | Static<typeof TiffFormat>;
export type VideoFormat = Static<typeof Mp4Format>;
export type AudioFormat = Static<typeof OggFormat> | Static<typeof WavFormat>;

/** One versioned row of the platform table: everything needed to make and to check one file. */
export const FormatSpec = Type.Union([JpegFormat, PngFormat, TiffFormat, Mp4Format, OggFormat, WavFormat]);
export type FormatSpec = Static<typeof FormatSpec>;
