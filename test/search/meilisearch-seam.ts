import type { Config } from 'meilisearch';
import { MeilisearchApiError } from 'meilisearch';
import {
  createMeilisearchIndex,
  type MeilisearchIndexOptions,
} from '../../search/meilisearch/meilisearch-index.js';
import type { SearchIndex } from '../../search/search-index.js';

export interface Sent {
  method: string;
  path: string;
  body?: unknown;
}

/** The client's own seam: every request is noted and answered as by a server without any index. */
export interface Seam {
  sent: Sent[];
  /** Answers that differ from the usual ones, by method and path. */
  answers: Record<string, (body: never) => unknown>;
  authorizations: Set<string | null>;
  httpClient: NonNullable<Config['httpClient']>;
  open(more?: Partial<MeilisearchIndexOptions>): SearchIndex;
  /** Requests but for those that look after tasks, or whether something is there. */
  acts(): Sent[];
  multiSearches(): unknown[];
}

export const noHits = { hits: [], estimatedTotalHits: 0, facetsByIndex: {} };

export function refusal(status: number, code: string): never {
  throw new MeilisearchApiError(new Response(null, { status }), { message: code, code, type: '', link: '' });
}

export function createSeam(): Seam {
  const sent: Sent[] = [];
  const answers: Seam['answers'] = {};
  const authorizations = new Set<string | null>();

  function usual(method: string, path: string, body: unknown): unknown {
    if (path.startsWith('/tasks/')) return { status: 'succeeded', error: null };
    if (path === '/multi-search') {
      const { federation, queries } = body as { federation?: unknown; queries: unknown[] };
      return federation === undefined ? { results: queries.map(() => noHits) } : noHits;
    }
    if (path.endsWith('/stats')) return { numberOfDocuments: 0 };
    if (method !== 'GET') return { taskUid: sent.length };
    if (path === '/indexes') return { results: [] };
    return refusal(404, path.startsWith('/keys/') ? 'api_key_not_found' : 'index_not_found');
  }

  const httpClient: Seam['httpClient'] = async (input, init) => {
    const { pathname, search } = new URL(String(input));
    const [method, path] = [init?.method ?? 'GET', pathname + search];
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    authorizations.add(new Headers(init?.headers).get('authorization'));
    sent.push({ method, path, ...(body !== undefined && { body }) });
    const answer = answers[`${method} ${path}`];
    return answer ? answer(body as never) : usual(method, path, body);
  };

  return {
    sent,
    answers,
    authorizations,
    httpClient,
    open: (more) =>
      createMeilisearchIndex({ url: 'http://meili:7700', key: null, prefix: 'p', httpClient, ...more }),
    acts: () => sent.filter(({ method }) => method !== 'GET'),
    multiSearches: () => sent.flatMap(({ path, body }) => (path === '/multi-search' ? [body] : [])),
  };
}
