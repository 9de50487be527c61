import { type Static, Type } from 'typebox';
import { CheckTexts } from './check.js';
import {
  Id,
  LanguageCode,
  MemberRef,
  Moment,
  Names,
  nullable,
  oneOf,
  PageQuery,
  page,
  UnitRef,
  Version,
} from './common.js';
import { CreativeTexts, Rendition } from './creative.js';
import {
  authenticityCodes,
  captionPlatforms,
  checkStates,
  packChangeKinds,
  packStates,
  verdictCodes,
} from './lists.js';

export const PackText = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    sourcesSlip: Type.String({ maxLength: 5000 }),
  },
  { additionalProperties: false },
);
export const PackTexts = Type.Object(
  { hi: Type.Optional(PackText), en: Type.Optional(PackText) },
  { additionalProperties: false },
);
export type PackTexts = Static<typeof PackTexts>;

export const Caption = Type.Object(
  {
    language: LanguageCode,
    platform: oneOf(captionPlatforms),
    text: Type.String({ minLength: 1, maxLength: 5000 }),
  },
  { additionalProperties: false },
);
export type Caption = Static<typeof Caption>;

const Points = Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), { maxItems: 20 });
export const TalkingPoints = Type.Object(
  { hi: Type.Optional(Points), en: Type.Optional(Points) },
  { additionalProperties: false },
);
export type TalkingPoints = Static<typeof TalkingPoints>;

/** The whole editable content of a draft; a list that is given replaces the stored one. */
export const PackEdit = Type.Object(
  {
    texts: Type.Optional(PackTexts),
    captions: Type.Optional(Type.Array(Caption, { maxItems: 40 })),
    talkingPoints: Type.Optional(TalkingPoints),
    factIds: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })),
    renditionIds: Type.Optional(Type.Array(Id, { maxItems: 100, uniqueItems: true })),
    changeKind: Type.Optional(oneOf(packChangeKinds)),
    changeNote: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 2000 }))),
    expiresAt: Type.Optional(nullable(Moment)),
  },
  { additionalProperties: false },
);
export type PackEdit = Static<typeof PackEdit>;

export const PackDraft = Type.Object(
  { ...PackEdit.properties, ownerUnitId: Type.Optional(Id) },
  { additionalProperties: false },
);
export type PackDraft = Static<typeof PackDraft>;

export const NextVersion = Type.Object(
  {
    changeKind: oneOf(packChangeKinds),
    changeNote: Type.String({ minLength: 3, maxLength: 2000, pattern: '\\S' }),
  },
  { additionalProperties: false },
);
export type NextVersion = Static<typeof NextVersion>;

export const PackFact = Type.Object({
  id: Id,
  state: oneOf(checkStates),
  verdict: nullable(oneOf(verdictCodes)),
  authenticity: nullable(oneOf(authenticityCodes)),
  asOf: Type.String(),
  texts: CheckTexts,
});
export type PackFact = Static<typeof PackFact>;

export const PackRendition = Type.Object({
  ...Rendition.properties,
  previewUrl: nullable(Type.String()),
  texts: CreativeTexts,
});
export type PackRendition = Static<typeof PackRendition>;

export const Recall = Type.Object({
  reason: Type.String(),
  noticedAt: Type.String(),
  dueAt: Type.String(),
  recalledBy: MemberRef,
  recalledAt: Type.String(),
});
export type Recall = Static<typeof Recall>;

const packCore = {
  id: Id,
  packId: Id,
  number: Type.Integer(),
  state: oneOf(packStates),
  title: Names,
  changeKind: nullable(oneOf(packChangeKinds)),
  changeNote: nullable(Type.String()),
  expiresAt: nullable(Type.String()),
  /** A fact it stands on is void or corrected: derived, never stored. */
  amber: Type.Boolean(),
  facts: Type.Integer(),
  renditions: Type.Integer(),
  createdBy: MemberRef,
  createdAt: Type.String(),
  submittedAt: nullable(Type.String()),
  approvedBy: nullable(MemberRef),
  approvedAt: nullable(Type.String()),
  version: Version,
};

export const PackSummary = Type.Object(packCore);
export type PackSummary = Static<typeof PackSummary>;
export const PackPage = page(PackSummary);
export type PackPage = Static<typeof PackPage>;

export const PackListQuery = Type.Object(
  { ...PageQuery.properties, state: Type.Optional(oneOf(packStates)) },
  { additionalProperties: false },
);
export type PackListQuery = Static<typeof PackListQuery>;

const { facts: _facts, renditions: _renditions, ...packHead } = packCore;
export const PackVersion = Type.Object({
  ...packHead,
  ownerUnit: UnitRef,
  texts: PackTexts,
  captions: Type.Array(Caption),
  talkingPoints: TalkingPoints,
  facts: Type.Array(PackFact),
  renditions: Type.Array(PackRendition),
  contributors: Type.Array(MemberRef),
  returnComment: nullable(Type.String()),
  hash: Type.String(),
  recall: nullable(Recall),
  history: Type.Array(Type.Object({ id: Id, number: Type.Integer(), state: oneOf(packStates) })),
  releases: Type.Array(
    Type.Object({ id: Id, releasedAt: Type.String(), releasedBy: MemberRef, units: Type.Integer() }),
  ),
});
export type PackVersion = Static<typeof PackVersion>;

export const ApproveDecision = Type.Object(
  { hash: Type.String({ minLength: 64, maxLength: 64 }) },
  { additionalProperties: false },
);
export type ApproveDecision = Static<typeof ApproveDecision>;
