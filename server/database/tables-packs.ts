import type { ColumnType, Generated } from 'kysely';
import type { CaptionPlatform, Language, PackChangeKind, PackState, ReceiptMark } from '../contract/lists.js';
import type { Selector } from '../contract/release.js';

/** Packs, releases, receipts, audit, the change log. */

export interface PacksTable {
  id: Generated<string>;
  ownerUnitId: string;
  createdBy: string;
  createdAt: Generated<string>;
}

export interface PackVersionsTable {
  id: Generated<string>;
  packId: string;
  number: number;
  basedOn: string | null;
  state: Generated<PackState>;
  changeKind: PackChangeKind | null;
  changeNote: string | null;
  expiresAt: string | null;
  createdBy: string;
  createdAt: Generated<string>;
  submittedBy: string | null;
  submittedAt: string | null;
  approvedBy: string | null;
  approvedAt: string | null;
  approvedHash: string | null;
  returnComment: string | null;
  version: Generated<number>;
  updatedAt: Generated<string>;
}

export interface PackTextsTable {
  packVersionId: string;
  language: Language;
  title: string;
  sourcesSlip: Generated<string>;
}

export interface PackCaptionsTable {
  packVersionId: string;
  language: Language;
  platform: CaptionPlatform;
  text: string;
}

export interface PackTalkingPointsTable {
  packVersionId: string;
  language: Language;
  position: number;
  text: string;
}

export interface PackFactsTable {
  packVersionId: string;
  checkVersionId: string;
}

export interface PackRenditionsTable {
  packVersionId: string;
  renditionId: string;
  position: Generated<number>;
}

export interface PackContributorsTable {
  packVersionId: string;
  memberId: string;
}

export interface ReleasesTable {
  id: Generated<string>;
  packVersionId: string;
  selector: ColumnType<Selector, string, string>;
  releasedBy: string;
  releasedAt: Generated<string>;
}

export interface ReleaseUnitsTable {
  releaseId: string;
  unitId: string;
}

export interface RecallsTable {
  packVersionId: string;
  reason: string;
  noticedAt: string;
  dueAt: string;
  recalledBy: string;
  recalledAt: Generated<string>;
}

export interface ReceiptsTable {
  id: Generated<string>;
  releaseId: string;
  memberId: string;
  deviceId: string;
  unitId: string;
  mark: ReceiptMark;
  at: Generated<string>;
}

export interface ReachReportsTable {
  id: Generated<string>;
  releaseId: string;
  unitId: string;
  memberId: string;
  people: number;
  groups: Generated<number>;
  at: Generated<string>;
}

export interface LivePacksTable {
  packVersionId: string | null;
  packId: string | null;
  releaseId: string | null;
}

export interface AuditTable {
  seq: number;
  at: Generated<string>;
  actorId: string | null;
  role: string;
  act: string;
  objectKind: string;
  objectId: string | null;
  requestId: string | null;
  payloadHash: string;
  previousHash: string;
  hash: string;
}

export interface AuditPayloadsTable {
  seq: number;
  payload: ColumnType<unknown, string, string>;
}

export interface IndexChangesTable {
  seq: Generated<number>;
  kind: 'fact' | 'claim';
  objectId: string;
  at: Generated<string>;
}

export interface IndexFollowersTable {
  name: string;
  floorSeq: number;
  seenAt: Generated<string>;
}

export interface IndexAcksTable {
  follower: string;
  seq: number;
}
