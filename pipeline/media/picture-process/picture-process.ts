import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Value } from 'typebox/value';
import { bareEnvironment, confined, killGroup, type Wrappers } from '../confine.js';
import { AnswerMessage, type PlainFailure, type TaskMessage } from './messages.js';

/** What is to be done, and for how long it may take. */
export interface PictureTaskRun extends TaskMessage {
  /** Wall clock from the start, and from each step, to the next. */
  stepMs: number;
  /** Steps the task takes at most; one that tells of more is not what we sent. */
  steps: number;
  onStep: (step: number) => void;
  signal: AbortSignal | undefined;
}

/** Who ended a process before it ended itself; `misbehaved` is one that says what our code does not. */
export type PictureStop = 'time_limit' | 'cancelled' | 'misbehaved';

/** The end of a process. What it says is the kernel's word or our own, never the process's. */
export interface Death {
  kind: 'died';
  /** False when it ended before it had the task: the picture is not to blame. */
  began: boolean;
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stopped: PictureStop | null;
  stderr: string;
}

/** How a task ended. */
export type TaskEnd = { kind: 'done'; result: unknown } | { kind: 'failed'; failure: PlainFailure } | Death;

export interface PictureProcess {
  /** False once it is gone or about to be. */
  readonly usable: boolean;
  /** Whether it has used so much that a fresh one is better. */
  readonly worn: boolean;
  /** Does one task at a time; never rejects. */
  perform(task: PictureTaskRun): Promise<TaskEnd>;
  /** Kills it; a task in hand ends as cancelled. */
  end(): void;
}

/** A last resort for when we are frozen and watch no clock: far above what a process reaches before it is worn. */
const cpuSeconds = 900;
const wornCpuSeconds = 300;
const wornResidentBytes = 400 * 1024 ** 2;
const fileBytes = 1024 ** 3;
const startMs = 60_000;
const stderrKeep = 4096;

const entry = fileURLToPath(new URL('./child.ts', import.meta.url));

/** Starts one process for pictures, confined like ffmpeg; it dies with this process, however that ends. */
export function startPictureProcess({
  wrappers,
  memoryBytes,
}: {
  wrappers: Wrappers;
  memoryBytes: number;
}): PictureProcess {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const [file, ...args] = confined(wrappers, { dataBytes: memoryBytes, cpuSeconds, fileBytes }, [
    process.execPath,
    ...['--import', loader, entry],
  ]);
  const child = spawn(file, args, {
    cwd: tmpdir(),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Each of its threads would keep freed memory to itself.
    env: { ...bareEnvironment(tmpdir()), MALLOC_ARENA_MAX: '2' },
  });

  let usable = true;
  let worn = false;
  let exit: Pick<Death, 'exitCode' | 'signal'> | null = null;
  let stopped: PictureStop | null = null;
  let stderr = '';
  let current: { began: boolean; onStep: () => void; end: (end: TaskEnd) => void } | null = null;
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });

  function stop(reason: PictureStop): void {
    if (!usable) return;
    usable = false;
    stopped = reason;
    killGroup(child.pid);
  }

  function gone(exitCode: number | null, signal: NodeJS.Signals | null): void {
    usable = false;
    exit = { exitCode, signal };
    isReady();
    current?.end({ kind: 'died', began: current.began, ...exit, stopped, stderr });
  }

  function hear(message: unknown): void {
    if (!usable) return;
    if (!Value.Check(AnswerMessage, message)) stop('misbehaved');
    else if (message.kind === 'ready') isReady();
    else if (!current?.began) stop('misbehaved');
    else if (message.kind === 'step') current.onStep();
    else {
      const { kind, cpuSeconds, residentBytes } = message;
      worn = cpuSeconds > wornCpuSeconds || residentBytes > wornResidentBytes;
      current.end(kind === 'done' ? { kind, result: message.result } : { kind, failure: message.failure });
    }
  }

  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-stderrKeep);
  });
  child.on('message', hear);
  child.once('error', (error) => {
    stderr += error.message;
    gone(null, null);
  });
  // The leader is gone: whatever it started goes too, so that its pipes close.
  child.once('exit', () => killGroup(child.pid));
  child.once('close', gone);

  /** An idle process keeps nobody from ending. */
  function hold(busy: boolean): void {
    const on = busy ? 'ref' : 'unref';
    child[on]();
    child.channel?.[on]();
    if (child.stderr instanceof Socket) child.stderr[on]();
  }
  hold(false);

  async function perform({ stepMs, steps, onStep, signal, ...message }: PictureTaskRun): Promise<TaskEnd> {
    hold(true);
    const cancel = (): void => stop('cancelled');
    signal?.addEventListener('abort', cancel, { once: true });
    // Until it is ready it has the time to start, of which a busy machine may take much.
    let limit = setTimeout(() => stop('time_limit'), startMs);
    try {
      return await new Promise<TaskEnd>((resolve) => {
        let done = 0;
        const task = {
          began: false,
          end: resolve,
          onStep() {
            done += 1;
            if (done > steps) stop('misbehaved');
            else {
              limit.refresh();
              onStep(done);
            }
          },
        };
        current = task;
        void ready.then(() => {
          clearTimeout(limit);
          if (exit) return resolve({ kind: 'died', began: false, ...exit, stopped, stderr });
          if (!usable) return;
          limit = setTimeout(() => stop('time_limit'), stepMs);
          task.began = true;
          child.send(message, (error) => {
            // The process is gone, of which we shall hear at once.
            if (error) task.began = false;
          });
        });
      });
    } finally {
      current = null;
      clearTimeout(limit);
      signal?.removeEventListener('abort', cancel);
      hold(false);
    }
  }

  return {
    get usable() {
      return usable;
    },
    get worn() {
      return worn;
    },
    perform,
    end: () => stop('cancelled'),
  };
}
