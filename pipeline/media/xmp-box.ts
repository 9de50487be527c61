import { appendFile, open } from 'node:fs/promises';
import { topLevelBoxes } from './boxes.js';

/** Marks an MP4 file's `uuid` box as an XMP packet: XMP Specification Part 3, section 1.2.7. */
const xmpId = 'be7acfcb97a942e89c71999491e3afac';
const headBytes = 8 + xmpId.length / 2;

/** Puts an XMP packet after everything else of an MP4 file: nothing in the file points behind it. */
export async function appendXmp(path: string, packet: string): Promise<void> {
  const body = Buffer.from(packet, 'utf8');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(headBytes + body.length, 0);
  head.write('uuid', 4, 'latin1');
  await appendFile(path, Buffer.concat([head, Buffer.from(xmpId, 'hex'), body]));
}

/** The XMP packet of an MP4 file we made; null when it has none. */
export async function readXmp(path: string): Promise<string | null> {
  const handle = await open(path, 'r');
  try {
    const box = (await topLevelBoxes(handle)).find(({ uuid }) => uuid === xmpId);
    if (box === undefined) return null;
    const packet = Buffer.alloc(box.size - headBytes);
    await handle.read(packet, 0, packet.length, box.start + headBytes);
    return packet.toString('utf8');
  } finally {
    await handle.close();
  }
}
