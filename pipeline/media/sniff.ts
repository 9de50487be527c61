import { open } from 'node:fs/promises';
import type { MediaKind } from '../../server/contract/lists.js';
import { MediaFailure } from './media-failure.js';

/** The type of a file by its first bytes. The name and the declared type never decide. */
export interface Sniffed {
  mime: string;
  /** First guess: a video container that holds only sound, or a moving GIF, is settled by the probe. */
  kind: MediaKind;
  extension: string;
  /** The one demuxer ffmpeg may use, null for what ffmpeg never opens. */
  demuxer: 'mov' | 'matroska' | 'avi' | 'gif' | 'mp3' | 'wav' | 'ogg' | 'flac' | 'aac' | null;
}

const headBytes = 4096;
/** iPhone pictures: sharp's own build leaves HEVC out, and the maintained decoder for Node (libheif) is LGPL: refused in words. */
const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs'];
const quickTimeStarts = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];

function type(mime: string, kind: MediaKind, extension: string, demuxer: Sniffed['demuxer'] = null): Sniffed {
  return { mime, kind, extension, demuxer };
}

function baseMedia(head: Buffer): Sniffed {
  const size = Math.min(Math.max(head.readUInt32BE(0), 16), head.length);
  const major = head.toString('latin1', 8, 12);
  const brands = [major];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(head.toString('latin1', at, at + 4));
  if (brands.some((brand) => brand === 'avif' || brand === 'avis'))
    return type('image/avif', 'image', 'avif');
  if (brands.some((brand) => heicBrands.includes(brand)) || major === 'mif1' || major === 'msf1') {
    throw new MediaFailure('heic_not_supported');
  }
  if (major === 'M4A ' || major === 'M4B ') return type('audio/mp4', 'audio', 'm4a', 'mov');
  if (major === 'qt  ') return type('video/quicktime', 'video', 'mov', 'mov');
  return type('video/mp4', 'video', 'mp4', 'mov');
}

/** Text is never media: say which kind of text when that helps the person. */
function refuseText(head: Buffer): never {
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (
    /^(#EXTM3U|ffconcat|\[playlist\]|#EXTINF)/i.test(text) ||
    /^[^\0]{0,2000}<(MPD|smil|asx)[\s>]/i.test(text)
  ) {
    throw new MediaFailure('playlist_not_allowed');
  }
  if (text.startsWith('<') && /<svg[\s>]/i.test(text)) throw new MediaFailure('svg_not_allowed');
  throw new MediaFailure('type_not_allowed');
}

/** Decides from the leading bytes; throws a MediaFailure for what is not taken. */
export function sniffBytes(head: Buffer): Sniffed {
  if (head.length === 0) throw new MediaFailure('empty_file');
  const ascii = (start: number, end: number): string => head.toString('latin1', start, end);
  const starts = (...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);

  if (starts(0xff, 0xd8, 0xff)) return type('image/jpeg', 'image', 'jpg');
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return type('image/png', 'image', 'png');
  if (/^GIF8[79]a/.test(ascii(0, 6))) return type('image/gif', 'image', 'gif', 'gif');
  if (ascii(0, 4) === 'RIFF') {
    if (ascii(8, 12) === 'WEBP') return type('image/webp', 'image', 'webp');
    if (ascii(8, 12) === 'WAVE') return type('audio/wav', 'audio', 'wav', 'wav');
    if (ascii(8, 11) === 'AVI') return type('video/x-msvideo', 'video', 'avi', 'avi');
  }
  if (ascii(4, 8) === 'ftyp' && head.length >= 16) return baseMedia(head);
  if (head.length >= 16 && quickTimeStarts.includes(ascii(4, 8)))
    return type('video/quicktime', 'video', 'mov', 'mov');
  if (starts(0x1a, 0x45, 0xdf, 0xa3)) {
    return ascii(0, 64).includes('webm')
      ? type('video/webm', 'video', 'webm', 'matroska')
      : type('video/x-matroska', 'video', 'mkv', 'matroska');
  }
  if (ascii(0, 4) === 'OggS') return type('audio/ogg', 'audio', 'ogg', 'ogg');
  if (ascii(0, 4) === 'fLaC') return type('audio/flac', 'audio', 'flac', 'flac');
  if (ascii(0, 3) === 'ID3') return type('audio/mpeg', 'audio', 'mp3', 'mp3');
  if (ascii(0, 5) === '%PDF-') return type('application/pdf', 'document', 'pdf');
  const second = head[1] ?? 0;
  if (head[0] === 0xff && (second & 0xf6) === 0xf0) return type('audio/aac', 'audio', 'aac', 'aac');
  // An MPEG audio frame header: sync bits, a real layer, bit rate and sample rate.
  const third = head[2] ?? 0xff;
  if (
    head[0] === 0xff &&
    (second & 0xe0) === 0xe0 &&
    (second & 0x06) !== 0 &&
    third >> 4 !== 15 &&
    (third & 0x0c) !== 0x0c
  ) {
    return type('audio/mpeg', 'audio', 'mp3', 'mp3');
  }
  return refuseText(head);
}

/** Reads the first bytes of a file and decides its type; throws a MediaFailure for what is not taken. */
export async function sniffFile(path: string): Promise<Sniffed> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return sniffBytes(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
