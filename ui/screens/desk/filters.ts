import { type ClaimState, claimStates } from '../../../server/contract/lists.js';

export const owners = ['assigned', 'unassigned', 'reported'] as const;
export type Owner = (typeof owners)[number];

/** What the list is narrowed to; it stands in the address, so that it can be sent to someone. */
export interface DeskFilter {
  state: ClaimState | undefined;
  mine: Owner | undefined;
}

export function readFilter(query: Readonly<Record<string, string>>): DeskFilter {
  return {
    state: claimStates.find((state) => state === query.state),
    mine: owners.find((owner) => owner === query.mine),
  };
}

export function deskAddress(filter: DeskFilter, claimId?: string): string {
  const query = new URLSearchParams();
  if (filter.state) query.set('state', filter.state);
  if (filter.mine) query.set('mine', filter.mine);
  const path = claimId ? `/desk/${claimId}` : '/desk';
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Whether every word typed is in the text, however its letters are composed. */
export function hasWords(text: string, typed: string): boolean {
  const plain = (value: string) =>
    value
      .normalize('NFD')
      .toLowerCase()
      .replace(/\u093c/g, '');
  const within = plain(text);
  return plain(typed)
    .split(/\s+/)
    .every((word) => within.includes(word));
}
