import { type Static, type TSchema, Type } from 'typebox';
import { CheckTexts, Evidence } from './check.js';
import { Day, Id, LanguageCode, Names, nullable, oneOf, UnitRef } from './common.js';
import { authenticityCodes, claimLanguages, mediaKinds, verdictCodes } from './lists.js';
import { TopicCode } from './topic.js';

/** Any of these; in the address once for each value. */
function anyOf<T extends TSchema>(value: T) {
  return Type.Optional(Type.Array(value, { maxItems: 30 }));
}

export const LibraryQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 400 })),
    verdict: anyOf(oneOf(verdictCodes)),
    topic: anyOf(TopicCode),
    /** What the fact is written in. */
    language: anyOf(LanguageCode),
    /** Districts its claims came from; without effect for those outside the desk. */
    place: anyOf(Id),
    /** What carried its claims. */
    media: anyOf(oneOf(mediaKinds)),
    /** Days the fact holds as of, both included. */
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    /** The index hands out no more: other words find what lies beyond. */
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 200, default: 0 })),
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
  topic: nullable(TopicCode),
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

const Counts = Type.Record(Type.String(), Type.Integer());

/** How many of what was found have each value: before the value's own filter, after the others. */
export const LibraryFacets = Type.Object({
  verdicts: Counts,
  topics: Counts,
  languages: Counts,
  mediaKinds: Counts,
  /** Most first. For the desk alone. */
  places: Type.Array(Type.Object({ unit: UnitRef, count: Type.Integer() })),
});
export type LibraryFacets = Static<typeof LibraryFacets>;

export const LibraryResult = Type.Object({
  items: Type.Array(Type.Object({ fact: Fact, matched: Type.Array(Type.String()) })),
  total: Type.Integer(),
  facets: LibraryFacets,
  /** Something about how the answer was found that its reader should know: the search server is away. */
  notice: Type.Optional(Names),
});
export type LibraryResult = Static<typeof LibraryResult>;
