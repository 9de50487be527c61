import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/preact-query';
import { useEffect } from 'preact/hooks';
import type { Inbox, InboxItem, RecallNotice } from '../../../server/contract/release.js';
import { addressOf } from '../../api/client.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import { useClient } from '../../api/queries.js';
import { savesData } from './line.js';
import { useKept } from './use-worker.js';

/** A recall must be heard even where live events do not come through. */
const againMs = 120_000;
/** So many packs are laid up for a time without a line. */
const laidUp = 5;

export interface InboxState {
  items: readonly InboxItem[];
  recalls: readonly RecallNotice[];
  /** End of the silence, while it lasts. */
  silentUntil: string | null;
  /** When the server said this; undefined while nothing is known. */
  at: string | undefined;
  fetching: boolean;
  problem: ProblemError | null;
  retry: () => void;
  hasMore: boolean;
  loadingMore: boolean;
  more: () => void;
}

function isLater(moment: string | null | undefined): moment is string {
  return typeof moment === 'string' && new Date(moment).getTime() > Date.now();
}

export function useInbox(): InboxState {
  const client = useClient();
  const queries = useQueryClient();
  const kept = useKept<Inbox>(addressOf('inbox.list'));
  const result = useInfiniteQuery({
    queryKey: ['inbox.list'],
    queryFn: ({ pageParam, signal }) =>
      client.call('inbox.list', { ...(pageParam ? { query: { cursor: pageParam } } : {}), signal }),
    initialPageParam: '',
    getNextPageParam: (last: Inbox) => last.nextCursor,
    refetchInterval: againMs,
    placeholderData: keepPreviousData,
  });
  const pages = result.data?.pages ?? (kept ? [kept] : []);
  const first = pages[0];
  const fresh = result.data?.pages[0];
  useEffect(() => {
    if (!fresh || savesData()) return;
    for (const { releaseId } of fresh.items.slice(0, laidUp)) {
      const input = { params: { id: releaseId } };
      void queries.prefetchQuery({
        queryKey: ['inbox.read', input],
        queryFn: ({ signal }) => client.call('inbox.read', { ...input, signal }),
        staleTime: againMs,
        retry: false,
      });
    }
  }, [fresh, queries, client]);
  const silentUntil = isLater(first?.silentUntil) ? first.silentUntil : null;
  return {
    items: silentUntil ? [] : pages.flatMap(({ items }) => items),
    recalls: first?.recalls ?? [],
    silentUntil,
    at: first?.at,
    fetching: result.isFetching,
    problem: result.error ? toProblem(result.error) : null,
    retry: () => void result.refetch(),
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    more: () => void result.fetchNextPage(),
  };
}
