import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { loadFormats } from '../../pipeline/formats/load-formats.js';
import type { MediaLimits } from '../../pipeline/media/limits.js';
import type { WantedOutput } from '../../pipeline/media/plan.js';
import { type RenderInput, type RenderOutcome, renderAll } from '../../pipeline/media/render.js';
import { detectTools, type MediaTools } from '../../pipeline/media/tools.js';
import type { FormatSpec } from '../../server/contract/format.js';
import { defaultRecipe, type Recipe } from '../../server/contract/recipe.js';

const run = promisify(execFile);

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url));
}

/** A folder for hostile and ordinary inputs, and one fresh work folder per run. */
export interface MediaBench {
  tools: MediaTools;
  folder: string;
  formats: ReadonlyMap<string, FormatSpec>;
  format(code: string): FormatSpec;
  wanted(code: string, recipe?: Partial<Recipe>): WantedOutput;
  work(): Promise<string>;
  write(name: string, content: Buffer | string): Promise<string>;
  /** Runs ffmpeg to make an input file. */
  make(name: string, args: readonly string[]): Promise<string>;
  render(
    inputPath: string,
    outputs: readonly (string | WantedOutput)[],
    more?: Partial<RenderInput>,
  ): Promise<Map<string, RenderOutcome>>;
  close(): Promise<void>;
}

export async function openMediaBench(): Promise<MediaBench> {
  const folder = await mkdtemp(join(tmpdir(), 'tathya-media-'));
  const tools = await detectTools();
  // What was made is read again, also by a loader that a worker in this process keeps shut.
  sharp.unblock({ operation: ['VipsForeignLoadTiff'] });
  const formats = new Map((await loadFormats()).map((one) => [one.code, one]));
  const format = (code: string): FormatSpec => {
    const found = formats.get(code);
    if (!found) throw new Error(`no format ${code}`);
    return found;
  };
  const wanted = (code: string, recipe: Partial<Recipe> = {}): WantedOutput => {
    const spec = format(code);
    return {
      key: code,
      format: spec,
      recipe: { ...defaultRecipe({ framing: spec.defaultFraming }), ...recipe },
    };
  };
  const work = (): Promise<string> => mkdtemp(join(folder, 'work-'));
  return {
    tools,
    folder,
    formats,
    format,
    wanted,
    work,
    async write(name, content) {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    },
    async make(name, args) {
      await run(tools.ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args, join(folder, name)]);
      return join(folder, name);
    },
    async render(inputPath, outputs, more = {}) {
      const asked = outputs.map((one) => (typeof one === 'string' ? wanted(one) : one));
      return renderAll({ inputPath, workDir: await work(), outputs: asked, tools, ...more });
    },
    async close() {
      tools.pictures.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The made file of a key; fails with the reason when there is none. */
export function made(outcomes: Map<string, RenderOutcome>, key: string) {
  const outcome = outcomes.get(key);
  if (!outcome?.ok)
    throw new Error(`${key} failed: ${outcome?.failure.message} ${String(outcome?.failure.cause)}`);
  return outcome;
}

/** Why a key was not made; an unforeseen reason comes with its cause, so that the test shows it. */
export function failureCode(outcomes: Map<string, RenderOutcome>, key: string): string {
  const outcome = outcomes.get(key);
  if (outcome === undefined || outcome.ok) return 'made';
  const { code, cause } = outcome.failure;
  return code === 'internal' ? `internal: ${String(cause)}` : code;
}

/** Arguments for a moving test picture with a tone, `seconds` long. */
export function clip({
  seconds = 3,
  size = '320x240',
  rate = 25,
  sound = true,
}: {
  seconds?: number;
  size?: string;
  rate?: number;
  sound?: boolean;
} = {}): string[] {
  return [
    ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`],
    ...(sound ? ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-c:a', 'aac'] : []),
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
  ];
}

function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

/** A PNG of a hundred bytes that claims any size. */
export function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = Buffer.from([0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A GIF of a few kilobytes whose many frames each cover a large screen. */
export function gifClaiming(width: number, height: number, frames: number): Buffer {
  const screen = Buffer.from([0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  const frame = Buffer.from([
    0x21, 0xf9, 4, 0, 4, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0,
  ]);
  return Buffer.concat([
    Buffer.from('GIF89a'),
    screen,
    ...Array<Buffer>(frames).fill(frame),
    Buffer.from([0x3b]),
  ]);
}

/** A WebM whose VP8 key frames say another size than the container does. */
export async function claimVp8Size(path: string, width: number, height: number): Promise<Buffer> {
  const bytes = await readFile(path);
  const mark = Buffer.from([0x9d, 0x01, 0x2a]);
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    bytes.writeUInt16LE(width, at + 3);
    bytes.writeUInt16LE(height, at + 5);
  }
  return bytes;
}

/** Limits with some lowered, so that a test need not wait or build something huge. */
export function lowered(base: MediaLimits, part: Partial<MediaLimits>): MediaLimits {
  return { ...base, ...part };
}
