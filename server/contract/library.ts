import { type Static, Type } from 'typebox';
import { CheckTexts, Evidence } from './check.js';
import { Id, Names, nullable, oneOf } from './common.js';
import { authenticityCodes, claimLanguages, verdictCodes } from './lists.js';

export const LibraryQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 400 })),
    verdict: Type.Optional(oneOf(verdictCodes)),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, default: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
  },
  { additionalProperties: false },
);
export type LibraryQuery = Static<typeof LibraryQuery>;

/** A verified fact as everyone who may see it reads it. */
export const Fact = Type.Object({
  id: Id,
  checkId: Id,
  clusterId: Id,
  number: Type.Integer(),
  verdict: oneOf(verdictCodes),
  authenticity: nullable(oneOf(authenticityCodes)),
  asOf: Type.String(),
  reviewBy: nullable(Type.String()),
  verifiedAt: Type.String(),
  texts: CheckTexts,
  claim: Type.Object({
    text: Type.String(),
    language: oneOf(claimLanguages),
    seen: Type.Integer({ description: 'Claims in its cluster' }),
  }),
  issuedBy: Names,
});
export type Fact = Static<typeof Fact>;

export const FactDetail = Type.Object({ ...Fact.properties, evidence: Type.Array(Evidence) });
export type FactDetail = Static<typeof FactDetail>;

export const LibraryResult = Type.Object({
  items: Type.Array(Type.Object({ fact: Fact, matched: Type.Array(Type.String()) })),
  total: Type.Integer(),
  verdictCounts: Type.Record(Type.String(), Type.Integer()),
});
export type LibraryResult = Static<typeof LibraryResult>;
