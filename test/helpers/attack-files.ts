/** A box of an MP4 file: length, name, content. */
export function mp4Box(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** Big-endian 32-bit numbers in a row. */
export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

/** Where a box lies, going down by name; the path of offsets tells the boxes around it. */
function findBox(bytes: Buffer, path: readonly string[]): number[] {
  const found: number[] = [];
  let [start, end] = [0, bytes.length];
  for (const name of path) {
    let at = start;
    while (at + 8 <= end && bytes.toString('latin1', at + 4, at + 8) !== name) at += bytes.readUInt32BE(at);
    if (at + 8 > end) throw new Error(`no box ${path.join('/')}`);
    found.push(at);
    [start, end] = [at + 8, at + bytes.readUInt32BE(at)];
  }
  return found;
}

/** The file with one box replaced. Its index has to stand at the end, as ffmpeg leaves it. */
export function replaceBox(bytes: Buffer, path: readonly string[], content: Buffer): Buffer {
  const offsets = findBox(bytes, path);
  const at = offsets.at(-1) ?? 0;
  const old = bytes.readUInt32BE(at);
  const box = mp4Box(path.at(-1) ?? '', content);
  const copy = Buffer.from(bytes);
  for (const outer of offsets.slice(0, -1)) {
    copy.writeUInt32BE(copy.readUInt32BE(outer) + box.length - old, outer);
  }
  return Buffer.concat([copy.subarray(0, at), box, copy.subarray(at + old)]);
}

/** The file with a number inside a box changed, `offset` bytes from the start of its content. */
export function patchBox(bytes: Buffer, path: readonly string[], offset: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(value, (findBox(bytes, path).at(-1) ?? 0) + 8 + offset);
  return copy;
}

/** A grey progressive JPEG whose every further scan is a few bytes long and a walk over all its pixels. */
export function jpegOfScans(side: number, scans: number): Buffer {
  const segment = (marker: number, ...content: number[]): Buffer =>
    Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content]);
  const [high, low] = [side >> 8, side & 255];
  const oneSymbol = [1, ...Array<number>(15).fill(0)];
  const blocks = Math.ceil(side / 8) ** 2;
  const runBytes = Math.ceil((15 * (Math.ceil(blocks / 2 ** 14) + 1)) / 8);
  const scan = (from: number, to: number, bytes: number): Buffer =>
    Buffer.concat([segment(0xda, 1, 1, 0, from, to, 0), Buffer.alloc(bytes)]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, 0, ...Array<number>(64).fill(1)),
    segment(0xc2, 8, high, low, high, low, 1, 1, 0x11, 0),
    segment(0xc4, 0x00, ...oneSymbol, 0),
    segment(0xc4, 0x10, ...oneSymbol, 0xe0),
    scan(0, 0, Math.ceil(blocks / 8)),
    ...Array.from({ length: scans }, (_, index) => scan(1 + (index % 63), 1 + (index % 63), runBytes)),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A block of camera data whose every entry links back to the list it stands in. */
export function exifCircles(entries: number): Buffer {
  const block = Buffer.alloc(10 + entries * 12);
  block.write('II*\0', 0, 'latin1');
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(entries, 8);
  for (let index = 0; index < entries; index += 1) {
    block.writeUInt16LE(0x8769, 10 + index * 12);
    block.writeUInt32LE(8, 10 + index * 12 + 8);
  }
  return block;
}

/** A JPEG with a block of camera data in it. */
export function withExif(jpeg: Buffer, block: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block]);
  const head = Buffer.from([0xff, 0xe1, (content.length + 2) >> 8, (content.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

/** The end of an archive, as a program for archives looks for it behind any file. */
export function zipEnd(): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(60, 12);
  return end;
}

/** A moving WebP of so many frames on a large canvas, each of them the one given, however small. */
export function webpClaiming(still: Buffer, { side, frames }: { side: number; frames: number }): Buffer {
  const chunk = (name: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 0, 'latin1');
    head.writeUInt32LE(content.length, 4);
    return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
  };
  const canvas = Buffer.alloc(10);
  canvas[0] = 0x02;
  canvas.writeUIntLE(side - 1, 4, 3);
  canvas.writeUIntLE(side - 1, 7, 3);
  // Where it lies, its size less one, how long it is shown, flags; then its picture, behind the file's own head.
  const place = Buffer.alloc(16);
  place.writeUIntLE(15, 6, 3);
  place.writeUIntLE(15, 9, 3);
  place.writeUIntLE(40, 12, 3);
  const frame = chunk('ANMF', Buffer.concat([place, still.subarray(12)]));
  const parts = [chunk('VP8X', canvas), chunk('ANIM', Buffer.alloc(6)), ...Array<Buffer>(frames).fill(frame)];
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP', 'latin1'), ...parts]));
}

/** An ID3 tag with one picture in it, to stand before an MP3. */
export function id3Cover(picture: Buffer): Buffer {
  const safe = (value: number): number[] => [21, 14, 7, 0].map((shift) => (value >> shift) & 127);
  const body = Buffer.concat([Buffer.from('\0image/png\0\u0003\0', 'latin1'), picture]);
  const frame = Buffer.concat([Buffer.from('APIC'), Buffer.from([...safe(body.length), 0, 0]), body]);
  return Buffer.concat([Buffer.from('ID3\u0004\0\0', 'latin1'), Buffer.from(safe(frame.length)), frame]);
}

/** Numbers that look random and are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A copy that is cut, or has some bytes changed, as the seed will have it. */
export function mutilated(bytes: Buffer, seed: number): Buffer {
  const random = seeded(seed);
  const copy = Buffer.from(bytes);
  if (random() < 0.3) return copy.subarray(0, 1 + Math.floor(random() * copy.length));
  const changes = 1 + Math.floor(random() * 30);
  for (let count = 0; count < changes; count += 1) {
    // Headers are where the lies do harm.
    const reach = random() < 0.5 ? Math.min(2000, copy.length) : copy.length;
    copy[Math.floor(random() * reach)] = Math.floor(random() * 256);
  }
  return copy;
}
