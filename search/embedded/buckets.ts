import { createLists } from './lists.js';

/** Lists found by a name. */
export interface Buckets {
  push(name: string, value: number): void;
  /** Where the values lie; good until the next write. */
  range(name: string): { block: Uint32Array; from: number; to: number };
  filter(name: string, keep: (value: number) => boolean): number[];
}

export function createBuckets(): Buckets {
  const numbers = new Map<string, number>();
  const lists = createLists();

  function range(name: string) {
    const list = numbers.get(name);
    if (list === undefined) return { block: lists.block(0), from: 0, to: 0 };
    const from = lists.start(list);
    return { block: lists.block(list), from, to: from + lists.length(list) };
  }

  return {
    push(name, value) {
      const list = numbers.get(name) ?? numbers.size;
      numbers.set(name, list);
      lists.push(list, value);
    },
    range,
    filter(name, keep) {
      const { block, from, to } = range(name);
      const kept: number[] = [];
      for (let place = from; place < to; place += 1) {
        const value = block[place] ?? 0;
        if (keep(value)) kept.push(value);
      }
      return kept;
    },
  };
}
