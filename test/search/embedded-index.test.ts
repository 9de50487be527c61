import { describe, expect, it } from 'vitest';
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
