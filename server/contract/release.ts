import { type Static, Type } from 'typebox';
import { Id, MemberRef, Moment, Names, nullable, oneOf, page, UnitRef } from './common.js';
import { packChangeKinds, packStates, platforms, receiptMarks } from './lists.js';
import { Caption, PackFact, PackTexts, Recall, TalkingPoints } from './pack.js';

/**
 * Which units a pack goes to: named units; every unit of a type at or below one; or every unit linked to one
 * ("all seats of this Lok Sabha constituency").
 */
export const Selector = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('units'),
      unitIds: Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('below'), unitId: Id, type: Type.String({ maxLength: 60 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { kind: Type.Literal('linked'), unitId: Id, relation: Type.String({ maxLength: 60 }) },
    { additionalProperties: false },
  ),
]);
export type Selector = Static<typeof Selector>;

export const ReleaseRequest = Type.Object(
  {
    selector: Selector,
    hash: Type.String({ minLength: 64, maxLength: 64 }),
    /** Leave out units under a silence window instead of refusing the whole release. */
    skipSilent: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type ReleaseRequest = Static<typeof ReleaseRequest>;

export const RoutePreviewRequest = Type.Object({ selector: Selector }, { additionalProperties: false });
export type RoutePreviewRequest = Static<typeof RoutePreviewRequest>;

/** The dry run: where it would go, where silence forbids it, where nobody would read it. */
export const RoutePreview = Type.Object({
  total: Type.Integer(),
  silent: Type.Integer(),
  vacant: Type.Integer(),
  members: Type.Integer(),
  /** At most 200 of them. */
  units: Type.Array(
    Type.Object({ unit: UnitRef, silentUntil: nullable(Type.String()), members: Type.Integer() }),
  ),
});
export type RoutePreview = Static<typeof RoutePreview>;

export const Release = Type.Object({
  id: Id,
  packVersionId: Id,
  selector: Selector,
  units: Type.Array(UnitRef),
  releasedBy: MemberRef,
  releasedAt: Type.String(),
});
export type Release = Static<typeof Release>;

export const RecallRequest = Type.Object(
  {
    reason: Type.String({ minLength: 3, maxLength: 2000, pattern: '\\S' }),
    noticedAt: Type.Optional(Moment),
  },
  { additionalProperties: false },
);
export type RecallRequest = Static<typeof RecallRequest>;

/** One member's one device on one release. */
export const BoardRow = Type.Object({
  releaseId: Id,
  member: MemberRef,
  device: Type.Object({ id: Id, label: Type.String() }),
  unit: UnitRef,
  seenAt: nullable(Type.String()),
  downloadedAt: nullable(Type.String()),
  handedOverAt: nullable(Type.String()),
  recallAcknowledgedAt: nullable(Type.String()),
});
export type BoardRow = Static<typeof BoardRow>;

export const Board = Type.Object({
  packVersionId: Id,
  title: Names,
  state: oneOf(packStates),
  recall: nullable(Recall),
  counts: Type.Object({
    units: Type.Integer(),
    vacantUnits: Type.Integer(),
    devicesSeen: Type.Integer(),
    devicesDownloaded: Type.Integer(),
    devicesOwing: Type.Integer({ description: 'Downloaded and not yet acknowledged the recall' }),
    peopleReached: Type.Integer(),
  }),
  /** Those who owe an acknowledgement first. */
  rows: Type.Array(BoardRow),
  /** Units nobody has opened it in. */
  silentUnits: Type.Array(UnitRef),
});
export type Board = Static<typeof Board>;

export const InboxFile = Type.Object({
  id: Id,
  format: Type.Object({ code: Type.String(), platform: oneOf(platforms), name: Names }),
  /** A name fit for a phone's share sheet. */
  name: Type.String(),
  mime: Type.String(),
  size: Type.Integer(),
  sha256: Type.String(),
  width: nullable(Type.Integer()),
  height: nullable(Type.Integer()),
  durationMs: nullable(Type.Integer()),
  altText: Names,
  url: Type.String(),
  previewUrl: nullable(Type.String()),
});
export type InboxFile = Static<typeof InboxFile>;

/** A pack as a district team holds it. */
export const InboxPack = Type.Object({
  releaseId: Id,
  packVersionId: Id,
  number: Type.Integer(),
  releasedAt: Type.String(),
  expiresAt: nullable(Type.String()),
  amber: Type.Boolean(),
  changeKind: nullable(oneOf(packChangeKinds)),
  changeNote: nullable(Type.String()),
  issuedBy: Names,
  texts: PackTexts,
  captions: Type.Array(Caption),
  talkingPoints: TalkingPoints,
  facts: Type.Array(PackFact),
  files: Type.Array(InboxFile),
  /** What this device has already said of it. */
  marks: Type.Array(oneOf(receiptMarks)),
});
export type InboxPack = Static<typeof InboxPack>;

export const InboxItem = Type.Object({
  releaseId: Id,
  number: Type.Integer(),
  title: Names,
  releasedAt: Type.String(),
  amber: Type.Boolean(),
  changeKind: nullable(oneOf(packChangeKinds)),
  files: Type.Integer(),
  bytes: Type.Integer(),
  previewUrl: nullable(Type.String()),
  marks: Type.Array(oneOf(receiptMarks)),
});
export type InboxItem = Static<typeof InboxItem>;

/** Takes the place of a pack that was taken back. */
export const RecallNotice = Type.Object({
  releaseId: Id,
  title: Names,
  reason: Type.String(),
  recalledAt: Type.String(),
  dueAt: Type.String(),
  /** This device downloaded it and has not acknowledged yet. */
  owing: Type.Boolean(),
  acknowledged: Type.Boolean(),
});
export type RecallNotice = Static<typeof RecallNotice>;

export const Inbox = Type.Object({
  ...page(InboxItem).properties,
  /** Always all of them, before anything else. */
  recalls: Type.Array(RecallNotice),
  /** End of the silence window over this member, when one is open: nothing is shown until then. */
  silentUntil: nullable(Type.String()),
  at: Type.String(),
});
export type Inbox = Static<typeof Inbox>;

export const ReceiptDraft = Type.Object({ mark: oneOf(receiptMarks) }, { additionalProperties: false });
export type ReceiptDraft = Static<typeof ReceiptDraft>;

export const ReachDraft = Type.Object(
  {
    people: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
    groups: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  },
  { additionalProperties: false },
);
export type ReachDraft = Static<typeof ReachDraft>;
