import type { CheckState, ClaimState, PackState, RenditionState } from './lists.js';

/** Allowed moves: from each state, the states it may go to. The database holds the same table; a test compares them. */
type Moves<S extends string> = Readonly<Record<S, readonly S[]>>;

export const claimMoves: Moves<ClaimState> = {
  new: ['triaged', 'checking', 'answered', 'not_checkable', 'no_answer_needed'],
  triaged: ['checking', 'answered', 'not_checkable', 'no_answer_needed'],
  checking: ['triaged', 'answered', 'not_checkable', 'no_answer_needed'],
  answered: ['checking'],
  not_checkable: ['triaged'],
  no_answer_needed: ['triaged'],
};

export const checkMoves: Moves<CheckState> = {
  draft: ['in_review'],
  in_review: ['draft', 'verified'],
  verified: ['corrected', 'void'],
  corrected: [],
  void: [],
};

export const packMoves: Moves<PackState> = {
  draft: ['in_review'],
  in_review: ['draft', 'approved'],
  approved: ['draft', 'released'],
  released: ['superseded', 'recalled', 'expired'],
  superseded: ['recalled'],
  recalled: [],
  // Phones may still hold what has ended.
  expired: ['recalled'],
};

export const renditionMoves: Moves<RenditionState> = {
  queued: ['processing', 'failed'],
  processing: ['queued', 'ready', 'failed'],
  ready: [],
  failed: ['queued'],
};

export const lifeCycles = {
  claim: claimMoves,
  check: checkMoves,
  pack: packMoves,
  rendition: renditionMoves,
} as const;

export function mayMove<S extends string>(moves: Moves<S>, from: S, to: S): boolean {
  return moves[from].includes(to);
}
