import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fontSettings } from '../../pipeline/fonts/bundled-fonts.js';
import { type Bench, type Figure, isMet, tableOf } from './figure.js';
import { watchHost } from './host.js';

const ending = '.bench.ts';

/** Every file `<part>.bench.ts` beside this one is a part. */
async function partNames(): Promise<string[]> {
  const files = await readdir(import.meta.dirname);
  return files.flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : [])).sort();
}

function isPart(loaded: unknown): loaded is { bench: Bench } {
  return (
    typeof loaded === 'object' && loaded !== null && 'bench' in loaded && typeof loaded.bench === 'function'
  );
}

async function measure(part: string, options: { runs: number; data: string | null }): Promise<Figure[]> {
  const loaded: unknown = await import(`./${part}.bench.js`);
  if (!isPart(loaded)) throw new Error(`${part}${ending} exports no bench`);
  const folder = await mkdtemp(path.join(tmpdir(), `tathya-bench-${part}-`));
  try {
    return await loaded.bench({ ...options, folder, say: (line) => console.info(`  ${line}`) });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function main(): Promise<void> {
  process.env.FONTCONFIG_FILE = fontSettings;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      data: { type: 'string' },
      runs: { type: 'string', default: '3' },
    },
  });
  const known = await partNames();
  const unknown = positionals.filter((name) => !known.includes(name));
  const runs = Number(values.runs);
  if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
    console.error(`Usage: npm run bench -- [${known.join(' | ')}] [--runs N] [--data DIR] [--json FILE]`);
    process.exitCode = 2;
    return;
  }
  const figures: Figure[] = [];
  for (const part of positionals.length > 0 ? positionals : known) {
    console.info(`${part}:`);
    const stolen = watchHost();
    const measured = await measure(part, { runs, data: values.data ?? null });
    console.info(tableOf(measured));
    console.info(`meanwhile the host gave ${Math.round(stolen() * 100)} % of the processor time to others\n`);
    figures.push(...measured);
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  const missed = figures.filter((figure) => isMet(figure) === false);
  if (missed.length > 0) console.info(`goals not met: ${missed.map(({ name }) => name).join(', ')}`);
}

await main();
