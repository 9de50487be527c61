import { createHash } from 'node:crypto';
import { type Config, Meilisearch } from 'meilisearch';
import { checked, KeyAnswer } from './answers.js';
import { asking, MeilisearchTrouble } from './trouble.js';

export interface MeilisearchAddress {
  url: string;
  /** The master key, an admin key, or one made for this program's indexes alone; null where the server has none. */
  key: string | null;
}

export interface Connection {
  /** For searches: gives up soon, because someone waits. */
  reader: Meilisearch;
  /** For everything else. */
  writer: Meilisearch;
}

/** All that this program does with its indexes, and nothing else. */
export const neededActions = [
  'search',
  'documents.add',
  'documents.get',
  'documents.delete',
  'indexes.create',
  'indexes.get',
  'indexes.delete',
  'indexes.swap',
  'settings.update',
  'stats.get',
  'tasks.get',
];

const writeTimeoutMs = 30_000;

/** What a server says to a key that may not look at keys, or when it has no master key at all. */
const noKeys = new Set(['invalid_api_key', 'missing_master_key', 'missing_authorization_header']);

/**
 * Opens the server with the narrowest key there is: from a master or admin key one is made, once, that reaches only
 * indexes beginning with the prefix. A key that may not make keys is taken as it is.
 */
export async function connect(
  { url, key }: MeilisearchAddress,
  {
    prefix,
    readTimeoutMs,
    httpClient,
  }: { prefix: string; readTimeoutMs: number; httpClient?: Config['httpClient'] },
): Promise<Connection> {
  const client = (apiKey: string | null, timeout: number) =>
    new Meilisearch({
      host: url,
      timeout,
      ...(apiKey !== null && { apiKey }),
      ...(httpClient && { httpClient }),
    });
  const narrow = key === null ? null : await narrowKey(client(key, readTimeoutMs), key, prefix);
  return { reader: client(narrow, readTimeoutMs), writer: client(narrow, writeTimeoutMs) };
}

async function narrowKey(client: Meilisearch, key: string, prefix: string): Promise<string> {
  const uid = keyUid(prefix);
  const read = async (what: string, request: () => Promise<unknown>) =>
    checked(KeyAnswer, await asking(what, request), what).key;
  try {
    return await read('give its own key', () => client.getKey(uid));
  } catch (error) {
    if (!(error instanceof MeilisearchTrouble)) throw error;
    if (noKeys.has(error.code ?? '')) return key;
    if (error.code !== 'api_key_not_found') throw error;
  }
  try {
    return await read('make a key for its own indexes', () =>
      client.createKey({
        uid,
        name: `Tathya ${prefix}`,
        description: `Search and its upkeep, for the indexes ${prefix}* alone`,
        actions: neededActions,
        indexes: [`${prefix}*`],
        expiresAt: null,
      }),
    );
  } catch (error) {
    if (!(error instanceof MeilisearchTrouble)) throw error;
    if (noKeys.has(error.code ?? '')) return key;
    // Another process was quicker.
    if (error.code === 'api_key_already_exists') {
      return read('give its own key', () => client.getKey(uid));
    }
    throw error;
  }
}

/** The same for the same indexes and actions: what a key may do can never be changed, so other actions are another key. */
function keyUid(prefix: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([prefix, neededActions]))
    .digest('hex');
  // Meilisearch takes a UUID of version 4 only.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
