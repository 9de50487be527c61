import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError } from './problem.js';

/**
 * How PostgreSQL's programs are run. They refuse to work for root, so as root they get a user namespace
 * in which root is called something else, or, where that is forbidden, an unprivileged account.
 */
export interface RunAs {
  /** Starts a program and leaves it to itself: its own session, so that Ctrl-C does not reach it. */
  start(program: string, args: string[], logFile: number): ChildProcess;
  /** Runs a program to its end; rejects with what it printed when it fails. */
  run(program: string, args: string[]): Promise<void>;
  /** Gives a file or a folder with all in it to the account the programs run under. */
  handOver(place: string): Promise<void>;
}

interface Account {
  uid: number;
  gid: number;
}

/** Nothing of ours is passed on: the environment may hold passwords, or PG* settings of another server. */
const environment: NodeJS.ProcessEnv = {
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.platform === 'win32' ? {} : { PATH: '/usr/local/bin:/usr/bin:/bin' }),
};

function makeRunAs(prefix: readonly string[], account: Account | null): RunAs {
  const commandOf = (program: string, args: string[]): [string, string[]] => {
    const [command, ...rest] = [...prefix, program, ...args];
    return [command ?? program, rest];
  };
  const identity = account ?? {};
  const runAs: RunAs = {
    start(program, args, logFile) {
      const [command, rest] = commandOf(program, args);
      const child = spawn(command, rest, {
        ...identity,
        cwd: path.parse(program).root,
        detached: true,
        env: environment,
        stdio: ['ignore', logFile, logFile],
        windowsHide: true,
      });
      child.unref();
      return child;
    },
    run(program, args) {
      const [command, rest] = commandOf(program, args);
      return new Promise((resolve, reject) => {
        const child = spawn(command, rest, {
          ...identity,
          cwd: path.parse(program).root,
          // A session of its own here too: Ctrl-C must not break into making or stopping the database.
          detached: process.platform !== 'win32',
          env: environment,
          stdio: ['ignore', 'pipe', 'pipe'],
          windowsHide: true,
        });
        let output = '';
        const keep = (chunk: Buffer) => {
          output = (output + chunk.toString()).slice(-4_000);
        };
        child.stdout.on('data', keep);
        child.stderr.on('data', keep);
        child.on('error', reject);
        // 'exit', not 'close': a server started by the program would hold its output open.
        child.on('exit', (code, signal) => {
          if (code === 0) resolve();
          else
            reject(
              new EmbeddedPostgresError(
                `${path.basename(program)} ended with ${code ?? signal}: ${output.trim()}`,
              ),
            );
        });
      });
    },
    async handOver(place) {
      if (!account) return;
      await chown(place, account.uid, account.gid);
      const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) await runAs.handOver(path.join(place, entry.name));
    },
  };
  return runAs;
}

async function accountNamed(name: string): Promise<Account | null> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : null;
}

/** Finds a way to run `program` here; `dataDir` is the folder it will have to reach. */
export async function chooseRunAs(program: string, dataDir: string): Promise<RunAs> {
  const plain = makeRunAs([], null);
  if (process.getuid?.() !== 0) return plain;

  const namespace = makeRunAs(['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'], null);
  const namespaceRefused = await namespace.run(program, ['--version']).then(
    () => null,
    (error: Error) => error,
  );
  if (!namespaceRefused) return namespace;

  // The other account must pass through the folder to its own part of it; it still cannot list it.
  await chmod(dataDir, ((await stat(dataDir)).mode & 0o777) | 0o011);
  for (const name of ['postgres', 'nobody']) {
    const account = await accountNamed(name);
    if (!account) continue;
    const other = makeRunAs([], account);
    const reaches = await Promise.all([
      other.run(program, ['--version']),
      other.run('/bin/sh', ['-c', 'cd "$0"', dataDir]),
    ]).then(
      () => true,
      () => false,
    );
    if (reaches) return other;
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root, and here neither a user namespace nor another account can run it. ' +
      'Start Tathya as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL of your own',
    { cause: namespaceRefused },
  );
}
