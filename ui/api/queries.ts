import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/preact-query';
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { type Client, newKey } from './client.js';
import { takesKey } from './idempotent.js';
import { ProblemError, toProblem } from './problem.js';
import type { Answer, CallInput, CallName, ItemOf, PageName, ReadInput, Rest } from './types.js';

export const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('ClientContext is missing');
  return client;
}

/** After this a read that the server could not answer is asked again by itself, while the page is looked at. */
const againMs = 8000;

/**
 * Reads are tried three times when the network or the server failed, and what the server failed at again after a
 * while; refusals are final. When the network comes back, the live connection asks for everything anew.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (tries, error) => tries < 2 && error instanceof ProblemError && error.mayPass,
        retryDelay: (tries) => 400 * 2 ** tries,
        refetchInterval: ({ state: { error } }) =>
          error instanceof ProblemError && error.status >= 500 ? againMs : false,
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        // Asking while offline gives our own words at once instead of waiting without a word.
        networkMode: 'always',
      },
    },
  });
}

/** Key of one read in the cache; its first part is the endpoint's name. */
export function keyOf<N extends CallName>(name: N, ...rest: Rest<ReadInput<N>>): readonly unknown[] {
  return rest[0] === undefined ? [name] : [name, rest[0]];
}

export interface ReadOptions {
  enabled?: boolean;
  /** Keep showing the last answer while a new question is under way (search as you type). */
  keepPrevious?: boolean;
  staleTime?: number;
}

export interface Reading<T> {
  data: T | undefined;
  /** Nothing to show yet. */
  loading: boolean;
  /** Something is on its way, perhaps behind what is shown. */
  fetching: boolean;
  problem: ProblemError | null;
  retry: () => void;
}

/** One read: `useRead('claims.read', { params: { id } })`. It is cancelled when no longer wanted. */
export function useRead<N extends CallName>(
  name: N,
  input: ReadInput<N>,
  options: ReadOptions = {},
): Reading<Answer<N>> {
  const client = useClient();
  const result = useQuery({
    queryKey: [name, input],
    queryFn: async ({ signal }) => {
      // A read takes only parameters and query: the rest of a call's input is optional for it.
      const rest = [{ ...input, signal }] as unknown as Rest<CallInput<N>>;
      return (await client.call(name, ...rest)) ?? null;
    },
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
  });
  return {
    data: (result.data ?? undefined) as Answer<N> | undefined,
    loading: result.isPending && result.isFetching,
    fetching: result.isFetching,
    problem: result.error ? toProblem(result.error) : null,
    retry: () => void result.refetch(),
  };
}

export interface Pages<T> {
  items: readonly T[];
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

/** A list with a cursor, page after page: `usePages('claims.list', { query: { state: 'new' } })`. */
export function usePages<N extends PageName>(
  name: N,
  input: ReadInput<N>,
  options: Pick<ReadOptions, 'enabled' | 'keepPrevious'> = {},
): Pages<ItemOf<N>> {
  const client = useClient();
  const result = useInfiniteQuery({
    queryKey: [name, input],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...('query' in input && typeof input.query === 'object' ? input.query : {}) };
      const asked = { ...input, query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) }, signal };
      const rest = [asked] as unknown as Rest<CallInput<N>>;
      // Every `PageName` answers with items and a cursor.
      return (await client.call(name, ...rest)) as { items: ItemOf<N>[]; nextCursor: string | null };
    },
    initialPageParam: '',
    getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor,
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
  return {
    items: result.data?.pages.flatMap((page) => page.items) ?? [],
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

export interface Action<N extends CallName> {
  /** Never throws: what went wrong is in `problem`. */
  run(input: CallInput<N>, onDone?: (answer: Answer<N>) => void): void;
  /** For a chain of steps: throws a `ProblemError`. */
  ask(input: CallInput<N>): Promise<Answer<N>>;
  pending: boolean;
  /** Why the last try was refused. */
  problem: ProblemError | null;
  reset(): void;
}

const tries = 3;
const firstWaitMs = 600;

const rested = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One write: `const join = useAction('claims.join', ['checks.'])`. Where the server takes an idempotency key, one
 * intention has one key and is tried again when the line broke; afterwards reads of the same noun and of the named
 * prefixes are asked anew.
 */
export function useAction<N extends CallName>(name: N, refresh: readonly string[] = []): Action<N> {
  const client = useClient();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [running, setRunning] = useState(0);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  async function attempt(input: CallInput<N>): Promise<Answer<N>> {
    const keyed = takesKey(name);
    // The key is the only part added; the rest is what the caller's types demanded.
    const rest = [keyed ? { idempotencyKey: newKey(), ...input } : input] as unknown as Rest<CallInput<N>>;
    for (let turn = 1; ; turn += 1) {
      try {
        return await client.call(name, ...rest);
      } catch (error) {
        if (!keyed || turn === tries || toProblem(error).status !== 0) throw error;
        await rested(firstWaitMs * turn);
      }
    }
  }

  async function ask(input: CallInput<N>): Promise<Answer<N>> {
    setProblem(null);
    setRunning((count) => count + 1);
    try {
      return await attempt(input);
    } catch (error) {
      const refused = toProblem(error);
      if (shown.current) setProblem(refused);
      throw refused;
    } finally {
      if (shown.current) setRunning((count) => count - 1);
      const noun = `${name.split('.')[0]}.`;
      // Whoever signs in or out sets the session from the answer.
      void refreshReads(queries, noun === 'session.' ? refresh : [noun, ...refresh]);
    }
  }

  return {
    ask,
    run: (input, onDone) => {
      // A refusal is shown by whoever reads `problem`.
      ask(input).then(onDone, () => undefined);
    },
    pending: running > 0,
    problem,
    reset: () => setProblem(null),
  };
}

/** Asks anew what is on screen and marks the rest as old; prefixes are of endpoint names. */
export function refreshReads(queries: QueryClient, prefixes: readonly string[]): Promise<void> {
  return queries.invalidateQueries({
    predicate: ({ queryKey: [name] }) =>
      typeof name === 'string' && prefixes.some((prefix) => name.startsWith(prefix)),
  });
}
