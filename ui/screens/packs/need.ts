import type { Capability } from '../../../server/contract/capabilities.js';
import type { PackSummary } from '../../../server/contract/pack.js';

export type Need = 'needFinish' | 'needApprove' | 'needRelease' | 'needAmber';

export interface Reader {
  id: string;
  can: (...anyOf: readonly Capability[]) => boolean;
}

/** What this person should do about a pack now; null when it is in other hands. */
export function needOf(pack: PackSummary, { id, can }: Reader): Need | null {
  const mine = pack.createdBy.id === id;
  if (pack.state === 'released' && pack.amber && can('packs.compose', 'packs.recall')) return 'needAmber';
  if (pack.state === 'approved' && can('packs.release')) return 'needRelease';
  if (pack.state === 'in_review' && can('packs.approve') && !mine) return 'needApprove';
  if (pack.state === 'draft' && mine) return 'needFinish';
  return null;
}
