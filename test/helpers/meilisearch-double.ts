import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

export interface SentRequest {
  method: string;
  path: string;
  body: unknown;
}

/** How a request is dealt with instead of being answered. */
export type Mishap = { status: number; body: unknown } | 'cut' | 'silence' | 'garbage';

export interface MeilisearchDouble {
  url: string;
  requests: SentRequest[];
  /** Documents of an index, by their id there. */
  documents(uid: string): Map<string, Json>;
  indexes(): string[];
  /** Loses everything, as a server does whose disk was replaced. */
  wipe(): void;
  /** Asked before each answer; null leaves the request alone. */
  mishap: (request: SentRequest) => Mishap | null;
  /** How a task ends: `lost` is one the server does not know any more, `waiting` one that never ends. */
  outcome: (kind: string) => 'succeeded' | 'failed' | 'canceled' | 'waiting' | 'lost';
  /** Ends the server and every connection to it, at once. What it holds stays. */
  kill(): Promise<void>;
  /** Listens again, on the same port. */
  start(): Promise<void>;
}

interface Index {
  createdAt: string;
  documents: Map<string, Json>;
}

/**
 * Speaks Meilisearch's protocol over a real socket and keeps what it is given. It is no search engine: whatever is
 * asked for, it answers with all documents of the index.
 */
export async function startMeilisearchDouble(): Promise<MeilisearchDouble> {
  const indexes = new Map<string, Index>();
  const keys = new Map<string, Json>();
  const tasks: { kind: string; ending: ReturnType<MeilisearchDouble['outcome']> }[] = [];
  const requests: SentRequest[] = [];
  let born = 0;
  let port = 0;
  let server: http.Server | null = null;

  function task(kind: string, work: () => void): Json {
    const ending = double.outcome(kind);
    if (ending === 'succeeded' || ending === 'lost') work();
    const taskUid = tasks.push({ kind, ending }) - 1;
    return { taskUid, indexUid: null, status: 'enqueued', type: kind, enqueuedAt: '2026-01-01T00:00:00Z' };
  }

  function index(uid: string): Index {
    const known = indexes.get(uid);
    if (known) return known;
    born += 1;
    const fresh = { createdAt: `2026-01-01T00:00:00.${born}Z`, documents: new Map<string, Json>() };
    indexes.set(uid, fresh);
    return fresh;
  }

  function refused(status: number, code: string): Mishap {
    return { status, body: { message: `${code} it is`, code, type: 'invalid_request', link: '' } };
  }

  function found(queries: Json[]) {
    return queries.map(({ indexUid }) => {
      const all = [...(indexes.get(String(indexUid))?.documents.values() ?? [])];
      return { indexUid, hits: all, estimatedTotalHits: all.length, processingTimeMs: 0, query: '' };
    });
  }

  function answer({ method, path, body }: SentRequest): Json | Mishap {
    const [top = '', uid = '', what = '', one = ''] = path.split('/').slice(1);
    const given = body as Json;
    if (top === 'keys' && method === 'GET') return keys.get(uid) ?? refused(404, 'api_key_not_found');
    if (top === 'keys') {
      const made = { ...given, key: `narrow-${String(given.uid)}` };
      keys.set(String(given.uid), made);
      return made;
    }
    if (top === 'tasks') {
      const known = tasks[Number(uid)];
      if (known === undefined || known.ending === 'lost') return refused(404, 'task_not_found');
      const error =
        known.ending === 'failed' ? { message: 'no space left on device', code: 'internal' } : null;
      return { uid: Number(uid), status: known.ending === 'waiting' ? 'enqueued' : known.ending, error };
    }
    if (top === 'swap-indexes') {
      return task('indexSwap', () => {
        for (const { indexes: pair } of body as { indexes: [string, string] }[]) {
          const [first, second] = pair.map(index);
          if (!first || !second) continue;
          indexes.set(pair[0], second);
          indexes.set(pair[1], first);
        }
      });
    }
    if (top === 'multi-search') {
      const queries = given.queries as Json[];
      const results = found(queries);
      if (given.federation === undefined) return { results };
      const hits = (results[0]?.hits ?? []).map((hit) => ({
        ...hit,
        _federation: { indexUid: '', queriesPosition: 0, weightedRankingScore: 1 },
      }));
      return { hits, estimatedTotalHits: hits.length, offset: 0, limit: 20, facetsByIndex: {} };
    }
    if (top !== 'indexes') return refused(404, 'not_found');
    if (uid === '' && method === 'GET') {
      return { results: [...indexes].map(([name]) => ({ uid: name })), offset: 0, limit: 1000, total: 0 };
    }
    if (uid === '') return task('indexCreation', () => void index(String(given.uid)));
    if (what === '' && method === 'DELETE') return task('indexDeletion', () => void indexes.delete(uid));
    if (what === 'documents' && method === 'POST' && one === '') {
      return task('documentAdditionOrUpdate', () => {
        for (const document of body as Json[]) index(uid).documents.set(String(document.id), document);
      });
    }
    const known = indexes.get(uid);
    if (what === 'settings') return task('settingsUpdate', () => void index(uid));
    if (known === undefined) return refused(404, 'index_not_found');
    if (what === '') return { uid, createdAt: known.createdAt, updatedAt: known.createdAt, primaryKey: 'id' };
    if (what === 'stats') return { numberOfDocuments: known.documents.size, isIndexing: false };
    if (what === 'search') return found([{ indexUid: uid }])[0] ?? {};
    if (what === 'documents' && method === 'GET')
      return known.documents.get(one) ?? refused(404, 'document_not_found');
    return task('documentDeletion', () => {
      for (const id of one === 'delete-batch' ? (body as string[]) : [one]) known.documents.delete(id);
    });
  }

  async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { pathname: path } = new URL(request.url ?? '/', 'http://double');
    const sent = {
      method: request.method ?? '',
      path,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
    requests.push(sent);
    const result = double.mishap(sent) ?? answer(sent);
    if (result === 'silence') return;
    if (result === 'cut') {
      request.socket.destroy();
      return;
    }
    if (result === 'garbage') {
      response.writeHead(200).end('<html>not a search server</html>');
      return;
    }
    const isMishap = 'status' in result && typeof result.status === 'number';
    const status = isMishap ? Number(result.status) : 200;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isMishap ? result.body : result));
  }

  const double: MeilisearchDouble = {
    url: '',
    requests,
    documents: (uid) => indexes.get(uid)?.documents ?? new Map(),
    indexes: () => [...indexes.keys()].sort(),
    wipe: () => indexes.clear(),
    mishap: () => null,
    outcome: () => 'succeeded',
    async kill() {
      if (server === null) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      server = null;
      await closed;
    },
    async start() {
      const next = http.createServer((request, response) => void serve(request, response));
      next.listen(port, '127.0.0.1');
      await once(next, 'listening');
      ({ port } = next.address() as AddressInfo);
      server = next;
    },
  };
  await double.start();
  double.url = `http://127.0.0.1:${port}`;
  return double;
}
