import { type ChildProcess, fork } from 'node:child_process';

export interface SuperviseWorkerOptions {
  /** The program's own first file. */
  entry: string;
  /** The program's own environment, handed on but for the owner's login. */
  environment: Readonly<Record<string, string | undefined>>;
  databaseUrl: string;
  dataDir: string;
  logger: { info(fields: object, message: string): void; error(fields: object, message: string): void };
}

const againMs = 1_000;
const slowestMs = 30_000;

/**
 * Keeps one worker process running beside the server: a picture or film that kills its worker never takes the
 * server with it. The worker ends by itself when this process dies.
 */
export function superviseWorker({
  entry,
  environment,
  databaseUrl,
  dataDir,
  logger,
}: SuperviseWorkerOptions): {
  stop(): Promise<void>;
} {
  let child: ChildProcess | null = null;
  let stopping = false;
  let timer: NodeJS.Timeout | null = null;
  let waitMs = againMs;

  function start(): void {
    timer = null;
    const startedAt = Date.now();
    const { DATABASE_OWNER_URL: _, ...handedOn } = environment;
    child = fork(entry, [], {
      env: { ...handedOn, ROLE: 'worker', DATABASE_URL: databaseUrl, DATA_DIR: dataDir },
      execArgv: process.execArgv.filter((argument) => !argument.startsWith('--inspect')),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Its own process group: Ctrl-C reaches us, and we stop it in order.
      detached: true,
    });
    child.once('error', (error) => logger.error({ err: error }, 'the worker could not be started'));
    child.once('exit', (code, signal) => {
      child = null;
      if (stopping) return;
      logger.error({ code, signal }, 'the worker ended and is started again');
      waitMs = Date.now() - startedAt > slowestMs ? againMs : Math.min(waitMs * 2, slowestMs);
      timer = setTimeout(start, waitMs);
    });
  }
  start();

  return {
    async stop() {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      const running = child;
      if (running === null || running.exitCode !== null) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGTERM');
      const kill = setTimeout(() => running.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(kill);
    },
  };
}
