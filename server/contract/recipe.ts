import { type Static, Type } from 'typebox';
import { digitalSources, type Framing, framings, type Language, languages, verdictCodes } from './lists.js';

/** The point of a picture that must stay in every crop; 0,0 is the top left corner, 1,1 the bottom right. */
export const FocalPoint = Type.Object(
  { x: Type.Number({ minimum: 0, maximum: 1 }), y: Type.Number({ minimum: 0, maximum: 1 }) },
  { additionalProperties: false },
);
export type FocalPoint = Static<typeof FocalPoint>;

const strict = { additionalProperties: false };
const Share = Type.Number({ minimum: 0, maximum: 1 });

/** A part of the upright source chosen by hand, as shares of its width and height. */
export const CropWindow = Type.Object(
  {
    x: Share,
    y: Share,
    width: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    height: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
  },
  strict,
);
export type CropWindow = Static<typeof CropWindow>;

/** Longest text that is drawn over a creative; what does not fit its place is refused when it is drawn. */
const line = Type.String({ minLength: 1, maxLength: 300 });

/**
 * Something drawn over the finished frame, after every crop. Texts come in the rendition's language:
 * who draws them never translates.
 */
export const Overlay = Type.Union([
  /** Who issued it: a small strip inside the part of the frame no platform covers. */
  Type.Object({ kind: Type.Literal('label'), text: line }, strict),
  /** The verdict over a misleading original, by word and shape, so large that no crop removes it. */
  Type.Object({ kind: Type.Literal('stamp'), word: line, mark: Type.Enum(verdictCodes) }, strict),
  /** Synthetic media is named at the top for the whole duration, over this share of the visible area. */
  Type.Object(
    {
      kind: Type.Literal('disclosure'),
      text: line,
      share: Type.Number({ minimum: 0.05, maximum: 0.3 }),
      /** What the text says; not written down in recipes of the first kind. */
      mark: Type.Optional(Type.Enum(['enhanced', 'composite', 'generated'])),
    },
    strict,
  ),
  /** Timed text: SHA-256 of an SRT or VTT file in the file store. */
  Type.Object({ kind: Type.Literal('subtitles'), cues: Type.String({ pattern: '^[0-9a-f]{64}$' }) }, strict),
  /** Printer, publisher and copies, as print formats must show them. */
  Type.Object({ kind: Type.Literal('imprint'), text: line }, strict),
]);
export type Overlay = Static<typeof Overlay>;
export type OverlayKind = Overlay['kind'];

/** What a made picture says about itself inside its file; nothing about a member. */
export const Credit = Type.Object(
  {
    /** Who issues it. */
    organisation: Type.String({ minLength: 1, maxLength: 300 }),
    /** Whose work it is, as it is to be named; empty when nobody is. */
    creator: Type.String({ maxLength: 300 }),
    rights: Type.String({ maxLength: 1000 }),
    /** Null when nobody said how it came to be. */
    source: Type.Union([Type.Enum(digitalSources), Type.Null()]),
  },
  strict,
);
export type Credit = Static<typeof Credit>;

/**
 * What a designer chose for one creative in one format. Together with the source file, the format
 * version and the pipeline version it is the identity of a rendition.
 */
export const Recipe = Type.Object(
  {
    framing: Type.Enum(framings),
    focal: FocalPoint,
    /** The part to show; wins over the window the framing would choose. */
    crop: Type.Union([CropWindow, Type.Null()]),
    /** Fills bars of `fit` and shows through transparent pictures; `#rrggbb`. */
    background: Type.String({ pattern: '^#[0-9a-f]{6}$' }),
    language: Type.Union([Type.Enum(languages), Type.Null()]),
    /** At most one of each kind. */
    overlays: Type.Array(Overlay, { maxItems: 5 }),
    /** Written on the still picture when a sound becomes a video; null for everything else. */
    title: Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]),
    credit: Type.Union([Credit, Type.Null()]),
  },
  strict,
);
export type Recipe = Static<typeof Recipe>;

/** The recipe a format starts with, centred on the creative's focal point when it has one. */
export function defaultRecipe({
  framing,
  focal,
  language,
}: {
  framing: Framing;
  focal?: FocalPoint | null;
  language?: Language | null;
}): Recipe {
  return {
    framing,
    focal: focal ?? { x: 0.5, y: 0.5 },
    crop: null,
    background: '#ffffff',
    language: language ?? null,
    overlays: [],
    title: null,
    credit: null,
  };
}
