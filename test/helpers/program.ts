import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.js';

const main = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

export interface Program {
  child: ChildProcess;
  pid: number;
  /** All it has said so far, on both of its outputs. */
  output(): string;
  /** Waits until it says this; fails when it ends before. */
  says(what: RegExp | string): Promise<void>;
  /** Ends it the way the kernel does when memory runs out, and waits until it is gone. */
  kill9(): Promise<void>;
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** The real program, started by its own first file; nothing of the test's own environment but the path reaches it. */
export function startProgram(environment: Record<string, string>, args: readonly string[] = []): Program {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { PATH, HOME, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the program could not be started');
  return {
    child,
    pid,
    output: () => output,
    async says(what) {
      const said = () => (typeof what === 'string' ? output.includes(what) : what.test(output));
      await eventually(() => said() || child.exitCode !== null || child.signalCode !== null, {
        timeoutMs: 180_000,
      });
      if (!said()) throw new Error(`the program ended with ${child.exitCode}: ${output}`);
    },
    async kill9() {
      child.kill('SIGKILL');
      await exit;
    },
    exit,
  };
}

/** One worker, as it runs beside others on a machine of its own. */
export async function startWorkerProgram(options: {
  databaseUrl: string;
  dataDir: string;
  redisUrl?: string | undefined;
  ffmpegPath?: string | undefined;
}): Promise<Program> {
  const worker = startProgram({
    ROLE: 'worker',
    DATABASE_URL: options.databaseUrl,
    DATA_DIR: options.dataDir,
    ...(options.redisUrl !== undefined && { REDIS_URL: options.redisUrl }),
    ...(options.ffmpegPath !== undefined && { FFMPEG_PATH: options.ffmpegPath }),
  });
  await worker.says('worker started');
  return worker;
}

export interface RunningProcess {
  pid: number;
  command: string;
}

/** The processes of this machine that work in a data folder: by where they are, or what they were told. */
export async function processesIn(dataDir: string): Promise<RunningProcess[]> {
  const found: RunningProcess[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!(pid > 0) || pid === process.pid) continue;
    // A process that ends while we look has no command any more.
    const command = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
    const folder = await readlink(`/proc/${name}/cwd`).catch(() => '');
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    const traces = [command, folder, environment];
    if (command !== '' && traces.some((trace) => trace.includes(dataDir))) found.push({ pid, command });
  }
  return found;
}

/** The media programs, and the processes pictures are decoded in, that work in a data folder. */
export async function mediaProgramsIn(dataDir: string): Promise<RunningProcess[]> {
  const all = await processesIn(dataDir);
  return all.filter(({ command }) => /(^|\/)ff(mpeg|probe) |picture-process\/child/.test(command));
}

/** Of those, the ones that make renditions; others only look at a file or take its fingerprint. */
export async function encodersIn(dataDir: string): Promise<RunningProcess[]> {
  const programs = await mediaProgramsIn(dataDir);
  return programs.filter(({ command }) => /ffmpeg .*-c:[av] (libx264|aac|libopus|pcm_)/.test(command));
}

/** Sizes of the unfinished files in the store's work directories, by path. */
export async function unfinishedFiles(dataDir: string): Promise<Map<string, number>> {
  const work = path.join(dataDir, 'storage', 'work');
  const entries = await readdir(work, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = new Map<string, number>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    const size = await stat(file).then(
      (found) => found.size,
      () => null,
    );
    if (size !== null) sizes.set(file, size);
  }
  return sizes;
}
