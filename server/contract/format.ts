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

export const ImageSettings = Type.Object(
  {
    codec: Type.Literal('jpeg'),
    quality: Type.Integer({ minimum: 1, maximum: 100 }),
    /** Quality may fall to this when the bytes do not fit. */
    minQuality: Type.Integer({ minimum: 1, maximum: 100 }),
    /** Smaller files for three times the time: for formats whose bytes are scarce. */
    mozjpeg: Type.Boolean(),
  },
  strict,
);
export type ImageSettings = Static<typeof ImageSettings>;

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

export const AudioSettings = Type.Object(
  {
    codec: Type.Enum(['aac', 'opus']),
    channels: Type.Integer({ minimum: 1, maximum: 2 }),
    sampleRate: positive,
    kbps: positive,
    /** Integrated loudness, LUFS, and true peak, dBTP. */
    loudness: Type.Object({ lufs: Type.Number(), truePeak: Type.Number() }, strict),
  },
  strict,
);
export type AudioSettings = Static<typeof AudioSettings>;

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

/** One versioned row of the platform table: everything needed to make and to check one file. */
export const FormatSpec = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 60 }),
    version: positive,
    platforms: Type.Array(Type.Enum(platforms), { minItems: 1 }),
    /** What the made file is. */
    kind: Type.Enum(['image', 'video', 'audio']),
    /** Kinds of source it can be made from. */
    accepts: Type.Array(Type.Enum(mediaKinds), { minItems: 1 }),
    labels: Type.Object({ hi: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, strict),
    container: Type.Enum(['jpeg', 'mp4', 'ogg']),
    mime: Type.String({ minLength: 1 }),
    extension: Type.String({ pattern: '^[a-z0-9]+$' }),
    frame: Type.Union([ExactFrame, LongEdgeFrame, Type.Null()]),
    image: Type.Union([ImageSettings, Type.Null()]),
    video: Type.Union([VideoSettings, Type.Null()]),
    audio: Type.Union([AudioSettings, Type.Null()]),
    maxBytes: positive,
    minDurationMs: Type.Union([positive, Type.Null()]),
    maxDurationMs: Type.Union([positive, Type.Null()]),
    safeZone: Type.Union([SafeZone, Type.Null()]),
    defaultFraming: Type.Enum(framings),
    facts: Type.Array(FormatFact, { minItems: 1 }),
  },
  strict,
);
export type FormatSpec = Static<typeof FormatSpec>;
