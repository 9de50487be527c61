import { fileURLToPath } from 'node:url';
import { fontSettings } from '../pipeline/fonts/bundled-fonts.js';
import { composeApi } from './compose.js';
import { composeWorker } from './compose-worker.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { openDatabase } from './database/open-database.js';
import { createClosing } from './run/closing.js';
import { createProcessLogger, type ProcessLogger } from './run/process-logger.js';
import { superviseWorker } from './run/supervise-worker.js';
import { welcome } from './run/welcome.js';
import { fillFirstTime } from './sample/first-time.js';

const uiDirectory = fileURLToPath(new URL('../ui/dist', import.meta.url));

/** Lines for the person at the terminal; the log has its own place. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function runWorker(
  config: Config,
  { logger }: ProcessLogger,
  closing: ReturnType<typeof createClosing>,
): Promise<void> {
  const opened = await openDatabase({
    settings: { url: config.database.url, ownerUrl: null },
    dataDir: config.dataDir,
    poolSize: 6,
    logger,
  });
  closing.add('database', () => opened.close());
  const worker = await composeWorker({ config, db: opened.database, appUrl: opened.appUrl, logger });
  closing.add('worker', () => worker.stop());
  logger.info({ workerId: worker.id }, 'worker started');
}

async function runServer(
  config: Config,
  log: ProcessLogger,
  closing: ReturnType<typeof createClosing>,
  { empty }: { empty: boolean },
): Promise<void> {
  const startedAt = performance.now();
  const all = config.role === 'all';
  if (all) say(config.database.url === null ? 'Starting the database …' : 'Opening the database …');
  const opened = await openDatabase({
    settings: config.database,
    dataDir: config.dataDir,
    logger: log.logger,
  });
  closing.add('database', () => opened.close());
  const house = await composeApi({
    config,
    db: opened.database,
    appUrl: opened.appUrl,
    uiDirectory,
    processMetrics: true,
    logStream: log.stream,
  });
  closing.add('server', () => house.close());
  await house.start();
  if (all) {
    const worker = superviseWorker({
      entry: fileURLToPath(import.meta.url),
      environment: process.env,
      databaseUrl: opened.appUrl,
      dataDir: config.dataDir,
      logger: log.logger,
    });
    closing.add('worker', () => worker.stop());
  }
  const listening = await house.app.listen({ host: config.http.host, port: config.http.port });
  if (!all) return;
  const address = config.http.publicUrl ?? listening;
  const first = await fillFirstTime({
    services: house.services,
    files: house.files,
    db: opened.database,
    dataDir: config.dataDir,
    address,
    empty,
    say,
  });
  say(
    welcome({
      address,
      signIns: first.signIns,
      seconds: (performance.now() - startedAt) / 1000,
      logPath: log.path,
    }),
  );
}

async function main(): Promise<void> {
  // Before the first text is drawn: the fonts of the machine have no say in it.
  process.env.FONTCONFIG_FILE = fontSettings;
  const config = readConfig(process.env);
  const log = createProcessLogger(config);
  const closing = createClosing({ logger: log.logger, say: config.role === 'all' ? say : () => undefined });
  closing.onSignals();
  // A worker beside a server ends with it, however that ended.
  if (config.role === 'worker' && process.send !== undefined)
    process.once('disconnect', () => void closing.close(0));
  try {
    if (config.role === 'worker') await runWorker(config, log, closing);
    else await runServer(config, log, closing, { empty: process.argv.includes('--empty') });
  } catch (error) {
    log.logger.fatal({ err: error }, 'could not start');
    process.stderr.write(`Could not start: ${messageOf(error)}\n`);
    await closing.close(1);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : messageOf(error)}\n`);
  process.exitCode = 1;
});
