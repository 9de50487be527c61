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
