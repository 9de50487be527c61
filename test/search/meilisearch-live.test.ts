import { randomBytes } from 'node:crypto';
import { Meilisearch } from 'meilisearch';
import { expect, it } from 'vitest';
import { createMeilisearchIndex } from '../../search/meilisearch/meilisearch-index.js';
import { searchIndexContract } from '../contracts/search-index.contract.js';

const url = process.env.MEILI_URL ?? '';
const key = process.env.MEILI_KEY ?? null;

if (url === '') {
  it('the contract of the search index was NOT run on Meilisearch: set MEILI_URL (and MEILI_KEY)', () => {
    process.stdout.write('search index contract: meilisearch — NOT RUN, for MEILI_URL is not set\n');
    expect(url).toBe('');
  });
} else {
  const admin = new Meilisearch({ host: url, timeout: 30_000, ...(key !== null && { apiKey: key }) });

  searchIndexContract('meilisearch', async () => {
    const prefix = `tathya-test-${randomBytes(6).toString('hex')}`;
    return {
      index: createMeilisearchIndex({ url, key, prefix }),
      async close() {
        const { results } = await admin.getRawIndexes({ limit: 1_000 });
        for (const { uid } of results) {
          if (uid.startsWith(prefix)) await admin.deleteIndex(uid).waitTask({ timeout: 60_000 });
        }
        const keys = await admin.getKeys({ limit: 1_000 }).catch(() => ({ results: [] }));
        for (const { uid, name } of keys.results) {
          if (name === `Tathya ${prefix}`) await admin.deleteKey(uid);
        }
      },
    };
  });
}
