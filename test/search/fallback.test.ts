import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedIndex } from '../../search/embedded/embedded-index.js';
import { createFallbackIndex, type FallbackIndex } from '../../search/fallback/fallback-index.js';
import { createFollower, type DocumentRef, type Follower } from '../../search/follow.js';
import { createMatcher } from '../../search/match.js';
import { createMeilisearchIndex } from '../../search/meilisearch/meilisearch-index.js';
import { desk, factDocument } from '../contracts/search-documents.js';
import { eventually } from '../helpers/eventually.js';
import { type MeilisearchDouble, startMeilisearchDouble } from '../helpers/meilisearch-double.js';
import { createFakeDatabase, type FakeDatabase } from './fake-change-log.js';

let server: MeilisearchDouble;
let database: FakeDatabase;
let behind: string | null;
let said: string[];
let index: FallbackIndex;
let followers: { embedded: Follower; meilisearch: Follower };

const logger = {
  info: (_: object, message: string) => void said.push(message),
  warn: (_: object, message: string) => void said.push(message),
  error: (_: object, message: string) => void said.push(message),
};

/** As the server puts them together: two engines, each followed for under a name of its own. */
beforeEach(async () => {
  server = await startMeilisearchDouble();
  database = createFakeDatabase();
  behind = null;
  said = [];
  const build = async (refs: DocumentRef[]) =>
    refs.flatMap(({ kind, objectId }) => database.documents.get(`${kind}:${objectId}`) ?? []);
  const open = () =>
    createMeilisearchIndex({ url: server.url, key: null, prefix: 'a', mark: 'meilisearch-a', logger });
  const embedded = createEmbeddedIndex();
  const following = { changes: database.changes, build, logger, pollMs: 10, checkMs: 20 };
  followers = {
    embedded: createFollower({ ...following, name: 'api-1', index: embedded }),
    meilisearch: createFollower({ ...following, name: 'meilisearch-a', index: open() }),
  };
  index = createFallbackIndex({
    main: open(),
    standby: embedded,
    behind: async () => behind,
    logger,
    lookMs: 20,
  });
});

afterEach(async () => {
  await index.close();
  await Promise.all([followers.embedded.stop(), followers.meilisearch.stop()]);
  await server.kill();
});

async function start(): Promise<void> {
  database.write('fact:a', factDocument('a', 'नहर टूटी'));
  database.write('fact:b', factDocument('b', 'पुल बना'));
  followers.embedded.start();
  followers.meilisearch.start();
  await followers.embedded.caughtUp();
  await followers.meilisearch.caughtUp();
  await index.look();
}

const idsFor = async (text: string) =>
  (await index.search({ text, audience: desk })).hits.map(({ id }) => id).sort();
const asked = () => server.requests.filter(({ path }) => path === '/multi-search').length;
const kept = () => [...server.documents('a_documents').keys()].sort();

describe('Meilisearch with a standby', () => {
  it('answers from Meilisearch while it is there and in step', async () => {
    await start();
    expect(index.standby()).toBeNull();
    // The stand-in server finds everything whatever is asked: so it is seen who answered.
    expect(await idsFor('नहर')).toEqual(['fact:a', 'fact:b']);
    expect(asked()).toBeGreaterThan(0);
  });

  it('answers from the standby the very question that found Meilisearch away, and says why', async () => {
    await start();
    await server.kill();
    expect(await idsFor('नहर')).toEqual(['fact:a']);
    expect(index.standby()?.reason).toContain('Meilisearch does not answer');
    expect(await index.health()).toEqual({ ready: true, documents: 2 });
    expect(said).toContain('the main search index is away; the standby answers');
    const matcher = createMatcher({ index });
    const [match] = await matcher.matchText({ text: 'नहर टूटी', audience: desk });
    expect(match?.id).toBe('fact:a');
  });

  it('is brought up to date by itself when it comes back, and answers again only then', async () => {
    await start();
    await server.kill();
    database.write('fact:a', null);
    database.write('fact:c', factDocument('c', 'सड़क खुली'));
    await followers.embedded.caughtUp();
    expect(await idsFor('सड़क')).toEqual(['fact:c']);
    behind = 'it is 30 s behind';
    await eventually(() => followers.meilisearch.health().state === 'failing');

    await server.start();
    await followers.meilisearch.caughtUp();
    expect(kept()).toEqual(['fact_3a_b', 'fact_3a_c']);
    await index.look();
    expect(index.standby()).toEqual({ reason: 'it is 30 s behind' });
    expect(await idsFor('सड़क')).toEqual(['fact:c']);

    behind = null;
    await eventually(() => index.standby() === null);
    expect(await idsFor('सड़क')).toEqual(['fact:b', 'fact:c']);
    // Only what was missed was sent, not everything.
    expect(server.requests.filter(({ path }) => path === '/swap-indexes')).toHaveLength(1);
  });

  it('is filled anew by itself when it comes back empty', async () => {
    await start();
    await server.kill();
    server.wipe();
    await server.start();
    await eventually(() => kept().length === 2);
    await eventually(() => index.standby() === null);
    const filled = () => said.filter((line) => line === 'search index on Meilisearch rebuilt');
    await eventually(() => filled().length === 2);
  });

  it('does not let a server that is away from the start hold anything up', async () => {
    await server.kill();
    database.write('fact:a', factDocument('a', 'नहर टूटी'));
    followers.embedded.start();
    followers.meilisearch.start();
    await followers.embedded.caughtUp();
    expect(await idsFor('नहर')).toEqual(['fact:a']);
    await server.start();
    await eventually(() => index.standby() === null);
    expect(kept()).toEqual(['fact_3a_a']);
  });

  it('asks a server that is away no question of its users', async () => {
    await start();
    behind = 'nobody follows for it yet';
    await index.look();
    const before = asked();
    expect(await idsFor('नहर')).toEqual(['fact:a']);
    expect((await index.candidates({ text: 'पुल बना', audience: desk })).map(({ id }) => id)).toEqual([
      'fact:b',
    ]);
    expect(asked()).toBe(before);
  });
});
