import type * as lists from '../../server/contract/lists.js';

/** A label for every code of every closed list that people see. */
export interface Codes {
  verdict: Readonly<Record<lists.VerdictCode, string>>;
  /** When to choose it, in one line. */
  verdictHint: Readonly<Record<lists.VerdictCode, string>>;
  authenticity: Readonly<Record<lists.AuthenticityCode, string>>;
  claimState: Readonly<Record<lists.ClaimState, string>>;
  checkState: Readonly<Record<lists.CheckState, string>>;
  packState: Readonly<Record<lists.PackState, string>>;
  renditionState: Readonly<Record<lists.RenditionState, string>>;
  inspectionState: Readonly<Record<lists.InspectionState, string>>;
  jobState: Readonly<Record<lists.JobState, string>>;
  role: Readonly<Record<lists.Role, string>>;
  profile: Readonly<Record<lists.OrganisationProfile, string>>;
  claimKind: Readonly<Record<lists.ClaimKind, string>>;
  claimantKind: Readonly<Record<lists.ClaimantKind, string>>;
  channel: Readonly<Record<lists.Channel, string>>;
  claimLanguage: Readonly<Record<lists.ClaimLanguage, string>>;
  tier: Readonly<Record<lists.SourceTier, string>>;
  tierHint: Readonly<Record<lists.SourceTier, string>>;
  stance: Readonly<Record<lists.Stance, string>>;
  mediaKind: Readonly<Record<lists.MediaKind, string>>;
  origin: Readonly<Record<lists.CreativeOrigin, string>>;
  aiDeclaration: Readonly<Record<lists.AiDeclaration, string>>;
  framing: Readonly<Record<lists.Framing, string>>;
  platform: Readonly<Record<lists.Platform, string>>;
  packChangeKind: Readonly<Record<lists.PackChangeKind, string>>;
  receiptMark: Readonly<Record<lists.ReceiptMark, string>>;
  eventKind: Readonly<Record<lists.EventKind, string>>;
  clusterAct: Readonly<Record<lists.ClusterAct, string>>;
  lane: Readonly<Record<lists.Lane, string>>;
  /** How alike two claims are. */
  matchBand: Readonly<Record<'same' | 'likely' | 'related', string>>;
}
