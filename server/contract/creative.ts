import { type Static, Type } from 'typebox';
import { CardInfo } from './card.js';
import {
  Failure,
  Id,
  LanguageCode,
  MemberRef,
  Names,
  nullable,
  oneOf,
  PageQuery,
  page,
  UnitRef,
  Version,
} from './common.js';
import {
  aiDeclarations,
  creativeOrigins,
  framings,
  inspectionStates,
  mediaKinds,
  platforms,
  renditionStates,
  verdictCodes,
} from './lists.js';
import { CropWindow, Recipe } from './recipe.js';

const Share = Type.Number({ minimum: 0, maximum: 1 });

export const CreativeText = Type.Object(
  { title: Type.String({ maxLength: 200 }), altText: Type.String({ maxLength: 1000 }) },
  { additionalProperties: false },
);
export const CreativeTexts = Type.Object(
  { hi: Type.Optional(CreativeText), en: Type.Optional(CreativeText) },
  { additionalProperties: false },
);
export type CreativeTexts = Static<typeof CreativeTexts>;

/** One row of the platform table, as people choose from it. */
export const FormatInfo = Type.Object({
  code: Type.String(),
  number: Type.Integer({ description: 'Version of its numbers' }),
  /** The one it is listed under: the first of `platforms`. */
  platform: oneOf(platforms),
  platforms: Type.Array(oneOf(platforms)),
  kind: oneOf(mediaKinds),
  /** Kinds of source it can be made from. */
  accepts: Type.Array(oneOf(mediaKinds)),
  name: Names,
  width: nullable(Type.Integer()),
  height: nullable(Type.Integer()),
  /** Where the source's own shape is kept: its longer edge at most, in pixels. */
  longEdge: nullable(Type.Integer()),
  maxBytes: nullable(Type.Integer()),
  maxDurationSeconds: nullable(Type.Number()),
  /** The part of the frame the platform's own buttons leave free, as shares of the frame. */
  safeZone: nullable(Type.Object({ left: Share, top: Share, right: Share, bottom: Share })),
  /** Shown cut to a circle of the frame's width; null for the usual rectangle. */
  mask: nullable(Type.Literal('circle')),
  defaultFraming: oneOf(framings),
});
export type FormatInfo = Static<typeof FormatInfo>;
export const FormatList = Type.Object({ items: Type.Array(FormatInfo) });

const Colour = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' });
const FormatCode = Type.String({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 60 });

/** How a designer brings one creative into one format; kept for the next time. */
export const FormatFraming = Type.Object(
  { framing: oneOf(framings), crop: nullable(CropWindow), background: Colour },
  { additionalProperties: false },
);
export type FormatFraming = Static<typeof FormatFraming>;

/** Who printed and published it and in how many copies: print formats must show it. */
export const Imprint = Type.Object(
  {
    printer: Type.String({ minLength: 3, maxLength: 100, pattern: '\\S' }),
    publisher: Type.String({ minLength: 3, maxLength: 100, pattern: '\\S' }),
    copies: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
  },
  { additionalProperties: false },
);
export type Imprint = Static<typeof Imprint>;

/** Subtitles of one language that belong to a video. */
export const Subtitles = Type.Object({
  language: LanguageCode,
  originalName: Type.String(),
  cues: Type.Integer(),
  url: Type.String(),
  createdBy: MemberRef,
  createdAt: Type.String(),
});
export type Subtitles = Static<typeof Subtitles>;

