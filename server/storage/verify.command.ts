import path from 'node:path';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { readConfig } from '../config.js';
import { openDatabase } from '../database/open-database.js';
import { runningUrl } from '../database/running-url.js';
import { isSound, verifyFiles } from './integrity.js';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const { database, dataDir } = readConfig(process.env);
  const url = database.url ?? (await runningUrl(dataDir));
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const opened = await openDatabase({
    settings: { url, ownerUrl: null },
    dataDir,
    poolSize: 1,
    logger: quiet,
  });
  try {
    // A folder without the marker is refused even when no row names a file: looking must not make a store.
    const files = await openDiskStore({ directory: path.join(dataDir, 'storage'), expectFiles: true });
    const report = await verifyFiles({ db: opened.database, files });
    const { rows, missing, damaged, unrecorded } = report;
    for (const [what, hashes] of Object.entries({ missing, damaged, unrecorded }))
      for (const sha256 of hashes) say(`${what} ${sha256}`);
    say(
      isSound(report)
        ? `ok, ${rows} files`
        : `${rows} files: ${missing.length} missing, ${damaged.length} with another size or content, ` +
            `${unrecorded.length} without a row`,
    );
    return isSound(report) ? 0 : 1;
  } finally {
    await opened.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
