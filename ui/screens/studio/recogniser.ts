import type { CreativeSummary } from '../../../server/contract/creative.js';
import type { Client } from '../../api/client.js';
import { createHasher } from './hash-file.js';

/** Tells what is there already before anything is sent. */
export interface Recogniser {
  /** Counted once for each file. Rejects when it cannot be read. */
  hashOf(file: File): Promise<string>;
  /** The newest creative with the same content; null when there is none or nobody could tell. */
  knownOf(file: File): Promise<CreativeSummary | null>;
  stop(): void;
}

/** Hashes that come within this time are asked about together. */
const gatherMs = 40;
const mostAtOnce = 200;

export function createRecogniser({ client }: { client: Pick<Client, 'call'> }): Recogniser {
  const hasher = createHasher();
  const hashes = new WeakMap<File, Promise<string>>();
  let waiting = new Map<string, ((found: CreativeSummary | null) => void)[]>();

  function hashOf(file: File): Promise<string> {
    const known = hashes.get(file);
    if (known) return known;
    const hash = hasher.hash(file);
    hashes.set(file, hash);
    return hash;
  }

  async function ask(): Promise<void> {
    const asked = waiting;
    waiting = new Map();
    const all = [...asked.keys()];
    for (let at = 0; at < all.length; at += mostAtOnce) {
      const sha256 = all.slice(at, at + mostAtOnce);
      // Not knowing keeps nobody from sending.
      const items = await client.call('creatives.known', { body: { sha256 } }).then(
        (answer) => answer.items,
        () => [],
      );
      for (const hash of sha256) {
        const found = items.find((item) => item.sha256 === hash) ?? null;
        for (const tell of asked.get(hash) ?? []) tell(found);
      }
    }
  }

  return {
    hashOf,
    async knownOf(file) {
      const hash = await hashOf(file).catch(() => null);
      if (hash === null) return null;
      return new Promise((resolve) => {
        if (waiting.size === 0) setTimeout(() => void ask(), gatherMs);
        waiting.set(hash, [...(waiting.get(hash) ?? []), resolve]);
      });
    },
    stop: hasher.stop,
  };
}
