import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { topLevelBoxes } from './boxes.js';
import type { Sniffed } from './sniff.js';

/** The UUID box in which C2PA keeps its manifest in MP4 files. */
const c2paUuid = 'd8fec3d61b0e483c92975828877ec481';
const largestManifest = 32 * 1024 * 1024;
const mostParts = 5000;

interface Part {
  start: number;
  size: number;
}

async function readPart(handle: FileHandle, start: number, size: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, start);
  return buffer.subarray(0, bytesRead);
}

/** JPEG: APP11 segments before the image data. */
async function jpegParts(handle: FileHandle): Promise<Part[]> {
  const parts: Part[] = [];
  let at = 2;
  for (let seen = 0; seen < mostParts; seen += 1) {
    const head = await readPart(handle, at, 4);
    if (head.length < 4 || head[0] !== 0xff || head[1] === 0xda || head[1] === 0xd9) break;
    const size = head.readUInt16BE(2);
    if (size < 2) break;
    if (head[1] === 0xeb) parts.push({ start: at + 4, size: size - 2 });
    at += 2 + size;
  }
  return parts;
}

/** PNG chunk `caBX` or RIFF chunk `C2PA`: a name and a length either way. */
async function chunkParts(handle: FileHandle, kind: 'png' | 'riff'): Promise<Part[]> {
  let at = kind === 'png' ? 8 : 12;
  for (let seen = 0; seen < mostParts; seen += 1) {
    const head = await readPart(handle, at, 8);
    if (head.length < 8) break;
    const size = kind === 'png' ? head.readUInt32BE(0) : head.readUInt32LE(4);
    const name = kind === 'png' ? head.toString('latin1', 4, 8) : head.toString('latin1', 0, 4);
    if (name === (kind === 'png' ? 'caBX' : 'C2PA')) return [{ start: at + 8, size }];
    at += kind === 'png' ? 12 + size : 8 + size + (size % 2);
  }
  return [];
}

async function findParts(handle: FileHandle, type: Sniffed): Promise<Part[]> {
  if (type.mime === 'image/jpeg') return jpegParts(handle);
  if (type.mime === 'image/png') return chunkParts(handle, 'png');
  if (type.mime === 'image/webp' || type.mime === 'audio/wav') return chunkParts(handle, 'riff');
  if (type.demuxer !== 'mov' && type.mime !== 'image/avif') return [];
  const boxes = await topLevelBoxes(handle);
  return boxes.filter((box) => box.uuid === c2paUuid).map(({ start, size }) => ({ start, size }));
}

/**
 * SHA-256 of a file's C2PA manifest (its provenance record), or null when it has none. The manifest
 * is neither read nor believed: its presence and hash are recorded before re-encoding removes it.
 */
export async function c2paHash(path: string, type: Sniffed): Promise<string | null> {
  const handle = await open(path, 'r');
  try {
    const parts = await findParts(handle, type);
    const total = parts.reduce((sum, part) => sum + part.size, 0);
    if (parts.length === 0 || total > largestManifest) return null;
    const bytes = Buffer.concat(
      await Promise.all(parts.map((part) => readPart(handle, part.start, part.size))),
    );
    if (type.mime === 'image/jpeg' && !bytes.includes('c2pa')) return null;
    return createHash('sha256').update(bytes).digest('hex');
  } finally {
    await handle.close();
  }
}
