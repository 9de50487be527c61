import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMeilisearchIndex,
  type MeilisearchIndexOptions,
} from '../../search/meilisearch/meilisearch-index.js';
import { MeilisearchTrouble } from '../../search/meilisearch/trouble.js';
import { desk, factDocument, inBatches } from '../contracts/search-documents.js';
import {
  type MeilisearchDouble,
  type Mishap,
  startMeilisearchDouble,
} from '../helpers/meilisearch-double.js';

let server: MeilisearchDouble;
beforeEach(async () => {
  server = await startMeilisearchDouble();
});
afterEach(() => server.kill());

const open = (more: Partial<MeilisearchIndexOptions> = {}) =>
  createMeilisearchIndex({ url: server.url, key: null, prefix: 'a', taskTimeoutMs: 60_000, ...more });
const refs = (uid: string) => [...server.documents(uid).keys()].sort();
const nahar = () => inBatches([factDocument('new', 'नहर')]);

/** What went wrong, which must be told as a trouble. */
async function troubleOf(work: Promise<unknown>): Promise<MeilisearchTrouble> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof MeilisearchTrouble) return error;
  throw new Error(`no trouble came of it, but ${String(error)}`);
}

describe('tasks on Meilisearch', () => {
  it.each([
    ['failed', 'the task failed: no space left on device'],
    ['canceled', 'the task canceled: without a reason'],
  ] as const)(
    'tells of documents whose task %s, with the reason, and the next write goes on',
    async (ending, words) => {
      const index = open();
      server.outcome = (kind) => (kind === 'documentAdditionOrUpdate' ? ending : 'succeeded');
      const trouble = await troubleOf(index.upsert([factDocument('a', 'नहर')]));
      expect(trouble).toMatchObject({ kind: 'task' });
      expect(trouble.message).toContain(words);
      server.outcome = () => 'succeeded';
      await index.upsert([factDocument('b', 'नहर')]);
      expect(refs('a_documents')).toEqual(['fact_3a_b']);
    },
  );

  it('gives up on a task that does not end', async () => {
    const index = open({ taskTimeoutMs: 30 });
    server.outcome = () => 'waiting';
    expect(await troubleOf(index.upsert([factDocument('a', 'नहर')]))).toMatchObject({ kind: 'slow' });
  });

  it('tells of a task that the server does not know any more', async () => {
    const index = open();
    server.outcome = (kind) => (kind === 'documentAdditionOrUpdate' ? 'lost' : 'succeeded');
    const trouble = await troubleOf(index.upsert([factDocument('a', 'नहर')]));
    expect(trouble).toMatchObject({ kind: 'lost', code: 'task_not_found' });
    expect(trouble.message).toContain('no longer knows the task');
  });

  it('puts no document into an index whose settings were refused', async () => {
    const index = open();
    server.outcome = (kind) => (kind === 'settingsUpdate' ? 'failed' : 'succeeded');
    await troubleOf(index.upsert([factDocument('a', 'नहर')]));
    expect(server.requests.filter(({ path }) => path.endsWith('/documents'))).toEqual([]);
  });

  it.each(['indexCreation', 'settingsUpdate', 'documentAdditionOrUpdate', 'indexSwap'])(
    'keeps the old content when a rebuild fails at %s, and leaves nothing behind',
    async (kind) => {
      const index = open({ mark: 'm' });
      await index.rebuild(inBatches([factDocument('old', 'पुल')]));
      server.outcome = (asked) => (asked === kind ? 'failed' : 'succeeded');
      expect(await troubleOf(index.rebuild(nahar()))).toMatchObject({ kind: 'task' });
      server.outcome = () => 'succeeded';
      expect(refs('a_documents')).toEqual(['fact_3a_old']);
      expect(server.indexes()).toEqual(['a_documents', 'a_documents_standing']);
      await index.rebuild(nahar());
      expect(refs('a_documents')).toEqual(['fact_3a_new']);
      expect(await index.health()).toEqual({ ready: true, documents: 1 });
    },
  );

  it('sees by the content that a swap is done, where its key may not look at the task', async () => {
    const index = open();
    server.outcome = (kind) => (kind === 'indexSwap' ? 'lost' : 'succeeded');
    await index.rebuild(nahar());
    expect(refs('a_documents')).toEqual(['fact_3a_new']);
  });

  it('does not take a swap for done that never happens', async () => {
    const index = open({ taskTimeoutMs: 60 });
    await index.upsert([factDocument('old', 'पुल')]);
    server.mishap = ({ path, body }) =>
      path === '/swap-indexes' ? { status: 202, body: { taskUid: 9_999, status: 'enqueued', body } } : null;
    expect(await troubleOf(index.rebuild(nahar()))).toMatchObject({ kind: 'slow' });
    expect(refs('a_documents')).toEqual(['fact_3a_old']);
    expect((await index.health()).ready).toBe(false);
  });

  it('ends a rebuild that is under way when it is told to stop', async () => {
    const closing = new AbortController();
    const index = open({ signal: closing.signal });
    server.outcome = (kind) => (kind === 'documentAdditionOrUpdate' ? 'waiting' : 'succeeded');
    const rebuilt = expect(index.rebuild(nahar())).rejects.toThrow();
    const isWaiting = () => server.requests.filter(({ path }) => path.startsWith('/tasks/')).length > 5;
    while (!isWaiting()) await new Promise((resolve) => setImmediate(resolve));
    closing.abort();
    await rebuilt;
  });

  it('clears away what a rebuild left that died', async () => {
    await open().upsert([factDocument('a', 'नहर')]);
    const dead = open({ prefix: 'a' });
    server.mishap = ({ method, path }) =>
      method === 'DELETE' && path.startsWith('/indexes/') ? 'cut' : null;
    await troubleOf(dead.rebuild(broken()));
    server.mishap = () => null;
    expect(server.indexes().filter((name) => name.startsWith('a_next_'))).toHaveLength(1);
    await open().rebuild(nahar());
    expect(server.indexes()).toEqual(['a_documents', 'a_documents_standing']);
  });
});

