import { MediaFailure } from './media-failure.js';

/** How far a browser or an archive program looks from either end of a file for what it knows. */
export const lookedAt = 128 * 1024;
/** Texts of honest documents may speak of pages; only what stands at the very beginning makes one a page. */
const lookedAtInDocuments = 1024;

/** Programs as browsers and servers know them; none stands in the metadata of an honest picture or film. */
const programs =
  /<script[\s>/]|<html[\s>]|<!doctype\s+html|<\?php\s|<iframe[\s>]|^gif8[79]a(=[\x20-\x7e]|\/\*)/i;

/** Archives found by their first bytes, wherever these stand. */
const archives = [
  Buffer.from('Rar!\u001a\u0007', 'latin1'),
  Buffer.from('7z\u00bc\u00af\u0027\u001c', 'latin1'),
];

/** The end record of a ZIP, whose fields must agree with each other: the mark alone can be chance. */
function endsAsZip(tail: Buffer, fileBytes: number): boolean {
  const mark = Buffer.from('PK\u0005\u0006', 'latin1');
  for (let at = tail.lastIndexOf(mark); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(mark, at - 1)) {
    if (at + 22 > tail.length) continue;
    const [onDisk, entries] = [tail.readUInt16LE(at + 8), tail.readUInt16LE(at + 10)];
    const listed = tail.readUInt32LE(at + 12);
    if (onDisk === entries && entries > 0 && listed >= entries * 46 && listed < fileBytes) return true;
  }
  return false;
}

function found(what: string): never {
  throw new MediaFailure('type_mismatch', { actual: what });
}

/** Refuses bytes in which an archive begins. */
export function refuseArchives(bytes: Buffer): void {
  if (archives.some((mark) => bytes.includes(mark))) found('RAR, 7z');
}

/**
 * Refuses a file that is two things at once: behind or inside a proper picture, film or document lies an
 * archive or a program for whoever opens it as that. `head` and `tail` are up to `lookedAt` bytes.
 */
export function refuseSecondContent({
  head,
  tail,
  fileBytes,
  isDocument,
}: {
  head: Buffer;
  tail: Buffer;
  fileBytes: number;
  isDocument: boolean;
}): void {
  if (endsAsZip(tail, fileBytes)) found('ZIP');
  const texts = isDocument ? [head.subarray(0, lookedAtInDocuments)] : [head, tail];
  if (texts.some((text) => programs.test(text.toString('latin1')))) found('HTML');
  // Readers of PDF look for its beginning in the first kilobyte of any file.
  if (!isDocument && head.subarray(0, 1024).includes('%PDF-')) found('PDF');
}
