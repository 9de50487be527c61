import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import type { ClaimMatch } from '../../../server/contract/claim.js';
import type { Names } from '../../../server/contract/common.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useClient } from '../../api/queries.js';
import { useSettled } from '../../parts/use-settled.js';

const pauseMs = 300;
/** Fewer letters match everything. */
const fewest = 8;

export interface Matches {
  items: readonly ClaimMatch[];
  /** Something about how they were found that the reader should know. */
  notice: Names | undefined;
  /** Too little was written to ask. */
  idle: boolean;
  fetching: boolean;
  /** What is there answers a text that has changed since: to be looked at, not acted on. */
  old: boolean;
  problem: ProblemError | null;
  retry: () => void;
}

/**
 * Facts and claims that say what the text says. Asks when the text has stood still for a moment; a question that is no
 * longer wanted is cancelled, and its answer never shown in place of a newer one's.
 */
export function useMatches(text: string, excludeClaimId?: string): Matches {
  const client = useClient();
  const now = text.trim();
  const asked = useSettled(now, pauseMs);
  const enabled = asked.length >= fewest && now.length >= fewest;
  const result = useQuery({
    queryKey: ['claims.matches', { text: asked, excludeClaimId }],
    queryFn: async ({ signal }) => {
      const body = { text: asked, ...(excludeClaimId ? { excludeClaimId } : {}) };
      return client.call('claims.matches', { body, signal });
    },
    enabled,
    placeholderData: keepPreviousData,
  });
  return {
    items: enabled ? (result.data?.items ?? []) : [],
    notice: enabled ? result.data?.notice : undefined,
    idle: !enabled,
    fetching: result.isFetching,
    old: result.isPlaceholderData || asked !== now,
    problem: result.error ? toProblem(result.error) : null,
    retry: () => void result.refetch(),
  };
}
