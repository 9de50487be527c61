import { execFile } from 'node:child_process';
import { open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PostgresBinaries } from './binaries.js';
import { clusterFolder } from './cluster.js';
import type { RunAs } from './run-as.js';

export interface ServerPlace {
  dataDir: string;
  binaries: PostgresBinaries;
  runAs: RunAs;
}

/** Durable, and modest enough for a small machine that also makes videos. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  // Everything fits in memory or lies on a solid disk, where any page costs nearly the same.
  random_page_cost: '1.1',
  huge_pages: 'off',
  jit: 'off',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  // Rows and statements carry what people wrote; a log must not.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
};

export function serverArguments(
  dataDir: string,
  port: number,
  changes: Readonly<Record<string, string>> = {},
): string[] {
  const all = Object.entries({ ...settings, ...changes }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return ['-D', clusterFolder(dataDir), '-p', String(port), ...all];
}

/** A server that holds our data folder, as its pid file tells it. */
export interface RunningServer {
  pid: number;
  port: number;
  /** Whether it was started with exactly these programs and settings. */
  startedWith(program: string, args: string[]): Promise<boolean>;
}

const pidFile = (dataDir: string) => path.join(clusterFolder(dataDir), 'postmaster.pid');

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function commandLine(pid: number): Promise<string> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'command=', '-p', String(pid)], (error, output) => resolve(error ? '' : output));
  });
}

/** A pid outlives its process: after a crash the same number may be anything, this very program too. */
async function holdsFolder(pid: number, dataDir: string): Promise<boolean> {
  if (pid === process.pid || !processLives(pid)) return false;
  if (process.platform === 'win32') return true;
  const folder = await realpath(clusterFolder(dataDir));
  if (process.platform === 'linux') {
    // A dead process nobody has collected yet has neither a command line nor a working folder.
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!path.basename(command.split('\0')[0] ?? '').startsWith('postgres')) return false;
    const current = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    return current === null ? command.includes(clusterFolder(dataDir)) : current === folder;
  }
  const command = await commandLine(pid);
  return (
    command.includes('postgres') && (command.includes(clusterFolder(dataDir)) || command.includes(folder))
  );
}

/** Finds the server that holds the data folder. A pid file that nobody stands behind is removed. */
export async function findRunning(dataDir: string): Promise<RunningServer | null> {
  const text = await readFile(pidFile(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !(await holdsFolder(pid, dataDir))) {
    await rm(pidFile(dataDir), { force: true });
    return null;
  }
  return {
    pid,
    port: Number(lines[3]) || 0,
    async startedWith(program, args) {
      const recorded = await readFile(path.join(clusterFolder(dataDir), 'postmaster.opts'), 'utf8').catch(
        () => '',
      );
      return recorded.trim() === [program, ...args.map((argument) => `"${argument}"`)].join(' ');
    },
  };
}

/** Looks at the folder, not at the pid: an orphan that has ended may stay uncollected for a while. */
async function letGo(dataDir: string, deadlineMs: number): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  while (performance.now() < end) {
    if (!(await findRunning(dataDir))) return true;
    await delay(25);
  }
  return false;
}

/** Stops the server that holds the folder: politely, then at once, then by force (which PostgreSQL survives). */
export async function stopServer({ dataDir, binaries, runAs }: ServerPlace): Promise<void> {
  for (const [mode, seconds] of [
    ['fast', 30],
    ['immediate', 5],
  ] as const) {
    const running = await findRunning(dataDir);
    if (!running) return;
    const args = ['stop', '-D', clusterFolder(dataDir), '-m', mode, '-w', '-t', String(seconds), '-s'];
    const stopped = await runAs.run(binaries.pgCtl, args).then(
      () => true,
      () => false,
    );
    if (stopped && (await letGo(dataDir, 2_000))) return;
  }
  const frozen = await findRunning(dataDir);
  if (!frozen) return;
  // The leader of its own group: the processes it started go with it and free the shared memory.
  process.kill(process.platform === 'win32' ? frozen.pid : -frozen.pid, 'SIGKILL');
  await letGo(dataDir, 5_000);
}

const logFile = (dataDir: string) => path.join(dataDir, 'postgres.log');

/** Starts the server and returns at once; `ended` tells, should it end, what it last wrote to its log. */
export async function launchServer(
  { dataDir, binaries, runAs }: ServerPlace,
  args: string[],
): Promise<{ ended: Promise<string> }> {
  await turnLogOver(dataDir);
  const log = await open(logFile(dataDir), 'a', 0o600);
  const start = (await log.stat()).size;
  try {
    const child = runAs.start(binaries.postgres, args, log.fd);
    const ended = new Promise<string>((resolve) => {
      const tell = () =>
        readFile(logFile(dataDir), 'utf8').then(
          (text) => resolve(text.slice(Math.max(start, text.length - 2_000)).trim()),
          () => resolve(''),
        );
      child.once('exit', tell);
      child.once('error', (error) => resolve(error.message));
    });
    return { ended };
  } finally {
    await log.close();
  }
}

/** Keeps the log and one before it, each up to 10 MB at the time of looking. */
export async function turnLogOver(dataDir: string): Promise<void> {
  const size = await stat(logFile(dataDir)).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 10_000_000) await rename(logFile(dataDir), `${logFile(dataDir)}.1`);
}

function listens(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(null));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

/** The wanted port when nobody listens on it, else one the system picks. */
export async function freePort(wanted: number): Promise<number> {
  const port = (wanted > 0 ? await listens(wanted) : null) ?? (await listens(0));
  if (port === null) throw new Error('no free port on 127.0.0.1');
  return port;
}
