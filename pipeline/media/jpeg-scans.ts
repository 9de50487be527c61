import { MediaFailure } from './media-failure.js';

/** By how much the decoder of JPEG gives a smaller picture for less work, largest first. */
export const jpegHalvings: readonly number[] = [8, 4, 2];

/** Encoders write ten at most. Each is a walk over all pixels, however few bytes it has. */
const mostScans = 64;

/** Refuses a JPEG of so many scans that decoding takes minutes: 400 KB of them took 36 s of processor. */
export function refuseScanFlood(bytes: Buffer): void {
  let scans = 0;
  let at = 2;
  while (at >= 0 && at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    const standsAlone = marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7);
    if (bytes[at] !== 0xff) at = bytes.indexOf(0xff, at);
    else if (marker === 0xff) at += 1;
    else if (standsAlone) at = bytes.indexOf(0xff, at + 2);
    else if (marker === 0xd9) return;
    else {
      if (marker === 0xda) scans += 1;
      if (scans > mostScans) throw new MediaFailure('damaged');
      at += 2 + bytes.readUInt16BE(at + 2);
    }
  }
}
