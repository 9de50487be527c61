import { type ClaimState, claimStates } from '../../../server/contract/lists.js';

export const owners = ['assigned', 'unassigned', 'reported', 'unread'] as const;
export type Owner = (typeof owners)[number];

/** What the list is narrowed to; it stands in the address, so that it can be sent to someone. */
export interface DeskFilter {
  state: ClaimState | undefined;
  mine: Owner | undefined;
  /** Words to find; empty for all. */
  q: string;
}

export const noFilter: DeskFilter = { state: undefined, mine: undefined, q: '' };

export function readFilter(query: Readonly<Record<string, string>>): DeskFilter {
  return {
    state: claimStates.find((state) => state === query.state),
    mine: owners.find((owner) => owner === query.mine),
    q: query.q ?? '',
  };
}

export function deskAddress(filter: DeskFilter, claimId?: string): string {
  const query = new URLSearchParams();
  if (filter.state) query.set('state', filter.state);
  if (filter.mine) query.set('mine', filter.mine);
  if (filter.q) query.set('q', filter.q);
  const path = claimId ? `/desk/${claimId}` : '/desk';
  return query.size > 0 ? `${path}?${query}` : path;
}
