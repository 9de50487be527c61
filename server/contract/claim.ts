import { type Static, Type } from 'typebox';
import {
  Id,
  MemberRef,
  Moment,
  Names,
  nullable,
  oneOf,
  PageQuery,
  page,
  UnitRef,
  Version,
  WebAddress,
} from './common.js';
import {
  channels,
  claimantKinds,
  claimKinds,
  claimLanguages,
  claimStates,
  clusterActs,
  clusterMethods,
  mediaKinds,
  verdictCodes,
} from './lists.js';
import { TopicCode } from './topic.js';

export const Claimant = Type.Object(
  {
    name: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 200 }))),
    kind: oneOf(claimantKinds),
    url: Type.Optional(nullable(WebAddress)),
  },
  { additionalProperties: false },
);
export type Claimant = Static<typeof Claimant>;

export const AppearanceDraft = Type.Object(
  { channel: oneOf(channels), url: Type.Optional(WebAddress), seenAt: Moment, unitId: Type.Optional(Id) },
  { additionalProperties: false },
);
export type AppearanceDraft = Static<typeof AppearanceDraft>;

export const ClusterJoin = Type.Object(
  {
    clusterId: Id,
    method: Type.Optional(oneOf(clusterMethods)),
    score: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  },
  { additionalProperties: false },
);
export type ClusterJoin = Static<typeof ClusterJoin>;

/**
 * What someone logs. The words are kept exactly as given. `ownerUnitId` defaults to the reporter's own unit; `join`
 * brings the claim into a cluster in the same act.
 */
export const ClaimDraft = Type.Object(
  {
    kind: Type.Optional(oneOf(claimKinds)),
    text: Type.String({ minLength: 1, maxLength: 20000, pattern: '\\S' }),
    language: oneOf(claimLanguages),
    claimant: Type.Optional(Claimant),
    ownerUnitId: Type.Optional(Id),
    restricted: Type.Optional(Type.Boolean()),
    reachEstimate: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_000_000_000 })),
    appearances: Type.Optional(Type.Array(AppearanceDraft, { maxItems: 20 })),
    topic: Type.Optional(TopicCode),
    join: Type.Optional(ClusterJoin),
  },
  { additionalProperties: false },
);
export type ClaimDraft = Static<typeof ClaimDraft>;

export const Appearance = Type.Object({
  id: Id,
  channel: oneOf(channels),
  url: nullable(Type.String()),
  seenAt: Type.String(),
  unit: nullable(UnitRef),
});
export type Appearance = Static<typeof Appearance>;

export const ClaimMedia = Type.Object({
  id: Id,
  kind: oneOf(mediaKinds),
  name: Type.String(),
  mime: Type.String(),
  size: Type.Integer(),
  /** Address of the original, served as an attachment. */
  url: Type.String(),
});
export type ClaimMedia = Static<typeof ClaimMedia>;

/** Claims that say the same thing, as counts. */
export const ClusterSummary = Type.Object({
  id: Id,
  claims: Type.Integer(),
  /** Units they were reported in. */
  units: Type.Integer(),
  firstSeen: Type.String(),
  lastSeen: Type.String(),
  /** What its claims, and so its fact, are about. */
  topic: nullable(TopicCode),
  checkId: nullable(Id),
  /** Its live fact, when it has one: a check version's id. */
  factId: nullable(Id),
  verdict: nullable(oneOf(verdictCodes)),
});
export type ClusterSummary = Static<typeof ClusterSummary>;

const claimCore = {
  id: Id,
  kind: oneOf(claimKinds),
  text: Type.String(),
  language: oneOf(claimLanguages),
  state: oneOf(claimStates),
  restricted: Type.Boolean(),
  reachEstimate: nullable(Type.Integer()),
  /** Where it was seen, without repeats. */
  channels: Type.Array(oneOf(channels)),
  reporter: MemberRef,
  ownerUnit: UnitRef,
  assignee: nullable(MemberRef),
  leaseUntil: nullable(Type.String()),
  cluster: ClusterSummary,
  /** I reported it, it was answered, and I have not opened it since. */
  unreadAnswer: Type.Boolean(),
  version: Version,
  createdAt: Type.String(),
  updatedAt: Type.String(),
};

export const ClaimSummary = Type.Object(claimCore);
export type ClaimSummary = Static<typeof ClaimSummary>;

