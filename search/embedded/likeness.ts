import { createBuckets } from './buckets.js';
import { resized } from './lists.js';

/** A key that looks like the one asked for, by its number; likeness is 0 to 1. */
export interface LikeKey {
  key: number;
  likeness: number;
}

/** Finds keys by the runs of so many letters they share. */
export interface Likeness {
  /** Keys are numbered in the order they are added. */
  add(key: string): void;
  /** The keys most like the given one, but for one; most alike first. */
  like(key: string, options: LikeOptions): LikeKey[];
}

interface LikeOptions {
  except: number;
  least: number;
  most: number;
}

/** Questions share most of their words: what they were found to be like holds until a new key comes. */
const mostKnown = 4_000;
/** Likeness is ranked in so many steps, those alike by number. */
const steps = 1 << 10;

export function createLikeness(letters: number): Likeness {
  const buckets = createBuckets();
  let size = 0;
  let lengths = new Uint8Array(1 << 10);
  let shared = new Uint8Array(1 << 10);
  let met = new Uint32Array(1 << 10);
  /** Packed, likeness above and key below: thousands of objects each would take tens of megabytes. */
  const known = new Map<string, Float64Array>();

  function look(key: string, { except, least, most }: LikeOptions): Float64Array {
    const asked = runsOf(key, letters);
    let count = 0;
    for (const run of asked) {
      const { block, from, to } = buckets.range(run);
      for (let place = from; place < to; place += 1) {
        const at = block[place] ?? 0;
        const before = shared[at] ?? 0;
        if (before === 0) {
          met[count] = at;
          count += 1;
        }
        shared[at] = before + 1;
      }
    }
    const ranked: number[] = [];
    for (let place = 0; place < count; place += 1) {
      const at = met[place] ?? 0;
      const both = shared[at] ?? 0;
      shared[at] = 0;
      const likeness = (2 * both) / (asked.size + Math.max(1, (lengths[at] ?? 0) + 3 - letters));
      if (likeness < least || at === except) continue;
      ranked.push(Math.round((1 - likeness) * steps) * 2 ** 32 + at);
    }
    return Float64Array.from(ranked).sort().slice(0, most);
  }

  return {
    add(key) {
      known.clear();
      if (size === lengths.length) {
        const longer = new Uint8Array(size * 2);
        longer.set(lengths);
        lengths = longer;
        shared = new Uint8Array(size * 2);
        met = resized(met, size * 2);
      }
      lengths[size] = Math.min(255, key.length);
      for (const run of runsOf(key, letters)) buckets.push(run, size);
      size += 1;
    },

    like(key, options) {
      const name = `${options.least} ${options.most} ${key}`;
      let found = known.get(name);
      if (!found) {
        found = look(key, options);
        if (known.size >= mostKnown) known.clear();
        known.set(name, found);
      }
      return Array.from(found, (entry) => ({
        key: entry % 2 ** 32,
        likeness: 1 - Math.floor(entry / 2 ** 32) / steps,
      }));
    },
  };
}

/** Runs of neighbouring letters, with the ends marked. */
function runsOf(key: string, letters: number): Set<string> {
  const marked = `^${key}$`;
  const runs = new Set<string>();
  for (let at = 0; at + letters <= marked.length; at += 1) runs.add(marked.slice(at, at + letters));
  return runs;
}
