/** Many growing lists of 32-bit numbers in one block of memory: no object per list, nothing for the collector. */
export interface Lists {
  /** Adds to the end of a list; lists begin to exist by their first entry. */
  push(list: number, value: number): void;
  length(list: number): number;
  /** The block and where in it a list lies; good until the next write. */
  block(): Uint32Array;
  start(list: number): number;
  /** Keeps the entries that pass. */
  retain(list: number, keep: (value: number) => boolean): void;
  bytes(): number;
}

const smallest = 2;

export function createLists(): Lists {
  let block = new Uint32Array(1 << 12);
  let used = 0;
  let starts = new Uint32Array(1 << 10);
  let lengths = new Uint32Array(1 << 10);
  let rooms = new Uint32Array(1 << 10);
  /** Abandoned places by the power of two of their room: lists move when they grow, others move in. */
  const free: number[][] = [];

  function place(room: number): number {
    const reused = free[Math.log2(room)]?.pop();
    if (reused !== undefined) return reused;
    if (used + room > block.length) {
      const larger = new Uint32Array(Math.max(used + room, Math.ceil(block.length * 1.5)));
      larger.set(block);
      block = larger;
    }
    const at = used;
    used += room;
    return at;
  }

  function grow(list: number): void {
    const room = rooms[list] ?? 0;
    const larger = Math.max(smallest, room * 2);
    const at = place(larger);
    if (room > 0) {
      const from = starts[list] ?? 0;
      block.copyWithin(at, from, from + room);
      const size = Math.log2(room);
      const places = free[size];
      if (places) places.push(from);
      else free[size] = [from];
    }
    starts[list] = at;
    rooms[list] = larger;
  }

  function ensure(list: number): void {
    if (list < lengths.length) return;
    const size = Math.max(list + 1, lengths.length * 2);
    starts = resized(starts, size);
    lengths = resized(lengths, size);
    rooms = resized(rooms, size);
  }

  return {
    push(list, value) {
      ensure(list);
      const length = lengths[list] ?? 0;
      if (length === (rooms[list] ?? 0)) grow(list);
      block[(starts[list] ?? 0) + length] = value;
      lengths[list] = length + 1;
    },
    length: (list) => lengths[list] ?? 0,
    block: () => block,
    start: (list) => starts[list] ?? 0,
    retain(list, keep) {
      const from = starts[list] ?? 0;
      const length = lengths[list] ?? 0;
      let kept = 0;
      for (let at = from; at < from + length; at += 1) {
        const value = block[at] ?? 0;
        if (!keep(value)) continue;
        block[from + kept] = value;
        kept += 1;
      }
      if (list < lengths.length) lengths[list] = kept;
    },
    bytes: () => block.byteLength + 3 * starts.byteLength,
  };
}

export function resized(array: Uint32Array, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size);
  larger.set(array.subarray(0, Math.min(size, array.length)));
  return larger;
}
