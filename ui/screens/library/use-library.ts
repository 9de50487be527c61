import { keepPreviousData, useInfiniteQuery } from '@tanstack/preact-query';
import type { LibraryResult } from '../../../server/contract/library.js';
import type { VerdictCode } from '../../../server/contract/lists.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useClient } from '../../api/queries.js';

const pageSize = 20;

export interface LibrarySearch {
  q: string;
  verdict: VerdictCode | undefined;
}

export interface Found {
  items: LibraryResult['items'];
  total: number;
  verdictCounts: Readonly<Record<string, number>>;
  loading: boolean;
  fetching: boolean;
  /** What is shown still answers the question before. */
  old: boolean;
  problem: ProblemError | null;
  retry: () => void;
  hasMore: boolean;
  loadingMore: boolean;
  more: () => void;
}

/** Facts for a question, page by page; a question that is no longer asked is cancelled. */
export function useLibrary({ q, verdict }: LibrarySearch): Found {
  const client = useClient();
  const result = useInfiniteQuery({
    queryKey: ['library.search', { q, verdict }],
    queryFn: ({ pageParam, signal }) =>
      client.call('library.search', {
        query: { q: q || undefined, verdict: verdict && [verdict], offset: pageParam, limit: pageSize },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.items.length, 0);
      return last.items.length > 0 && shown < last.total ? shown : undefined;
    },
    placeholderData: keepPreviousData,
  });
  const first = result.data?.pages[0];
  return {
    items: result.data?.pages.flatMap((page) => page.items) ?? [],
    total: first?.total ?? 0,
    verdictCounts: first?.facets.verdicts ?? {},
    loading: result.isPending && result.isFetching,
    fetching: result.isFetching,
    old: result.isPlaceholderData,
    problem: result.error ? toProblem(result.error) : null,
    retry: () => void result.refetch(),
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    more: () => void result.fetchNextPage(),
  };
}
