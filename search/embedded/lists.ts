/** Many growing lists of 32-bit numbers in few blocks of memory: no object per list, nothing for the collector. */
export interface Lists {
  /** Adds to the end of a list; lists begin to exist by their first entry. */
  push(list: number, value: number): void;
  length(list: number): number;
  /** The block in which a list lies and where in it; good until the next write. */
  block(list: number): Uint32Array;
  start(list: number): number;
  /** Keeps the entries that pass. */
  retain(list: number, keep: (value: number) => boolean): void;
}

const smallest = 2;
/** Blocks are never copied to grow, so that no write takes long; each is twice as long as the last, up to here. */
const longestBlock = 1 << 18;
const firstBlock = 1 << 9;

export function createLists(): Lists {
  const blocks: Uint32Array[] = [];
  const none = new Uint32Array(0);
  let open = -1;
  let used = 0;
  let openLength = 0;
  let blockOf = new Uint16Array(1 << 10);
  let starts = new Uint32Array(1 << 10);
  let lengths = new Uint32Array(1 << 10);
  let rooms = new Uint32Array(1 << 10);
  /** Abandoned places by the power of two of their room: lists move when they grow, others move in. */
  const free: { block: number; start: number }[][] = [];

  function place(room: number): { block: number; start: number } {
    const reused = free[Math.log2(room)]?.pop();
    if (reused !== undefined) return reused;
    if (room > longestBlock) return { block: blocks.push(new Uint32Array(room)) - 1, start: 0 };
    if (used + room > openLength) {
      openLength = Math.min(longestBlock, Math.max(firstBlock, openLength * 2, room));
      open = blocks.push(new Uint32Array(openLength)) - 1;
      used = 0;
    }
    used += room;
    return { block: open, start: used - room };
  }

  function grow(list: number): void {
    const room = rooms[list] ?? 0;
    const larger = Math.max(smallest, room * 2);
    const { block, start } = place(larger);
    if (room > 0) {
      const old = { block: blockOf[list] ?? 0, start: starts[list] ?? 0 };
      const values = (blocks[old.block] ?? none).subarray(old.start, old.start + room);
      blocks[block]?.set(values, start);
      const size = Math.log2(room);
      const places = free[size];
      if (places) places.push(old);
      else free[size] = [old];
    }
    blockOf[list] = block;
    starts[list] = start;
    rooms[list] = larger;
  }

  function ensure(list: number): void {
    if (list < lengths.length) return;
    const size = Math.max(list + 1, lengths.length * 2);
    const blocksBefore = blockOf;
    blockOf = new Uint16Array(size);
    blockOf.set(blocksBefore);
    starts = resized(starts, size);
    lengths = resized(lengths, size);
    rooms = resized(rooms, size);
  }

  const blockFor = (list: number) => blocks[blockOf[list] ?? 0] ?? none;

  return {
    push(list, value) {
      ensure(list);
      const length = lengths[list] ?? 0;
      if (length === (rooms[list] ?? 0)) grow(list);
      blockFor(list)[(starts[list] ?? 0) + length] = value;
      lengths[list] = length + 1;
    },
    length: (list) => lengths[list] ?? 0,
    block: blockFor,
    start: (list) => starts[list] ?? 0,
    retain(list, keep) {
      const block = blockFor(list);
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
  };
}

export function resized(array: Uint32Array, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size);
  larger.set(array.subarray(0, Math.min(size, array.length)));
  return larger;
}
