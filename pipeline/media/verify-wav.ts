import { readFile } from 'node:fs/promises';
import type { PcmSettings } from '../../server/contract/format.js';
import { demand, demandSame } from './demand.js';

const formatTag = { pcm_s16le: 1, pcm_alaw: 6, pcm_mulaw: 7 } as const;

/** Loudness of one eight-bit A-law sample on the scale of 16-bit ones (ITU-T G.711). */
function alawLevel(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code & 0x70) >> 4;
  const step = ((code & 0x0f) << 4) + 8;
  return segment === 0 ? step : (step + 0x100) << (segment - 1);
}

/** The same of a µ-law sample. */
function mulawLevel(byte: number): number {
  const code = ~byte & 0xff;
  return ((((code & 0x0f) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84;
}

function peak(data: Buffer, codec: PcmSettings['codec']): number {
  let most = 0;
  if (codec === 'pcm_s16le') {
    for (let at = 0; at + 1 < data.length; at += 2) most = Math.max(most, Math.abs(data.readInt16LE(at)));
    return most;
  }
  const level = codec === 'pcm_alaw' ? alawLevel : mulawLevel;
  for (const byte of data) most = Math.max(most, level(byte));
  return most;
}

/**
 * Reads a made WAV as a strict dialling machine does: nothing before or after header and samples, and
 * no sample above the peak. The file is small by its format's byte limit. Throws MediaFailure.
 */
export async function verifyWav(path: string, settings: PcmSettings): Promise<void> {
  const bytes = await readFile(path);
  demandSame('container', `${bytes.toString('latin1', 0, 4)}${bytes.toString('latin1', 8, 12)}`, 'RIFFWAVE');
  demandSame('stated length', bytes.readUInt32LE(4), bytes.length - 8);
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    chunks.set(bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  const names = [...chunks.keys()].filter((name) => name !== 'fact').join();
  demandSame('parts', names, 'fmt ,data');
  const head = chunks.get('fmt ') ?? Buffer.alloc(16);
  const data = chunks.get('data') ?? Buffer.alloc(0);
  demandSame('kind of samples', head.readUInt16LE(0), formatTag[settings.codec]);
  demandSame('channels', head.readUInt16LE(2), settings.channels);
  demandSame('sample rate', head.readUInt32LE(4), settings.sampleRate);
  demandSame('bits a sample', head.readUInt16LE(14), settings.codec === 'pcm_s16le' ? 16 : 8);
  const loudest = 20 * Math.log10(Math.max(1, peak(data, settings.codec)) / 32_768);
  demand('peak', Math.round(loudest * 100) / 100, settings.maxPeak, loudest <= settings.maxPeak);
}
