import { type Static, Type } from 'typebox';
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
} from './lists.js';

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
export const Creative = Type.Object({ ...creativeCore, renditions: Type.Array(Rendition) });
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
  },
  { additionalProperties: false },
);
export type CreativeEdit = Static<typeof CreativeEdit>;

/** Which formats to make; without `formats`, every format the creative's kind allows. */
export const RenditionRequest = Type.Object(
  {
    formats: Type.Optional(
      Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 60, uniqueItems: true }),
    ),
    framing: Type.Optional(oneOf(framings)),
    background: Type.Optional(Type.String({ pattern: '^#[0-9a-fA-F]{6}$' })),
    language: Type.Optional(nullable(LanguageCode)),
  },
  { additionalProperties: false },
);
export type RenditionRequest = Static<typeof RenditionRequest>;
export const RenditionList = Type.Object({ items: Type.Array(Rendition) });
export type RenditionList = Static<typeof RenditionList>;