export const Rendition = Type.Object({
  id: Id,
  creativeId: Id,
  format: Type.Object({
    code: Type.String(),
    number: Type.Integer(),
    platform: oneOf(platforms),
    platforms: Type.Array(oneOf(platforms)),
    kind: oneOf(mediaKinds),
    name: Names,
  }),
  framing: oneOf(framings),
  language: nullable(LanguageCode),
  /** All that was chosen for it: focal point, window, colour and what is drawn over it. */
  recipe: Recipe,
  /** It lacks a mark its creative has to carry by now: a verdict stamp or the AI disclosure. */
  unmarked: Type.Boolean(),
  state: oneOf(renditionStates),
  failure: nullable(Failure),
  /** 0 to 1 while processing. */
  progress: nullable(Type.Number()),
  width: nullable(Type.Integer()),
  height: nullable(Type.Integer()),
  durationMs: nullable(Type.Integer()),
  size: nullable(Type.Integer({ description: 'Bytes' })),
  mime: nullable(Type.String()),
  url: nullable(Type.String()),
  createdBy: MemberRef,
  createdAt: Type.String(),
  finishedAt: nullable(Type.String()),
});
export type Rendition = Static<typeof Rendition>;

const creativeCore = {
  id: Id,
  kind: oneOf(mediaKinds),
  origin: oneOf(creativeOrigins),
  originalName: Type.String(),
  texts: CreativeTexts,
  rights: Type.String(),
  credit: Type.String(),
  aiDeclaration: oneOf(aiDeclarations),
  aiTool: nullable(Type.String()),
  focal: Type.Object({ x: Share, y: Share, confirmed: Type.Boolean() }),
  inspection: oneOf(inspectionStates),
  failure: nullable(Failure),
  width: nullable(Type.Integer()),
  height: nullable(Type.Integer()),
  durationMs: nullable(Type.Integer()),
  hasAudio: nullable(Type.Boolean()),
  c2paPresent: nullable(Type.Boolean()),
  size: Type.Integer(),
  mime: Type.String(),
  sha256: Type.String(),
  previewUrl: nullable(Type.String()),
  supersedesId: nullable(Id),
  checkVersionId: nullable(Id),
  /** Set when it was made from a fact by a template. */
  card: nullable(CardInfo),
  /** It shows a fact that not everyone on the desk may know of. */
  restricted: Type.Boolean(),
  ownerUnit: UnitRef,
  createdBy: MemberRef,
  createdAt: Type.String(),
  version: Version,
  /** How many renditions are in each state. */
  renditionCounts: Type.Object({
    queued: Type.Integer(),
    processing: Type.Integer(),
    ready: Type.Integer(),
    failed: Type.Integer(),
  }),
};

export const CreativeSummary = Type.Object(creativeCore);
export type CreativeSummary = Static<typeof CreativeSummary>;
export const Creative = Type.Object({
  ...creativeCore,
  renditions: Type.Array(Rendition),
  /** What was chosen for single formats, by code; the others are framed by the format's own rule. */
  framings: Type.Record(FormatCode, FormatFraming),
  /** Whether renditions say who issued them. */
  label: Type.Boolean(),
  /** The fact whose verdict is stamped over every rendition of a misleading original. */
  stamp: nullable(
    Type.Object({
      factId: Id,
      verdict: oneOf(verdictCodes),
      headlines: Names,
      /** False once the fact was corrected or voided: nothing is made until another is chosen. */
      stands: Type.Boolean(),
    }),
  ),
  imprint: nullable(Imprint),
  subtitles: Type.Array(Subtitles),
});
export type Creative = Static<typeof Creative>;
export const CreativePage = page(CreativeSummary);
export type CreativePage = Static<typeof CreativePage>;

