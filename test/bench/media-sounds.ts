import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { soundPrintOf } from '../../pipeline/media/prints/sound-prints.js';
import type { Dice } from './media-pictures.js';

const run = promisify(execFile);
const rate = 11_025;
/** Words that hear something of the sound before. */
const echo = 20;

/** A voice that says nothing: a hum through three throats that change with each syllable, breath and pauses. */
export function inventedVoice(roll: Dice, seconds: number): Int16Array {
  const samples = new Int16Array(Math.round(seconds * rate));
  const pitch = 90 + roll() * 140;
  const state = new Float64Array(6);
  let [left, voiced, loud, phase] = [0, true, 0, 0];
  let throats: { a: number; b: number }[] = [];
  for (let at = 0; at < samples.length; at += 1) {
    if (left <= 0) {
      left = rate * (0.07 + roll() * 0.2);
      voiced = roll() < 0.75;
      loud = roll() < 0.12 ? 0 : 0.3 + roll() * 0.7;
      throats = [280 + roll() * 620, 900 + roll() * 1500, 2300 + roll() * 1200].map((hertz) => {
        const narrow = Math.exp((-Math.PI * (60 + roll() * 80)) / rate);
        return { a: 2 * narrow * Math.cos((2 * Math.PI * hertz) / rate), b: -narrow * narrow };
      });
    }
    left -= 1;
    phase += (pitch * (1 + 0.15 * Math.sin(at / 4000))) / rate;
    const pulse = phase >= 1 ? 1 : 0;
    if (phase >= 1) phase -= 1;
    const source = loud * (voiced ? pulse : (roll() - 0.5) * 0.12);
    let sum = 0;
    for (const [index, { a, b }] of throats.entries()) {
      const [one = 0, two = 0] = [state[2 * index], state[2 * index + 1]];
      const next = source + a * one + b * two;
      state[2 * index + 1] = one;
      state[2 * index] = next;
      sum += next / (index + 1);
    }
    samples[at] = Math.max(-32_000, Math.min(32_000, sum * 2400));
  }
  return samples;
}

/** A sound file of these samples. */
export function waveOf(samples: Int16Array): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

/** The words ffmpeg's Chromaprint hears, as in `pipeline/media/prints/print-media.ts`. */
export async function wordsOf(folder: string, content: Buffer): Promise<number[]> {
  const [input, output] = [path.join(folder, 'print-in'), path.join(folder, 'print-out')];
  await writeFile(input, content);
  const to = ['-vn', '-ac', '1', '-ar', String(rate), '-f', 'chromaprint', '-fp_format', 'raw', output];
  await run('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-i', input, ...to]);
  const raw = await readFile(output);
  return soundPrintOf(raw)?.words ?? [];
}

/** Prints of so many invented voices of 8 seconds; printed a hundred at a time, for speed. */
export async function inventedPrints(folder: string, roll: Dice, count: number): Promise<number[][]> {
  const [together, seconds] = [100, 8];
  const prints: number[][] = [];
  while (prints.length < count) {
    const many = Math.min(together, count - prints.length);
    const samples = new Int16Array(many * seconds * rate);
    for (let one = 0; one < many; one += 1) samples.set(inventedVoice(roll, seconds), one * seconds * rate);
    const words = await wordsOf(folder, waveOf(samples));
    const each = (seconds * rate) / 1365;
    for (let one = 0; one < many; one += 1) {
      prints.push(words.slice(Math.round(one * each) + echo, Math.round((one + 1) * each)));
    }
  }
  return prints.filter((words) => words.length > 0);
}
