import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hardenSharp } from '../../pipeline/media/harden-sharp.js';
import type { WantedOutput } from '../../pipeline/media/plan.js';
import { renderAll } from '../../pipeline/media/render.js';
import { detectTools } from '../../pipeline/media/tools.js';
import type { Files } from './work.js';

export interface ProductInput {
  source: string;
  outputs: WantedOutput[];
  folder: string;
  /** A small picture to begin with: what is measured is a worker that has run a while, whose picture process is up. */
  warmUp: string;
}

/** The product's own way from the probe to the verified files. */
export async function product({ source, outputs, folder, warmUp }: ProductInput) {
  const tools = await detectTools();
  hardenSharp({ concurrency: 2 });
  await mkdir(join(folder, 'warm'), { recursive: true });
  await mkdir(join(folder, 'made'), { recursive: true });
  await renderAll({ inputPath: warmUp, workDir: join(folder, 'warm'), outputs, tools });
  return async (): Promise<Files> => {
    const made = await renderAll({ inputPath: source, workDir: join(folder, 'made'), outputs, tools });
    return Object.fromEntries(
      [...made].map(([key, outcome]) => {
        if (!outcome.ok)
          throw new Error(`${key}: ${outcome.failure.message} ${String(outcome.failure.cause)}`);
        return [key, outcome.path];
      }),
    );
  };
}
