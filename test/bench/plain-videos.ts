import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from './work.js';

/** One output in ffmpeg's own words; all have the same encoder settings. */
export interface PlainVideo {
  key: string;
  /** From the decoded picture to the frame, for example `crop=608:1080:656:0,scale=1080:1920`. */
  filter: string;
}

export interface PlainVideosInput {
  source: string;
  outputs: PlainVideo[];
  sound: string;
  /** Options of the encoders, written by hand from the format's numbers. */
  encoder: string[];
  /** One process for all outputs, or one for each. */
  together: boolean;
  folder: string;
}

export function runFfmpeg(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', ['-hide_banner', '-nostdin', '-y', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000);
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(said.slice(-2_000)))));
  });
}

/** ffmpeg as one would type it: every output alone, or all from one decode. */
export async function plainVideos({ source, outputs, sound, encoder, together, folder }: PlainVideosInput) {
  await mkdir(folder, { recursive: true });
  const files: Files = Object.fromEntries(outputs.map(({ key }) => [key, join(folder, `${key}.mp4`)]));
  const fileOf = (key: string): string => files[key] ?? '';
  return async (): Promise<Files> => {
    if (!together) {
      for (const { key, filter } of outputs) {
        await runFfmpeg(['-v', 'error', '-i', source, '-vf', filter, '-af', sound, ...encoder, fileOf(key)]);
      }
      return files;
    }
    const names = outputs.map((_, index) => index);
    const graph = [
      `[0:v]split=${names.length}${names.map((name) => `[s${name}]`).join('')}`,
      ...outputs.map(({ filter }, index) => `[s${index}]${filter}[v${index}]`),
      `[0:a]${sound},asplit=${names.length}${names.map((name) => `[a${name}]`).join('')}`,
    ].join(';');
    const targets = outputs.flatMap(({ key }, index) => [
      ...['-map', `[v${index}]`, '-map', `[a${index}]`, ...encoder, fileOf(key)],
    ]);
    await runFfmpeg(['-v', 'error', '-i', source, '-filter_complex', graph, ...targets]);
    return files;
  };
}
