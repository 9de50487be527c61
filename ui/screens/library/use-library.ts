import { keepPreviousData, useInfiniteQuery } from '@tanstack/preact-query';
import type { LibraryFacets, LibraryResult } from '../../../server/contract/library.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useClient } from '../../api/queries.js';
import { type LibrarySearch, queryOf } from './search-state.js';

const pageSize = 20;
/** The server hands out no more: whoever has looked at so many needs other words. */
export const deepest = 200;

export interface Found {
  items: LibraryResult['items'];
  total: number;
  facets: LibraryFacets;
  /** Something about how it was found, in words. */
  notice: LibraryResult['notice'];
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

const noFacets: LibraryFacets = { verdicts: {}, topics: {}, languages: {}, mediaKinds: {}, places: [] };

/** Facts for a question, page by page; a question that is no longer asked is cancelled. */
export function useLibrary(search: LibrarySearch): Found {
  const client = useClient();
  const query = queryOf(search);
  const result = useInfiniteQuery({
    queryKey: ['library.search', query],
    queryFn: ({ pageParam, signal }) =>
      client.call('library.search', { query: { ...query, offset: pageParam, limit: pageSize }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      // What the index has and the database has not is left out of a page: pages count, not items.
      const next = pages.length * pageSize;
      return last.items.length > 0 && next < Math.min(last.total, deepest) ? next : undefined;
    },
    placeholderData: keepPreviousData,
  });
  const first = result.data?.pages[0];
  return {
    items: result.data?.pages.flatMap((page) => page.items) ?? [],
    total: first?.total ?? 0,
    facets: first?.facets ?? noFacets,
    notice: first?.notice,
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
