import { spawn } from 'node:child_process';
import { fontSettings } from '../fonts/bundled-fonts.js';
import type { Wrappers } from './tools.js';

/** Hard ceilings the kernel holds a program to, where `prlimit` exists. */
export interface CommandLimits {
  addressSpaceBytes: number;
  cpuSeconds: number;
  /** Largest file the program may write. */
  fileBytes: number;
}

/** Who ended a program before it ended itself. */
export type StopReason = 'time_limit' | 'stalled' | 'cancelled' | 'output_limit';

export interface CommandResult {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** The last part of what it wrote to stderr. */
  stderr: string;
  stopped: StopReason | null;
}

export interface Command {
  wrappers: Wrappers;
  program: string;
  args: readonly string[];
  directory: string;
  limits: CommandLimits;
  wallMs: number;
  /** Killed when `touch` was not called for this long; leave out for programs without progress. */
  stallMs?: number;
  signal?: AbortSignal;
  /** Called for each line of stdout, which is then not kept; `touch` tells the watchdog of progress. */
  onLine?: (line: string, touch: () => void) => void;
  maxStdoutBytes?: number;
}

const stderrKeep = 16_384;
const defaultStdoutBytes = 8 * 1024 * 1024;

/** The program behind its wrappers; each one replaces itself with the next, so it stays one process. */
function wrap({ wrappers, program, args, limits }: Command): [string, ...string[]] {
  const line: string[] = [];
  const cpu = Math.ceil(limits.cpuSeconds);
  if (wrappers.nice) line.push(wrappers.nice, '-n', '10');
  if (wrappers.unshare) line.push(...wrappers.unshare, '--');
  if (wrappers.prlimit) {
    line.push(
      wrappers.prlimit,
      `--as=${limits.addressSpaceBytes}`,
      // ffmpeg answers the soft limit with an orderly end; the hard one does not ask.
      `--cpu=${cpu}:${cpu + 5}`,
      `--fsize=${limits.fileBytes}`,
      '--core=0',
      '--',
    );
  }
  // Innermost, because entering a namespace clears the parent-death signal.
  if (wrappers.setpriv) line.push(wrappers.setpriv, '--pdeathsig', 'KILL', '--no-new-privs', '--');
  const [first, ...rest] = [...line, program, ...args];
  return [first ?? program, ...rest];
}

/**
 * Runs a program in its own process group and resolves only when it has exited and its pipes are
 * closed. Limits are enforced with SIGKILL to the whole group (ffmpeg may ignore SIGTERM for
 * minutes); it dies with this process too. Rejects only when the program cannot be started.
 */
export async function runCommand(command: Command): Promise<CommandResult> {
  const [file, ...args] = wrap(command);
  if (command.signal?.aborted)
    return { exitCode: null, signal: null, stdout: '', stderr: '', stopped: 'cancelled' };
  const child = spawn(file, args, {
    cwd: command.directory,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nothing of our environment, secrets included, reaches a program that reads hostile files.
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      LC_ALL: 'C',
      HOME: command.directory,
      AV_LOG_FORCE_NOCOLOR: '1',
      // No font of the machine is drawn with.
      FONTCONFIG_FILE: fontSettings,
    },
  });

  let stopped: StopReason | null = null;
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      // ESRCH: the group is empty already; macOS says EPERM for a group of only zombies.
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
  };
  const stop = (reason: StopReason): void => {
    if (stopped !== null || child.exitCode !== null || child.signalCode !== null) return;
    stopped = reason;
    kill();
  };

  const wall = setTimeout(() => stop('time_limit'), command.wallMs);
  const stallMs = command.stallMs;
  const stall = stallMs === undefined ? undefined : setTimeout(() => stop('stalled'), stallMs);
  const touch = (): void => {
    if (stopped === null) stall?.refresh();
  };
  const cancel = (): void => stop('cancelled');
  command.signal?.addEventListener('abort', cancel, { once: true });

  let stdout = '';
  let stdoutBytes = 0;
  let stderr = '';
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    if (command.onLine) {
      const lines = (stdout + chunk).split('\n');
      stdout = lines.pop() ?? '';
      for (const line of lines) command.onLine(line, touch);
      if (stdout.length > 65_536) stop('output_limit');
      return;
    }
    stdoutBytes += chunk.length;
    if (stdoutBytes > (command.maxStdoutBytes ?? defaultStdoutBytes)) stop('output_limit');
    else stdout += chunk;
  });
  child.stderr.on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-stderrKeep);
  });

  try {
    const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
      (resolve, reject) => {
        child.once('error', reject);
        // The leader is gone: whatever it started in its group goes too, so that the pipes close.
        child.once('exit', kill);
        child.once('close', (code, by) => resolve([code, by]));
      },
    );
    return { exitCode, signal, stdout, stderr, stopped };
  } finally {
    clearTimeout(wall);
    clearTimeout(stall);
    command.signal?.removeEventListener('abort', cancel);
  }
}