async function* broken() {
  yield [factDocument('half', 'नहर')];
  throw new MeilisearchTrouble('away', 'the process died');
}

describe('a Meilisearch that is away or out of order', () => {
  it.each<[string, Mishap, MeilisearchTrouble['kind'], string]>([
    ['cuts the line', 'cut', 'away', 'does not answer'],
    ['answers with a page', 'garbage', 'malformed', 'no JSON'],
    [
      'is hidden behind a proxy that finds it away',
      { status: 503, body: { message: 'away' } },
      'away',
      '503',
    ],
    ['answers with something else', { status: 200, body: { hits: 'none' } }, 'malformed', 'something else'],
    [
      'does not know the key',
      { status: 403, body: { message: 'The provided API key is invalid.', code: 'invalid_api_key' } },
      'refused',
      'key is invalid',
    ],
  ])('is told in words when it %s', async (_, mishap, kind, words) => {
    const index = open();
    await index.rebuild(nahar());
    server.mishap = () => mishap;
    for (const work of [
      () => index.search({ text: 'नहर', audience: desk }),
      () => index.candidates({ text: 'नहर टूटी', audience: desk }),
      () => index.upsert([factDocument('a', 'नहर')]),
      () => index.remove(['fact:a']),
      () => index.rebuild(nahar()),
    ]) {
      const trouble = await troubleOf(work());
      expect(trouble).toMatchObject({ kind });
      expect(trouble.message).toContain(words);
    }
    expect(await index.health()).toMatchObject({ ready: false, reason: expect.stringContaining(words) });
    server.mishap = () => null;
    expect(await index.health()).toEqual({ ready: true, documents: 1 });
    await index.upsert([factDocument('a', 'नहर')]);
  });

  it('is told when nobody listens, and works again once somebody does', async () => {
    const index = open();
    await index.rebuild(nahar());
    await server.kill();
    const trouble = await troubleOf(index.search({ text: 'नहर', audience: desk }));
    expect(trouble.kind).toBe('away');
    expect(trouble.message).toContain('ECONNREFUSED');
    await server.start();
    expect((await index.search({ text: 'नहर', audience: desk })).hits).toHaveLength(1);
  });

  it('keeps nobody waiting who searches: a server that is silent is given up on', async () => {
    const index = open({ readTimeoutMs: 50 });
    await index.rebuild(nahar());
    server.mishap = ({ path }) => (path === '/multi-search' ? 'silence' : null);
    expect(await troubleOf(index.search({ text: 'नहर', audience: desk }))).toMatchObject({ kind: 'away' });
  });

  it('never shows a key in what it tells', async () => {
    server.mishap = () => 'cut';
    const trouble = await troubleOf(open({ key: 'very-secret-master-key' }).upsert([]));
    expect(JSON.stringify([trouble.message, trouble.stack, trouble.cause])).not.toContain('very-secret');
  });
});

describe('what an index on Meilisearch remembers', () => {
  it('is taken up by a new process under the same mark, and not before it was filled', async () => {
    const first = open({ mark: 'm' });
    expect(await first.resume()).toBeNull();
    await first.upsert([factDocument('a', 'नहर')]);
    expect(await first.resume()).toBeNull();
    await first.rebuild(nahar());
    expect(await first.keep('m')).toBe(true);
    expect(await first.keep('another')).toBe(false);
    expect(await open({ mark: 'm' }).resume()).toBe('m');
  });

  it('is built anew when its settings are of another version', async () => {
    await open({ mark: 'm' }).rebuild(nahar());
    const standing = server.documents('a_documents_standing').get('content');
    server.documents('a_documents_standing').set('content', { ...standing, settings: 'of yesterday' });
    const index = open({ mark: 'm' });
    expect(await index.resume()).toBeNull();
    expect(await index.health()).toMatchObject({
      ready: false,
      reason: 'filled by another version of the program',
    });
    await index.rebuild(nahar());
    expect(await index.resume()).toBe('m');
  });
});
