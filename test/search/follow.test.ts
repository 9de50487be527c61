import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedIndex } from '../../search/embedded/embedded-index.js';
import { createFollower, type DocumentRef, type Follower } from '../../search/follow.js';
import type { IndexDocument, SearchIndex } from '../../search/search-index.js';
import { claimDocument, desk, factDocument } from '../contracts/search-documents.js';
import { eventually } from '../helpers/eventually.js';
import { createFakeDatabase, type FakeDatabase } from './fake-change-log.js';

describe('index follower', () => {
  let database: FakeDatabase;
  let index: SearchIndex;
  let built: DocumentRef[][];
  let warnings: string[];
  const followers: Follower[] = [];

  beforeEach(() => {
    database = createFakeDatabase();
    index = createEmbeddedIndex();
    built = [];
    warnings = [];
  });
  afterEach(async () => {
    for (const follower of followers.splice(0)) await follower.stop();
  });

  async function build(refs: DocumentRef[]): Promise<IndexDocument[]> {
    built.push(refs);
    return refs.flatMap(({ kind, objectId }) => database.documents.get(`${kind}:${objectId}`) ?? []);
  }

  function follow(more: Partial<Parameters<typeof createFollower>[0]> = {}): Follower {
    const logger = {
      info: () => {},
      warn: (_: object, message: string) => warnings.push(message),
      error: () => {},
    };
    const follower = createFollower({
      name: 'api-1',
      changes: database.changes,
      index,
      build,
      logger,
      pollMs: 5,
      ...more,
    });
    followers.push(follower);
    follower.start();
    return follower;
  }

  const found = async (text = ''): Promise<string[]> =>
    (await index.search({ text, audience: desk })).hits.map(({ id }) => id).sort();

  it('fills the index from all documents and then follows writes and deletions', async () => {
    database.write('fact:a', factDocument('a', 'नहर'));
    database.write('claim:b', claimDocument('b', 'पुल'));
    const follower = follow();
    await follower.caughtUp();
    expect(await found()).toEqual(['claim:b', 'fact:a']);
    expect(await index.health()).toMatchObject({ ready: true });
    database.write('fact:a', factDocument('a', 'सड़क'));
    database.write('claim:b', null);
    await follower.caughtUp();
    expect(await found()).toEqual(['fact:a']);
    expect(await found('सड़क')).toEqual(['fact:a']);
    expect(await found('नहर')).toEqual([]);
  });

  it('loses nothing when a lower sequence is committed after a higher one', async () => {
    const follower = follow();
    const slow = database.begin('fact:slow', factDocument('slow', 'धीमा'));
    database.write('fact:fast', factDocument('fast', 'तेज'));
    await follower.caughtUp();
    expect(await found()).toEqual(['fact:fast']);
    expect(database.acknowledged('api-1')).toEqual([2]);
    slow.commit();
    await follower.caughtUp();
    expect(await found()).toEqual(['fact:fast', 'fact:slow']);
    expect(database.acknowledged('api-1')).toEqual([1, 2]);
  });

  it('catches what is written while the index is first filled', async () => {
    database.write('fact:a', factDocument('a', 'नहर'));
    database.write('fact:b', factDocument('b', 'पुल'));
    database.duringAll = () => {
      database.write('fact:b', null);
      database.write('fact:c', factDocument('c', 'सड़क'));
    };
    await follow().caughtUp();
    expect(await found()).toEqual(['fact:a', 'fact:c']);
  });

  it('builds an object once however often it changed', async () => {
    const follower = follow();
    await follower.caughtUp();
    for (let at = 0; at < 20; at += 1) {
      const change = database.begin('fact:a', factDocument('a', `नहर ${at}`));
      change.commit();
    }
    await follower.caughtUp();
    expect(built.flat()).toEqual([{ kind: 'fact', objectId: 'a' }]);
    expect(database.acknowledged('api-1')).toHaveLength(20);
  });

  it('works through more changes than one batch holds', async () => {
    const follower = follow();
    await follower.caughtUp();
    for (let at = 0; at < 450; at += 1) database.write(`claim:${at}`, claimDocument(`${at}`, `दावा ${at}`));
    await follower.caughtUp();
    expect((await index.health()).documents).toBe(450);
    expect(built.map((refs) => refs.length)).toEqual([200, 200, 50]);
  });

  it('is woken before its poll', async () => {
    const follower = follow({ pollMs: 3_600_000 });
    await follower.caughtUp();
    const seen = new Promise<void>((resolve) => {
      database.beforePending = resolve;
    });
    follower.wake();
    await seen;
  });

  it('polls when nobody wakes it', async () => {
    const follower = follow();
    await follower.caughtUp();
    let polls = 0;
    await new Promise<void>((resolve) => {
      database.beforePending = () => {
        polls += 1;
        if (polls === 3) resolve();
      };
    });
    expect(follower.health().state).toBe('following');
  });

  it('retries a failing database, shows how far it is behind, and recovers', async () => {
    const follower = follow();
    await follower.caughtUp();
    expect(follower.health()).toEqual({ state: 'following', behindMs: 0 });
    const shown = new Promise<void>((resolve) => {
      let failures = 0;
      database.beforePending = () => {
        failures += 1;
        if (failures === 3) resolve();
        throw new Error('connection refused');
      };
    });
    follower.wake();
    await shown;
    const { state, lastError, behindMs } = follower.health();
    expect({ state, lastError }).toEqual({ state: 'failing', lastError: 'connection refused' });
    expect(behindMs).toBeGreaterThan(0);
    expect(warnings.length).toBeGreaterThan(0);
    database.beforePending = () => {};
    database.write('fact:a', factDocument('a', 'नहर'));
    await follower.caughtUp();
    expect(await found()).toEqual(['fact:a']);
    expect(follower.health()).toEqual({ state: 'following', behindMs: 0 });
  });

  it('acknowledges nothing that is not in the index', async () => {
    let refusals = 0;
    const acknowledgedAtRefusal: number[][] = [];
    const flaky: SearchIndex = {
      ...index,
      async upsert(documents) {
        refusals += 1;
        acknowledgedAtRefusal.push(database.acknowledged('api-1'));
        if (refusals <= 2) throw new Error('index refused');
        await index.upsert(documents);
      },
    };
    const follower = follow({ index: flaky });
    await follower.caughtUp();
    database.write('fact:a', factDocument('a', 'नहर'));
    await follower.caughtUp();
    expect(acknowledgedAtRefusal).toEqual([[], [], []]);
    expect(await found()).toEqual(['fact:a']);
    expect(database.acknowledged('api-1')).toEqual([1]);
  });

  it('does not let one object that cannot be built hold up the others', async () => {
    let broken = true;
    const follower = follow({
      build: async (refs) => {
        if (broken && refs.some(({ objectId }) => objectId === 'bad')) throw new Error('bad row');
        return build(refs);
      },
    });
    await follower.caughtUp();
    const othersDone = new Promise<void>((resolve) => {
      database.beforePending = () => {
        if (database.acknowledged('api-1').length === 2) resolve();
      };
    });
    database.write('fact:a', factDocument('a', 'नहर'));
    database.write('fact:bad', factDocument('bad', 'पुल'));
    database.write('fact:c', factDocument('c', 'सड़क'));
    await othersDone;
    expect(await found()).toEqual(['fact:a', 'fact:c']);
    expect(follower.health()).toMatchObject({ state: 'failing', lastError: 'bad row' });
    broken = false;
    await follower.caughtUp();
    expect(await found()).toEqual(['fact:a', 'fact:bad', 'fact:c']);
  });

  it('starts afresh when the log has cleaned it away', async () => {
    const follower = follow();
    await follower.caughtUp();
    database.lose('api-1');
    database.documents.set('fact:a', factDocument('a', 'नहर'));
    await follower.caughtUp();
    expect(await found()).toEqual(['fact:a']);
    expect(database.followers()).toEqual(['api-1']);
  });

  it('fills an index again that says it is empty, as one on a server that came back without its disk', async () => {
    database.write('fact:a', factDocument('a', 'नहर'));
    let lost = false;
    const onServer: SearchIndex = {
      ...index,
      async health() {
        return lost ? { ready: false, documents: 0, unfilled: true } : index.health();
      },
      async rebuild(documents) {
        lost = false;
        await index.rebuild(documents);
      },
    };
    const follower = follow({ index: onServer, checkMs: 5 });
    await follower.caughtUp();
    await index.remove(['fact:a']);
    lost = true;
    await eventually(async () => (await found()).includes('fact:a'));
  });

  it('retries when the first filling fails', async () => {
    database.write('fact:a', factDocument('a', 'नहर'));
    let failed = false;
    database.duringAll = () => {
      if (failed) return;
      failed = true;
      throw new Error('read failed');
    };
    await follow().caughtUp();
    expect(failed).toBe(true);
    expect(await found()).toEqual(['fact:a']);
  });

  it('lets two followers go at their own pace', async () => {
    const other = createEmbeddedIndex();
    const one = follow();
    const two = follow({ name: 'api-2', index: other });
    database.write('fact:a', factDocument('a', 'नहर'));
    await one.caughtUp();
    await two.caughtUp();
    expect(await other.health()).toEqual({ ready: true, documents: 1 });
    expect(await index.health()).toEqual({ ready: true, documents: 1 });
  });

  it('signs off when stopped, even in the middle of a pause, and rejects those who wait', async () => {
    const follower = follow({ pollMs: 3_600_000 });
    await follower.caughtUp();
    database.beforePending = () => {
      throw new Error('connection refused');
    };
    const waiting = expect(follower.caughtUp()).rejects.toThrow('stopped');
    await follower.stop();
    await waiting;
    expect(database.followers()).toEqual([]);
    expect(follower.health().state).toBe('stopped');
    await expect(follower.caughtUp()).rejects.toThrow('stopped');
  });

  it('goes on from a kept index with only what changed since, and fills it anew when the log gave it up', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tathya-follow-'));
    const snapshotFile = path.join(folder, 'index');
    index = createEmbeddedIndex({ snapshotFile });
    database.write('fact:a', factDocument('a', 'नहर'));
    database.write('fact:b', factDocument('b', 'पुल'));
    const first = follow({ name: 'api-1', index });
    await first.caughtUp();
    await first.stop();
    expect(database.followers()).toEqual(['api-1']);
    database.write('fact:b', null);
    database.write('fact:c', factDocument('c', 'सड़क'));

    built = [];
    index = createEmbeddedIndex({ snapshotFile });
    const second = follow({ name: 'api-2', index });
    await second.caughtUp();
    expect(await found()).toEqual(['fact:a', 'fact:c']);
    expect(built.flat().map(({ objectId }) => objectId)).toEqual(['b', 'c']);
    expect(database.followers()).toEqual(['api-1']);
    await second.stop();

    database.lose('api-1');
    database.documents.delete('fact:a');
    index = createEmbeddedIndex({ snapshotFile });
    const third = follow({ name: 'api-3', index });
    await third.caughtUp();
    expect(await found()).toEqual(['fact:c']);
    expect(database.followers()).toEqual(['api-3']);
    await rm(folder, { recursive: true });
  });
});
