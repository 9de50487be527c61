/** Texts kept as bytes outside the collected heap, by slot. */
export interface StoredTexts {
  put(slot: number, text: string): void;
  /** Empty when there is none. */
  read(slot: number): string;
  drop(slot: number): void;
}

const firstChunk = 1 << 14;
const longestChunk = 1 << 20;

export function createStoredTexts(): StoredTexts {
  const chunks: Buffer[] = [];
  /** Texts that lie in each chunk: one without any is given back. */
  const held: number[] = [];
  const chunkOf: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const gone = Buffer.alloc(0);
  let open = -1;
  let used = 0;
  let size = 0;

  function place(bytes: number): number {
    if (bytes > longestChunk / 4) {
      chunks.push(Buffer.allocUnsafeSlow(bytes));
      return held.push(0) - 1;
    }
    if (used + bytes > size) {
      size = Math.min(longestChunk, Math.max(firstChunk, size * 2, bytes));
      chunks.push(Buffer.allocUnsafeSlow(size));
      open = held.push(0) - 1;
      used = 0;
    }
    return open;
  }

  function drop(slot: number): void {
    const chunk = chunkOf[slot] ?? -1;
    if (chunk < 0) return;
    chunkOf[slot] = -1;
    held[chunk] = (held[chunk] ?? 0) - 1;
    if (held[chunk] === 0 && chunk !== open) chunks[chunk] = gone;
  }

  return {
    put(slot, text) {
      drop(slot);
      const bytes = Buffer.byteLength(text);
      const chunk = place(bytes);
      const start = chunk === open ? used : 0;
      chunks[chunk]?.write(text, start);
      if (chunk === open) used += bytes;
      held[chunk] = (held[chunk] ?? 0) + 1;
      chunkOf[slot] = chunk;
      starts[slot] = start;
      ends[slot] = start + bytes;
    },
    read: (slot) => chunks[chunkOf[slot] ?? -1]?.toString('utf8', starts[slot], ends[slot]) ?? '',
    drop,
  };
}
