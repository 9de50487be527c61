import type { FileHandle } from 'node:fs/promises';

/** One top-level box of an MP4 file; sizes in bytes. */
export interface Mp4Box {
  type: string;
  start: number;
  size: number;
  /** The 16 bytes after the header of a `uuid` box, else null. */
  uuid: string | null;
}

/** A file has a handful of top-level boxes; fragments make hundreds. More is an attack on this loop. */
const mostBoxes = 10_000;

/** Lists the top-level boxes in file order; stops quietly where the structure ends. */
export async function topLevelBoxes(handle: FileHandle): Promise<Mp4Box[]> {
  const { size: length } = await handle.stat();
  const boxes: Mp4Box[] = [];
  const head = Buffer.alloc(32);
  let at = 0;
  while (at + 8 <= length && boxes.length < mostBoxes) {
    const { bytesRead } = await handle.read(head, 0, 32, at);
    if (bytesRead < 8) break;
    const short = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    const long = short === 1 && bytesRead >= 16;
    const size = short === 0 ? length - at : long ? Number(head.readBigUInt64BE(8)) : short;
    const body = long ? 16 : 8;
    if (size < body || !Number.isSafeInteger(size)) break;
    const uuid = type === 'uuid' && bytesRead >= body + 16 ? head.toString('hex', body, body + 16) : null;
    boxes.push({ type, start: at, size, uuid });
    at += size;
  }
  return boxes;
}
