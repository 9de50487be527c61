import { MediaFailure } from './media-failure.js';

/** A camera writes some hundred entries; the reader of libvips visits what links in a circle millions of times. */
const mostEntries = 4000;
/** Of all blocks together: a file may name the same long list millions of times. */
const mostOfAll = 100 * mostEntries;
/** Tags that lead to a further list: Exif, GPS and interoperability. */
const linkTags: readonly number[] = [0x8769, 0x8825, 0xa005];
const deepest = 12;

/** What every block of camera data begins with. */
const marks = [Buffer.from('II*\0', 'latin1'), Buffer.from('MM\0*', 'latin1')];

/** Whether a block of camera data may begin in these bytes. */
export function holdsExif(bytes: Buffer): boolean {
  return marks.some((mark) => bytes.includes(mark));
}

/** Entries a reader that follows every link meets in the block that starts at `start`; stops counting at the limit. */
function entriesFrom(bytes: Buffer, start: number): number {
  const little = bytes[start] === 0x49;
  const word = (at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  let met = 0;
  const walk = (offset: number, depth: number): void => {
    const list = start + offset;
    // Zero says that there is no such list.
    if (offset === 0 || depth > deepest || list + 2 > bytes.length) return;
    const count = word(list);
    for (let index = 0; index < count && met <= mostEntries; index += 1) {
      const at = list + 2 + index * 12;
      if (at + 12 > bytes.length) return;
      met += 1;
      if (linkTags.includes(word(at))) walk(long(at + 8), depth + 1);
    }
    const next = list + 2 + count * 12;
    if (depth === 0 && next + 4 <= bytes.length) walk(long(next), depth + 1);
  };
  if (start + 8 <= bytes.length) walk(long(start + 4), 0);
  return met;
}

/**
 * Refuses a picture whose camera data links in circles: 80 KB of it held the decoder for 100 s, where no
 * time limit reaches. Wherever in the file such a block may lie, it begins with one of two marks.
 */
export function refuseExifLoops(bytes: Buffer): void {
  let all = 0;
  for (const mark of marks) {
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
      const entries = entriesFrom(bytes, at);
      all += entries;
      if (entries > mostEntries || all > mostOfAll) throw new MediaFailure('damaged');
    }
  }
}
