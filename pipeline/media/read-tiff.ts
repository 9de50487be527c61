import { open } from 'node:fs/promises';

/** What the header of a TIFF says; our image library may not open TIFF at all, so that no hostile one is. */
export interface TiffHeader {
  width: number | null;
  height: number | null;
  samplesPerPixel: number | null;
  bitsPerSample: number | null;
  /** Dots per inch; null when the file gives another unit or none. */
  dpi: number | null;
  /** Tags that hold text or private data, but for XMP. */
  metadata: number;
  /** The XMP packet, if there is one. */
  xmp: string | null;
}

const tags = {
  width: 256,
  height: 257,
  bits: 258,
  samples: 277,
  xResolution: 282,
  unit: 296,
  xmp: 700,
} as const;
/** Description, maker, model, software, date, artist, copyright, IPTC, Photoshop, EXIF and GPS. */
const telling = new Set([270, 271, 272, 305, 306, 315, 33432, 33723, 34377, 34665, 34853]);
const inches = 2;
/** Bytes; ours has one or two thousand. */
const longestPacket = 65_536;

/** Reads the first directory of a little-endian TIFF; null for anything else. */
export async function readTiff(path: string): Promise<TiffHeader | null> {
  const handle = await open(path, 'r');
  try {
    const read = async (at: number, length: number): Promise<Buffer | null> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
      return bytesRead === length ? buffer : null;
    };
    const head = await read(0, 8);
    if (head?.toString('latin1', 0, 4) !== 'II*\0') return null;
    const start = head.readUInt32LE(4);
    const count = (await read(start, 2))?.readUInt16LE(0) ?? 0;
    const directory = await read(start + 2, count * 12);
    if (!directory) return null;
    const entries = new Map<number, { short: boolean; count: number; at: number }>();
    for (let at = 0; at < directory.length; at += 12) {
      const short = directory.readUInt16LE(at + 2) === 3;
      entries.set(directory.readUInt16LE(at), { short, count: directory.readUInt32LE(at + 4), at: at + 8 });
    }
    const number = async (tag: number): Promise<number | null> => {
      const entry = entries.get(tag);
      if (!entry) return null;
      const { short, at } = entry;
      // Three samples of two bytes do not fit into the entry: it says where they are.
      if (short && entry.count > 2)
        return (await read(directory.readUInt32LE(at), 2))?.readUInt16LE(0) ?? null;
      return short ? directory.readUInt16LE(at) : directory.readUInt32LE(at);
    };
    const kept = entries.get(tags.xmp);
    const packet =
      kept && kept.count <= longestPacket ? await read(directory.readUInt32LE(kept.at), kept.count) : null;
    const where = await number(tags.xResolution);
    const ratio = where === null ? null : await read(where, 8);
    const perUnit = ratio ? ratio.readUInt32LE(0) / ratio.readUInt32LE(4) : null;
    return {
      width: await number(tags.width),
      height: await number(tags.height),
      samplesPerPixel: await number(tags.samples),
      bitsPerSample: await number(tags.bits),
      dpi: perUnit !== null && (await number(tags.unit)) === inches ? Math.round(perUnit * 100) / 100 : null,
      xmp: packet?.toString('utf8') ?? null,
      metadata: [...entries.keys()].filter((tag) => telling.has(tag)).length,
    };
  } finally {
    await handle.close();
  }
}
