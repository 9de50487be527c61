import { type Static, Type } from 'typebox';
import {
  Day,
  Id,
  MemberRef,
  Moment,
  nullable,
  oneOf,
  PageQuery,
  page,
  UnitRef,
  Version,
  WebAddress,
} from './common.js';
import {
  authenticityCodes,
  checkStates,
  claimLanguages,
  sourceTiers,
  stances,
  verdictCodes,
} from './lists.js';

export const CheckText = Type.Object(
  {
    headline: Type.String({ minLength: 1, maxLength: 300, description: 'The truth in one line' }),
    summary: Type.String({ minLength: 1, maxLength: 10000 }),
    correctionNote: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 2000 }))),
  },
  { additionalProperties: false },
);
export type CheckText = Static<typeof CheckText>;

export const CheckTexts = Type.Object(
  { hi: Type.Optional(CheckText), en: Type.Optional(CheckText) },
  { additionalProperties: false },
);
export type CheckTexts = Static<typeof CheckTexts>;

export const CheckDraft = Type.Object({ claimId: Id }, { additionalProperties: false });
export type CheckDraft = Static<typeof CheckDraft>;

export const CheckEdit = Type.Object(
  {
    verdict: Type.Optional(nullable(oneOf(verdictCodes))),
    authenticity: Type.Optional(nullable(oneOf(authenticityCodes))),
    asOf: Type.Optional(Day),
    reviewBy: Type.Optional(nullable(Day)),
    sourceException: Type.Optional(nullable(Type.String({ minLength: 10, maxLength: 2000 }))),
    texts: Type.Optional(CheckTexts),
  },
  { additionalProperties: false },
);
export type CheckEdit = Static<typeof CheckEdit>;

export const EvidenceDraft = Type.Object(
  {
    url: Type.Optional(WebAddress),
    publisher: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    quote: Type.Optional(Type.String({ minLength: 1, maxLength: 5000 })),
    tier: oneOf(sourceTiers),
    stance: Type.Optional(oneOf(stances)),
    interestNote: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
    capturedAt: Type.Optional(Moment),
  },
  { additionalProperties: false },
);
export type EvidenceDraft = Static<typeof EvidenceDraft>;

export const Evidence = Type.Object({
  id: Id,
  url: nullable(Type.String()),
  publisher: Type.String(),
  quote: nullable(Type.String()),
  tier: oneOf(sourceTiers),
  stance: oneOf(stances),
  interestNote: nullable(Type.String()),
  file: nullable(
    Type.Object({ sha256: Type.String(), size: Type.Integer(), mime: Type.String(), url: Type.String() }),
  ),
  capturedAt: Type.String(),
  createdBy: MemberRef,
});
export type Evidence = Static<typeof Evidence>;

const versionCore = {
  id: Id,
  checkId: Id,
  clusterId: Id,
  number: Type.Integer(),
  state: oneOf(checkStates),
  verdict: nullable(oneOf(verdictCodes)),
  authenticity: nullable(oneOf(authenticityCodes)),
  asOf: Type.String(),
  reviewBy: nullable(Type.String()),
  texts: CheckTexts,
  createdBy: MemberRef,
  createdAt: Type.String(),
  submittedAt: nullable(Type.String()),
  verifiedBy: nullable(MemberRef),
  verifiedAt: nullable(Type.String()),
  leadClaim: Type.Object({ id: Id, text: Type.String(), language: oneOf(claimLanguages) }),
  version: Version,
};

export const CheckVersionSummary = Type.Object(versionCore);
export type CheckVersionSummary = Static<typeof CheckVersionSummary>;

export const CheckVersion = Type.Object({
  ...versionCore,
  ownerUnit: UnitRef,
  evidence: Type.Array(Evidence),
  sourceException: nullable(Type.String()),
  exceptionAcceptedBy: nullable(MemberRef),
  contributors: Type.Array(MemberRef),
  returnComment: nullable(Type.String()),
  voidReason: nullable(Type.String()),
  /** Hash of what is shown here; goes back with the decision. */
  hash: Type.String(),
  /** Every version of this check, newest first. */
  history: Type.Array(Type.Object({ id: Id, number: Type.Integer(), state: oneOf(checkStates) })),
});
export type CheckVersion = Static<typeof CheckVersion>;

export const CheckListQuery = Type.Object(
  { ...PageQuery.properties, state: Type.Optional(oneOf(checkStates)) },
  { additionalProperties: false },
);
export type CheckListQuery = Static<typeof CheckListQuery>;
export const CheckPage = page(CheckVersionSummary);
export type CheckPage = Static<typeof CheckPage>;

/** The decision on exactly what was shown. */
export const VerifyDecision = Type.Object(
  { hash: Type.String({ minLength: 64, maxLength: 64 }), acceptException: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
export type VerifyDecision = Static<typeof VerifyDecision>;

export const ReturnDecision = Type.Object(
  { comment: Type.String({ minLength: 3, maxLength: 5000, pattern: '\\S' }) },
  { additionalProperties: false },
);
export type ReturnDecision = Static<typeof ReturnDecision>;

export const VoidDecision = Type.Object(
  { reason: Type.String({ minLength: 3, maxLength: 2000, pattern: '\\S' }) },
  { additionalProperties: false },
);
export type VoidDecision = Static<typeof VoidDecision>;
