import type { ClaimState } from '../contract/lists.js';

const unanswered: readonly ClaimState[] = ['new', 'triaged', 'checking'];
const untouched: readonly ClaimState[] = ['new', 'triaged'];

/**
 * The state of a claim once it is in a cluster with this work: a live fact answers it, an open check takes it
 * along, and an answer stays behind with the cluster that had it.
 */
export function stateAfterMove(
  state: ClaimState,
  { fact, open }: { fact: boolean; open: boolean },
): ClaimState {
  if (fact) return unanswered.includes(state) ? 'answered' : state;
  if (state === 'answered') return 'checking';
  return open && untouched.includes(state) ? 'checking' : state;
}
