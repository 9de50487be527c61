import encodeQR from 'qr';
import type { RawPicture } from '../raw-picture.js';

/** White modules around the code that a reader needs to find it. */
const quietZone = 4;

/**
 * An address as a QR code at most as wide as asked: whole pixels for each module, so that it stays sharp, and its
 * own white ground on any colour. Null when a module would be smaller than `leastModulePx`.
 */
export function drawCode({
  address,
  maxSide,
  leastModulePx,
}: {
  address: string;
  maxSide: number;
  leastModulePx: number;
}): RawPicture | null {
  const modules = encodeQR(address, 'raw', { ecc: 'medium', border: quietZone });
  const modulePx = Math.floor(maxSide / modules.length);
  if (modulePx < leastModulePx) return null;
  const side = modulePx * modules.length;
  const data = Buffer.alloc(side * side * 3, 255);
  modules.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let line = 0; line < modulePx; line += 1) {
        const start = ((y * modulePx + line) * side + x * modulePx) * 3;
        data.fill(0, start, start + modulePx * 3);
      }
    });
  });
  return { data, width: side, height: side, channels: 3 };
}
