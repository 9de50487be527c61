import { appendFile, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedIndex } from '../../search/embedded/embedded-index.js';
import { desk, factDocument, inBatches } from '../contracts/search-documents.js';
import { searchIndexContract } from '../contracts/search-index.contract.js';

searchIndexContract('embedded', async () => ({ index: createEmbeddedIndex(), close: async () => {} }));

describe('embedded index', () => {
  it('is not ready before its first rebuild and says why', async () => {
    const index = createEmbeddedIndex();
    expect(await index.health()).toEqual({ ready: false, documents: 0, reason: 'not filled yet' });
  });

  it('finds a word like the asked one that came after the same was asked before', async () => {
    const index = createEmbeddedIndex();
    await index.upsert([factDocument('a', 'driving lessons')]);
    const ask = async () => (await index.search({ text: 'drikning', audience: desk })).hits;
    expect((await ask()).map(({ id }) => id)).not.toContain('fact:c');
    await index.upsert([factDocument('c', 'drinking water')]);
    const found = (await ask()).find(({ id }) => id === 'fact:c');
    expect(found?.matched).toEqual(['drinking']);
  });

  it('lets other work through while it rebuilds', async () => {
    const index = createEmbeddedIndex();
    const words = 'नहर पुल सड़क बिजली पानी स्कूल अस्पताल परीक्षा योजना किसान bijli sadak'.split(' ');
    const documents = Array.from({ length: 3_000 }, (_, at) => {
      const body = Array.from(
        { length: 60 },
        (_unused, n) => `${words[(at + n) % words.length]}${(at * n) % 97}`,
      );
      return factDocument(String(at), `${words[at % words.length]} ${at}`, {
        texts: [{ language: 'hi', headline: `${at}`, body: body.join(' ') }],
      });
    });
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 1);
    const started = performance.now();
    // One batch, so that every pause is the index's own.
    await index.rebuild(inBatches(documents, documents.length));
    const elapsed = performance.now() - started;
    clearInterval(ticking);
    expect((await index.health()).documents).toBe(3_000);
    // One turn in 50 ms at the least, on average; the machine may be busy with other tests.
    expect(turns).toBeGreaterThan(elapsed / 50);
    expect((await index.search({ text: 'नहर 42', audience: desk })).total).toBeGreaterThan(0);
  });
});

describe('the index on disk', () => {
  let folder: string;
  let snapshotFile: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tathya-snapshot-'));
    snapshotFile = path.join(folder, 'search-index.snapshot');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function kept(): Promise<void> {
    const index = createEmbeddedIndex({ snapshotFile });
    await index.rebuild(inBatches([factDocument('a', 'नहर टूटी'), factDocument('b', 'पुल बना, पुल')]));
    await index.upsert([factDocument('c', 'bijli ka bill')]);
    await index.remove(['fact:b']);
    expect(await index.keep('follower-1')).toBe(true);
  }

  async function keptFile(): Promise<string> {
    const [name, ...others] = (await readdir(folder)).filter((each) => each.endsWith('.kept'));
    if (name === undefined || others.length > 0) throw new Error('not exactly one index was kept');
    return path.join(folder, name);
  }

  it('is taken up once, with its mark, and answers as before', async () => {
    await kept();
    const index = createEmbeddedIndex({ snapshotFile });
    expect(await index.resume()).toBe('follower-1');
    expect(await index.health()).toEqual({ ready: true, documents: 2 });
    expect((await index.search({ text: 'बिजली', audience: desk })).hits.map(({ id }) => id)).toEqual([
      'fact:c',
    ]);
    expect((await index.search({ text: 'पुल', audience: desk })).total).toBe(0);
    await index.upsert([factDocument('d', 'नहर सूखी')]);
    expect((await index.search({ text: 'नहर', audience: desk })).total).toBe(2);
    expect(await createEmbeddedIndex({ snapshotFile }).resume()).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, (text: string) => string]>([
    ['cut short', (text) => text.slice(0, -40)],
    ['changed by one letter', (text) => text.replace('टूटी', 'टूटा')],
    ['of another analyser', (text) => text.replace(/"analyserVersion":\d+/, '"analyserVersion":0')],
    ['without its last document', (text) => text.split('\n').toSpliced(-3, 1).join('\n')],
    ['empty', () => ''],
    ['something else', () => 'not an index\n{}\n'],
  ])('is not used when it is %s', async (_, spoil) => {
    await kept();
    const file = await keptFile();
    await writeFile(file, spoil(await readFile(file, 'utf8')));
    const index = createEmbeddedIndex({ snapshotFile });
    expect(await index.resume()).toBeNull();
    expect(await index.health()).toMatchObject({ ready: false, documents: 0 });
    await index.rebuild(inBatches([factDocument('new', 'नहर')]));
    expect((await index.search({ text: 'नहर', audience: desk })).total).toBe(1);
  });

  it('is not kept before it was filled, nor without a place', async () => {
    expect(await createEmbeddedIndex({ snapshotFile }).keep('x')).toBe(false);
    const index = createEmbeddedIndex();
    await index.rebuild(inBatches([factDocument('a', 'नहर')]));
    expect(await index.keep('x')).toBe(false);
    expect(await index.resume()).toBeNull();
  });

  it('survives a write that was cut off: the last whole one counts', async () => {
    await kept();
    await appendFile(`${snapshotFile}.torn.partial`, 'half a line');
    expect(await createEmbeddedIndex({ snapshotFile }).resume()).toBe('follower-1');
  });

  it('is kept by each process of a folder for itself, and each start takes up another one', async () => {
    const marks = ['follower-1', 'follower-2', 'follower-3'];
    const indexes = marks.map((_, at) => ({
      index: createEmbeddedIndex({ snapshotFile }),
      documents: [factDocument(String(at), `नहर ${at}`)],
    }));
    for (const { index, documents } of indexes) await index.rebuild(inBatches(documents));
    await Promise.all(indexes.map(({ index }, at) => index.keep(marks[at] ?? '')));

    const starting = marks.map(() => createEmbeddedIndex({ snapshotFile }));
    const taken = await Promise.all(starting.map((index) => index.resume()));
    expect([...taken].sort()).toEqual(marks);
    for (const [at, index] of starting.entries()) {
      const { hits } = await index.search({ text: 'नहर', audience: desk });
      expect(hits.map(({ id }) => id)).toEqual([`fact:${marks.indexOf(taken[at] ?? '')}`]);
    }
    expect(await createEmbeddedIndex({ snapshotFile }).resume()).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives way to the one before when the last is spoiled, and old ones are cleared away', async () => {
    await kept();
    const whole = await keptFile();
    await utimes(whole, new Date(), new Date(Date.now() - 60_000));
    await writeFile(`${snapshotFile}.later.kept`, 'not an index\n');
    const old = `${snapshotFile}.old.kept`;
    await writeFile(old, 'of yesterday');
    await utimes(old, new Date(), new Date(Date.now() - 24 * 3_600_000));
    expect(await createEmbeddedIndex({ snapshotFile }).resume()).toBe('follower-1');
    expect(await readdir(folder)).toEqual([]);
  });
});
