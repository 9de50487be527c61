import { readConfig } from '../config.js';
import { openDatabase } from '../database/open-database.js';
import { runningUrl } from '../database/running-url.js';
import { verifyChain } from './verify-chain.js';

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
    const { ok, rows, brokenSeq, reason } = await verifyChain(opened.database);
    const broken = `broken at row ${brokenSeq}: ${reason}; the ${rows} rows before it are sound`;
    process.stdout.write(ok ? `ok, ${rows} rows\n` : `${broken}\n`);
    return ok ? 0 : 1;
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
