import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedIndex } from '../../search/embedded/embedded-index.js';
import { desk, factDocument, inBatches, searchIndexContract } from '../contracts/search-index.contract.js';

searchIndexContract('embedded', async () => ({ index: createEmbeddedIndex(), close: async () => {} }));

describe('embedded index', () => {
  it('is not ready before its first rebuild and says why', async () => {
    const index = createEmbeddedIndex();
    expect(await index.health()).toEqual({ ready: false, documents: 0, reason: 'not filled yet' });
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
    await writeFile(snapshotFile, spoil(await readFile(snapshotFile, 'utf8')));
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
    await appendFile(`${snapshotFile}.partial`, 'half a line');
    expect(await createEmbeddedIndex({ snapshotFile }).resume()).toBe('follower-1');
  });
});
