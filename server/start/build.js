import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runTool, say } from './steps.js';

async function filesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = await Promise.all(
    entries.map((entry) => {
      const place = path.join(folder, entry.name);
      if (!entry.isDirectory()) return [place];
      return entry.name === 'dist' || entry.name === 'node_modules' ? [] : filesUnder(place);
    }),
  );
  return lists.flat();
}

/** A hash of everything the built screens depend on. */
async function sourceHash(root) {
  const folders = await Promise.all(
    ['ui', 'server/contract'].map((folder) => filesUnder(path.join(root, folder))),
  );
  const files = [
    ...folders.flat(),
    path.join(root, 'package-lock.json'),
    path.join(root, 'tsconfig.json'),
  ].sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const body = await readFile(file).catch(() => Buffer.alloc(0));
    hash.update(`${path.relative(root, file)}\0${body.length}\0`).update(body);
  }
  return hash.digest('hex');
}

/** Builds the screens when their sources have changed since the last build that finished. */
export async function buildUi(root) {
  const stampFile = path.join(root, 'ui', 'dist', '.stamp');
  const hash = await sourceHash(root);
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === hash) return;
  say('building the screens');
  await rm(stampFile, { force: true });
  await runTool(root, 'vite', ['build', 'ui', '--logLevel', 'warn']);
  await writeFile(stampFile, hash);
}