export const Claim = Type.Object({
  ...claimCore,
  claimant: Claimant,
  stateReason: nullable(Type.String()),
  media: Type.Array(ClaimMedia),
  appearances: Type.Array(Appearance),
});
export type Claim = Static<typeof Claim>;

export const FoundClaim = Type.Object({
  ...claimCore,
  /** The words it was found by, as they stand in it or in what answers it; none when no words were asked for. */
  matched: Type.Array(Type.String()),
});
export type FoundClaim = Static<typeof FoundClaim>;

export const ClaimPage = page(FoundClaim);
export type ClaimPage = Static<typeof ClaimPage>;

export const ClaimListQuery = Type.Object(
  {
    ...PageQuery.properties,
    state: Type.Optional(oneOf(claimStates)),
    /** Only those I am answering, or I reported, or nobody is answering, or whose answer I have not opened yet. */
    mine: Type.Optional(oneOf(['assigned', 'reported', 'unassigned', 'unread'] as const)),
    /** Words of the claim, or of what answers it, in any script: among the best few hundred, newest first. */
    q: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false },
);
export type ClaimListQuery = Static<typeof ClaimListQuery>;

export const ClaimStateChange = Type.Object(
  { state: oneOf(claimStates), reason: Type.Optional(Type.String({ minLength: 3, maxLength: 2000 })) },
  { additionalProperties: false },
);
export type ClaimStateChange = Static<typeof ClaimStateChange>;

/** Take the claim for some minutes ("who is answering this"), or let it go. */
export const ClaimLease = Type.Object(
  { take: Type.Boolean(), minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 1440, default: 120 })) },
  { additionalProperties: false },
);
export type ClaimLease = Static<typeof ClaimLease>;

export const ClusterTopic = Type.Object({ topic: nullable(TopicCode) }, { additionalProperties: false });
export type ClusterTopic = Static<typeof ClusterTopic>;

/** A cluster as the desk looks into it: its claims, the units they came from, and every act on it, newest first. */
export const ClusterDetail = Type.Object({
  claims: Type.Array(
    Type.Object({
      id: Id,
      text: Type.String(),
      language: oneOf(claimLanguages),
      state: oneOf(claimStates),
      createdAt: Type.String(),
      ownerUnit: UnitRef,
    }),
  ),
  units: Type.Array(Type.Object({ unit: UnitRef, claims: Type.Integer() })),
  acts: Type.Array(
    Type.Object({
      id: Id,
      act: oneOf(clusterActs),
      /** Whether the act brought the claim into this cluster or took it out. */
      came: Type.Boolean(),
      claimId: Id,
      text: Type.String(),
      method: oneOf(clusterMethods),
      score: nullable(Type.Number()),
      member: MemberRef,
      at: Type.String(),
    }),
  ),
});
export type ClusterDetail = Static<typeof ClusterDetail>;

export const MatchQuery = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 20000 }), excludeClaimId: Type.Optional(Id) },
  { additionalProperties: false },
);
export type MatchQuery = Static<typeof MatchQuery>;

/** How often a cluster's claims were met, as far as one may know them; the times are null when that is never. */
export const SeenSummary = Type.Object({
  claims: Type.Integer(),
  units: Type.Integer(),
  firstSeen: nullable(Type.String()),
  lastSeen: nullable(Type.String()),
});
export type SeenSummary = Static<typeof SeenSummary>;

export const ClaimMatch = Type.Object({
  kind: oneOf(['fact', 'claim'] as const),
  objectId: Id,
  clusterId: Id,
  band: oneOf(['same', 'likely', 'related'] as const),
  score: Type.Number(),
  headline: Type.String(),
  /** What the headline is written in. */
  language: oneOf(claimLanguages),
  verdict: nullable(oneOf(verdictCodes)),
  /** Of a claim. */
  state: nullable(oneOf(claimStates)),
  /** A check stands on this claim, so it cannot join another cluster. */
  leadsCheck: Type.Boolean(),
  seen: SeenSummary,
  /** Words that met: as in what was asked about, and as found; scripts and spellings may differ. */
  reasons: Type.Array(Type.Object({ text: Type.String(), document: Type.String() })),
});
export type ClaimMatch = Static<typeof ClaimMatch>;

export const ClaimMatches = Type.Object({
  items: Type.Array(ClaimMatch),
  /** Something about how they were found that the reader should know: the search server is away. */
  notice: Type.Optional(Names),
});
export type ClaimMatches = Static<typeof ClaimMatches>;
