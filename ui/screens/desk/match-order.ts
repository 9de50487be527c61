import type { ClaimMatch } from '../../../server/contract/claim.js';

export const matchBands = ['same', 'likely', 'related'] as const;

export interface MatchGroup {
  /** `answer`: facts that say the same, for whoever only wants to know; else a band. */
  name: 'answer' | ClaimMatch['band'];
  items: ClaimMatch[];
}

/**
 * Matches in groups from the surest down, what is answered first in each. With `answersFirst`, facts that are at least
 * likely the same come before everything else.
 */
export function groupMatches(
  matches: readonly ClaimMatch[],
  { answersFirst }: { answersFirst: boolean },
): MatchGroup[] {
  const isAnswer = ({ kind, band }: ClaimMatch) => answersFirst && kind === 'fact' && band !== 'related';
  const inBand = (band: ClaimMatch['band']) =>
    matches
      .filter((match) => match.band === band && !isAnswer(match))
      .sort((one, other) => Number(other.kind === 'fact') - Number(one.kind === 'fact'));
  const groups: MatchGroup[] = [
    { name: 'answer', items: matches.filter(isAnswer) },
    ...matchBands.map((band) => ({ name: band, items: inBand(band) })),
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** Words that met, each as asked and as found; a word that reads the same on both sides stands once. */
export function wordPairs(
  reasons: ClaimMatch['reasons'],
  most = 8,
): { text: string; found: string | null }[] {
  const pairs = new Map<string, { text: string; found: string | null }>();
  for (const { text, document } of reasons) {
    const same = text.normalize('NFC').toLowerCase() === document.normalize('NFC').toLowerCase();
    pairs.set(`${text} ${document}`, { text, found: same ? null : document });
  }
  return [...pairs.values()].slice(0, most);
}
