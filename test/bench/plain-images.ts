import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Files } from './work.js';

export interface PlainImage {
  key: string;
  width: number;
  height: number | null;
  quality: number;
  mozjpeg: boolean;
}

export interface PlainImagesInput {
  source: string;
  outputs: PlainImage[];
  folder: string;
  warmUp: string;
}

/** The way everybody begins with: one sharp() call for each output. */
export async function plainImages({ source, outputs, folder, warmUp }: PlainImagesInput) {
  sharp.concurrency(2);
  await mkdir(folder, { recursive: true });
  const make = async (from: string): Promise<Files> => {
    const files: Files = {};
    for (const { key, width, height, quality, mozjpeg } of outputs) {
      const file = join(folder, `${key}.jpg`);
      await sharp(from)
        .autoOrient()
        .resize(width, height, { fit: 'cover' })
        .jpeg({ quality, mozjpeg })
        .toFile(file);
      files[key] = file;
    }
    return files;
  };
  await make(warmUp);
  return () => make(source);
}
