import { readFileSync } from 'node:fs';
import { fontFile } from './bundled-fonts.js';

/** Which characters a TTF has a shape for, read from its `cmap` table (formats 4 and 12, as OpenType defines them). */
export function readCoverage(font: Buffer): (codePoint: number) => boolean {
  const tables = font.readUInt16BE(4);
  for (let index = 0; index < tables; index += 1) {
    const entry = 12 + index * 16;
    if (font.toString('latin1', entry, entry + 4) !== 'cmap') continue;
    const cmap = font.readUInt32BE(entry + 8);
    const ranges = subtables(font, cmap).flatMap((at) => rangesOf(font, at));
    return (codePoint) => ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
  }
  throw new Error('the bundled font has no character table');
}

function subtables(font: Buffer, cmap: number): number[] {
  const count = font.readUInt16BE(cmap + 2);
  return Array.from({ length: count }, (_, index) => cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4));
}

function rangesOf(font: Buffer, at: number): [number, number][] {
  const format = font.readUInt16BE(at);
  if (format === 4) {
    const segments = font.readUInt16BE(at + 6) / 2;
    return Array.from({ length: segments }, (_, index): [number, number] => [
      font.readUInt16BE(at + 14 + segments * 2 + 2 + index * 2),
      font.readUInt16BE(at + 14 + index * 2),
    ]).filter(([, last]) => last !== 0xffff);
  }
  if (format === 12) {
    const groups = font.readUInt32BE(at + 12);
    return Array.from({ length: groups }, (_, index): [number, number] => [
      font.readUInt32BE(at + 16 + index * 12),
      font.readUInt32BE(at + 20 + index * 12),
    ]);
  }
  return [];
}

/** Joiners, line ends and spaces, which need no shape of their own. */
const shapeless = /[\n\u00a0\u200b-\u200d\u2060]|\ufe0e|\ufe0f/;

/** The characters of a text that the bundled font cannot draw, each once. */
export function missingCharacters(text: string): string[] {
  const covers = readCoverage(readFileSync(fontFile(400)));
  return [...new Set(text)].filter((sign) => !shapeless.test(sign) && !covers(sign.codePointAt(0) ?? 0));
}
