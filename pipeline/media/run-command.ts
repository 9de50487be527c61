import { spawn } from 'node:child_process';
import { bareEnvironment, type Ceilings, confined, killGroup, type Wrappers } from './confine.js';

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
  limits: Ceilings & { addressSpaceBytes: number };
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

/**
 * Runs a program in its own process group and resolves only when it has exited and its pipes are
 * closed. Limits are enforced with SIGKILL to the whole group (ffmpeg may ignore SIGTERM for
 * minutes); it dies with this process too. Rejects only when the program cannot be started.
 */
export async function runCommand(command: Command): Promise<CommandResult> {
  const { wrappers, limits, program } = command;
  const [file, ...args] = confined(wrappers, limits, [program, ...command.args]);
  if (command.signal?.aborted)
    return { exitCode: null, signal: null, stdout: '', stderr: '', stopped: 'cancelled' };
  const child = spawn(file, args, {
    cwd: command.directory,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: bareEnvironment(command.directory),
  });

  let stopped: StopReason | null = null;
  const kill = (): void => killGroup(child.pid);
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