export const CreativeListQuery = Type.Object(
  { ...PageQuery.properties, kind: Type.Optional(oneOf(mediaKinds)), mine: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
export type CreativeListQuery = Static<typeof CreativeListQuery>;

/** Text fields of the upload form; the file is the part named `file`. */
export const CreativeUploadFields = Type.Object(
  {
    title: Type.Optional(Type.String({ maxLength: 200 })),
    language: Type.Optional(LanguageCode),
    altText: Type.Optional(Type.String({ maxLength: 1000 })),
    rights: Type.Optional(Type.String({ maxLength: 1000 })),
    credit: Type.Optional(Type.String({ maxLength: 300 })),
    aiDeclaration: Type.Optional(oneOf(aiDeclarations)),
    aiTool: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    supersedesId: Type.Optional(Id),
    ownerUnitId: Type.Optional(Id),
  },
  { additionalProperties: false },
);
export type CreativeUploadFields = Static<typeof CreativeUploadFields>;

export const CreativeEdit = Type.Object(
  {
    texts: Type.Optional(CreativeTexts),
    rights: Type.Optional(Type.String({ maxLength: 1000 })),
    credit: Type.Optional(Type.String({ maxLength: 300 })),
    aiDeclaration: Type.Optional(oneOf(aiDeclarations)),
    aiTool: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 120 }))),
    focal: Type.Optional(Type.Object({ x: Share, y: Share }, { additionalProperties: false })),
    /** By format code; null takes the choice back. Formats not named keep theirs. */
    framings: Type.Optional(
      Type.Record(FormatCode, nullable(FormatFraming), { minProperties: 1, maxProperties: 60 }),
    ),
    label: Type.Optional(Type.Boolean()),
    /** Marks a misleading original: the fact whose verdict every rendition carries; null takes the mark off. */
    stampFactId: Type.Optional(nullable(Id)),
    imprint: Type.Optional(nullable(Imprint)),
  },
  { additionalProperties: false },
);
export type CreativeEdit = Static<typeof CreativeEdit>;

/** Subtitles as the text of an SRT or VTT file. */
export const SubtitlesDraft = Type.Object(
  {
    language: LanguageCode,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    text: Type.String({ minLength: 1, maxLength: 200_000 }),
  },
  { additionalProperties: false },
);
export type SubtitlesDraft = Static<typeof SubtitlesDraft>;
export const SubtitlesParams = Type.Object(
  { id: Id, language: LanguageCode },
  { additionalProperties: false },
);
export type SubtitlesParams = Static<typeof SubtitlesParams>;

/** Which formats to make; without `formats`, every format the creative's kind allows. */
export const RenditionRequest = Type.Object(
  {
    formats: Type.Optional(Type.Array(FormatCode, { minItems: 1, maxItems: 60, uniqueItems: true })),
    /** For all formats of this request; `perFormat` wins over it, and what is kept for a format comes after both. */
    framing: Type.Optional(oneOf(framings)),
    background: Type.Optional(Colour),
    perFormat: Type.Optional(
      Type.Record(FormatCode, Type.Partial(FormatFraming, { additionalProperties: false }), {
        maxProperties: 60,
      }),
    ),
    /** Of what is written over it; Hindi when it is not named. */
    language: Type.Optional(nullable(LanguageCode)),
    overlays: Type.Optional(
      Type.Object(
        {
          /** Overrides the creative's own choice for this request. */
          label: Type.Optional(Type.Boolean()),
          /** Which subtitles are drawn; without it those of the request's language, null for none. */
          subtitles: Type.Optional(nullable(LanguageCode)),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type RenditionRequest = Static<typeof RenditionRequest>;
export const RenditionList = Type.Object({ items: Type.Array(Rendition) });
export type RenditionList = Static<typeof RenditionList>;

/** What a request would make, without making it. */
export const RecipeQuery = Type.Object(
  {
    language: Type.Optional(LanguageCode),
    label: Type.Optional(Type.Boolean()),
    subtitles: Type.Optional(oneOf(['hi', 'en', 'none'])),
  },
  { additionalProperties: false },
);
export type RecipeQuery = Static<typeof RecipeQuery>;
/** A card as one format lays it out, small; neither address nor failure while it is still to be drawn. */
export const CardPreview = Type.Object({ url: nullable(Type.String()), failure: nullable(Failure) });
export type CardPreview = Static<typeof CardPreview>;
export const RecipeList = Type.Object({
  items: Type.Array(
    Type.Object({
      format: FormatCode,
      recipe: Recipe,
      /** Null for what is no card. */
      preview: nullable(CardPreview),
    }),
  ),
});
export type RecipeList = Static<typeof RecipeList>;
