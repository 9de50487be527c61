import type { Generated } from 'kysely';
import type {
  AuthenticityCode,
  Channel,
  CheckState,
  ClaimantKind,
  ClaimKind,
  ClaimLanguage,
  ClaimState,
  ClusterAct,
  Language,
  MediaKind,
  SourceTier,
  Stance,
  VerdictCode,
} from '../contract/lists.js';

/** Claims, checks and facts. */

export interface FilesTable {
  sha256: string;
  size: number;
  mime: string;
  createdAt: Generated<string>;
}

export interface TopicsTable {
  code: string;
  position: number;
}

export interface TopicTextsTable {
  topic: string;
  language: Language;
  name: string;
}

export interface ClustersTable {
  id: Generated<string>;
  topic: string | null;
  createdAt: Generated<string>;
}

export interface ClaimsTable {
  id: Generated<string>;
  clusterId: string;
  kind: ClaimKind;
  text: string;
  language: ClaimLanguage;
  claimantName: string | null;
  claimantKind: Generated<ClaimantKind>;
  claimantUrl: string | null;
  reporterId: string;
  ownerUnitId: string;
  restricted: Generated<boolean>;
  assigneeId: string | null;
  leaseUntil: string | null;
  state: Generated<ClaimState>;
  stateReason: string | null;
  reachEstimate: number | null;
  version: Generated<number>;
  createdAt: Generated<string>;
  updatedAt: Generated<string>;
}

export interface ClaimMediaTable {
  id: Generated<string>;
  claimId: string;
  fileSha256: string;
  kind: MediaKind;
  name: string;
  createdBy: string;
  createdAt: Generated<string>;
}

export interface ClaimAppearancesTable {
  id: Generated<string>;
  claimId: string;
  channel: Channel;
  url: string | null;
  seenAt: string;
  unitId: string | null;
  createdBy: string;
  createdAt: Generated<string>;
}

export interface ClusterActsTable {
  id: Generated<string>;
  claimId: string;
  act: ClusterAct;
  fromClusterId: string | null;
  toClusterId: string;
  method: Generated<'person' | 'match' | 'file'>;
  score: number | null;
  undoes: string | null;
  memberId: string;
  at: Generated<string>;
}

export interface AnswersSeenTable {
  claimId: string;
  checkVersionId: string;
  withFact: boolean;
  at: Generated<string>;
}

export interface ChecksTable {
  id: Generated<string>;
  clusterId: string;
  leadClaimId: string;
  ownerUnitId: string;
  createdBy: string;
  createdAt: Generated<string>;
}

export interface CheckVersionsTable {
  id: Generated<string>;
  checkId: string;
  clusterId: string;
  number: number;
  basedOn: string | null;
  state: Generated<CheckState>;
  verdict: VerdictCode | null;
  authenticity: AuthenticityCode | null;
  asOf: Generated<string>;
  reviewBy: string | null;
  sourceException: string | null;
  exceptionAcceptedBy: string | null;
  createdBy: string;
  createdAt: Generated<string>;
  submittedBy: string | null;
  submittedAt: string | null;
  verifiedBy: string | null;
  verifiedAt: string | null;
  verifiedHash: string | null;
  returnComment: string | null;
  voidReason: string | null;
  voidedBy: string | null;
  version: Generated<number>;
  updatedAt: Generated<string>;
}

export interface CheckTextsTable {
  checkVersionId: string;
  language: Language;
  headline: string;
  summary: string;
  correctionNote: string | null;
}

export interface EvidenceTable {
  id: Generated<string>;
  checkId: string;
  url: string | null;
  publisher: string;
  quote: string | null;
  tier: SourceTier;
  interestNote: string | null;
  fileSha256: string | null;
  capturedAt: Generated<string>;
  createdBy: string;
  createdAt: Generated<string>;
}

export interface CheckEvidenceTable {
  checkVersionId: string;
  evidenceId: string;
  stance: Generated<Stance>;
}

export interface CheckContributorsTable {
  checkVersionId: string;
  memberId: string;
}

export interface LifeCycleMovesTable {
  noun: string;
  fromState: string;
  toState: string;
}

export interface FactsTable {
  id: string | null;
  checkId: string | null;
  clusterId: string | null;
  number: number | null;
  basedOn: string | null;
  state: CheckState | null;
  verdict: VerdictCode | null;
  authenticity: AuthenticityCode | null;
  asOf: string | null;
  reviewBy: string | null;
  sourceException: string | null;
  exceptionAcceptedBy: string | null;
  createdBy: string | null;
  createdAt: string | null;
  submittedBy: string | null;
  submittedAt: string | null;
  verifiedBy: string | null;
  verifiedAt: string | null;
  verifiedHash: string | null;
  returnComment: string | null;
  voidReason: string | null;
  voidedBy: string | null;
  version: number | null;
  updatedAt: string | null;
  leadClaimId: string | null;
  ownerUnitId: string | null;
  restricted: boolean | null;
}
