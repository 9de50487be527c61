import type { Creative } from '../../../server/contract/creative.js';
import type { Client } from '../../api/client.js';
import { newKey } from '../../api/client.js';
import { type ProblemError, toProblem } from '../../api/problem.js';
import type { ReadyFile } from './ready-file.js';
import type { Recogniser } from './recogniser.js';
import { fingerprintOf, type Memory, type Remembered } from './remembered.js';
import { goesInParts, type SendFile } from './send-file.js';

export interface Upload extends ReadyFile {
  /** `known`: it was there already and was not sent. */
  state: 'waiting' | 'checking' | 'sending' | 'paused' | 'failed' | 'sent' | 'known';
  /** Share of the bytes that left, 0 to 1. */
  progress: number;
  problem: ProblemError | null;
  creativeId: string | null;
}

export interface Uploads {
  items(): readonly Upload[];
  /** Begun on an earlier visit; their files must be chosen again. */
  interrupted(): readonly Remembered[];
  subscribe(listener: () => void): () => void;
  add(files: readonly ReadyFile[]): void;
  /** Goes on with those that were interrupted; gives the others back. */
  goOn(files: readonly File[]): File[];
  /** A large file goes on from here later, a small one from its beginning. */
  pause(key: string): void;
  resume(key: string): void;
  cancel(key: string): void;
  giveUp(one: Remembered): void;
  pauseAll(): void;
  resumeAll(): void;
  clear(): void;
  /** Ends everything; nothing is told afterwards. */
  stop(): void;
}

export interface UploadsOptions {
  client: Pick<Client, 'call'>;
  send: SendFile;
  recogniser: Pick<Recogniser, 'knownOf'>;
  memory: Memory;
  onSent: (creative: Creative) => void;
}

/** Two at a time fill a line without one large film holding up the small pictures. */
const parallel = 2;

export function isUnderWay({ state }: Upload): boolean {
  return state !== 'sent' && state !== 'failed' && state !== 'known';
}

function isMoving({ state }: Upload): boolean {
  return state === 'sending' || state === 'checking';
}

const printOf = ({ file, fields }: ReadyFile) => fingerprintOf(file, fields.supersedesId);

/** The queue of one visit to the studio. */
export function createUploads({ client, send, recogniser, memory, onSent }: UploadsOptions): Uploads {
  let items: readonly Upload[] = [];
  const listeners = new Set<() => void>();
  const running = new Map<string, AbortController>();

  function set(next: readonly Upload[]): void {
    items = next;
    for (const listener of listeners) listener();
  }

  function change(key: string, part: Partial<Upload>): void {
    set(items.map((item) => (item.key === key ? { ...item, ...part } : item)));
  }

  async function run(item: Upload, signal: AbortSignal): Promise<void> {
    const { key } = item;
    const isBegun = memory.find(printOf(item)) !== null;
    if (!item.anyway && !isBegun) {
      change(key, { state: 'checking', problem: null });
      const known = await recogniser.knownOf(item.file);
      if (signal.aborted) return;
      if (known) return change(key, { state: 'known', progress: 1, creativeId: known.id });
    }
    change(key, { state: 'sending', problem: null });
    const onProgress = (progress: number) => {
      if (!signal.aborted) change(key, { progress });
    };
    const creative = await send(item, { signal, onProgress });
    if (signal.aborted) return;
    change(key, { state: 'sent', progress: 1, creativeId: creative.id });
    onSent(creative);
  }

  async function start(item: Upload): Promise<void> {
    const control = new AbortController();
    running.set(item.key, control);
    try {
      await run(item, control.signal);
    } catch (error) {
      // Whoever stopped it has already said what becomes of it.
      if (!control.signal.aborted) change(item.key, { state: 'failed', problem: toProblem(error) });
    } finally {
      if (running.get(item.key) === control) running.delete(item.key);
      pump();
    }
  }

  function pump(): void {
    while (running.size < parallel) {
      const next = items.find(({ key, state }) => state === 'waiting' && !running.has(key));
      if (!next) return;
      void start(next);
    }
  }

  function halt(key: string): void {
    running.get(key)?.abort();
    running.delete(key);
  }

  function pause(key: string): void {
    halt(key);
    const file = items.find((item) => item.key === key)?.file;
    change(key, { state: 'paused', ...(file && goesInParts(file) ? {} : { progress: 0 }) });
    pump();
  }

  function resume(key: string): void {
    change(key, { state: 'waiting', problem: null });
    pump();
  }

  function add(files: readonly ReadyFile[]): void {
    const fresh = files.map((file) => {
      const sent = memory.find(printOf(file))?.sent ?? 0;
      const progress = sent / Math.max(file.file.size, 1);
      return { ...file, state: 'waiting', progress, problem: null, creativeId: null } as const;
    });
    set([...items, ...fresh]);
    pump();
  }

  function giveUp({ fingerprint, id }: Remembered): void {
    memory.forget(fingerprint);
    // What is left on the server leaves by itself within a day.
    void client.call('uploads.cancel', { params: { id } }).catch(() => undefined);
  }

  /** What only lacked a line goes on by itself when the line is back. */
  function online(): void {
    for (const { key, state, problem } of items) {
      if (state === 'failed' && problem?.status === 0) resume(key);
    }
  }

  addEventListener('online', online);
  return {
    items: () => items,
    interrupted() {
      const here = new Set(items.map(printOf));
      return memory.all().filter(({ fingerprint }) => !here.has(fingerprint));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add,
    goOn(files) {
      const inQueue = new Set(items.map(printOf));
      const begun = files.flatMap((file) => {
        const one = memory
          .all()
          .find((each) => each.fingerprint === fingerprintOf(file, each.fields.supersedesId));
        return one && !inQueue.has(one.fingerprint) ? [{ file, one }] : [];
      });
      add(
        begun.map(({ file, one }) => ({
          key: newKey(),
          file,
          kind: one.kind,
          anyway: true,
          fields: one.fields,
        })),
      );
      return files.filter((file) => !begun.some((one) => one.file === file));
    },
    pause,
    resume,
    cancel(key) {
      const item = items.find((one) => one.key === key);
      halt(key);
      const begun = item ? memory.find(printOf(item)) : null;
      if (begun) giveUp(begun);
      set(items.filter((one) => one.key !== key));
      pump();
    },
    giveUp(one) {
      giveUp(one);
      set([...items]);
    },
    pauseAll() {
      // Waiting ones first, lest they start in the place of those that stop.
      set(items.map((item) => (item.state === 'waiting' ? { ...item, state: 'paused' } : item)));
      for (const item of items) if (isMoving(item)) pause(item.key);
    },
    resumeAll() {
      for (const { key, state } of items) if (state === 'paused') resume(key);
    },
    clear() {
      set(items.filter(isUnderWay));
    },
    stop() {
      removeEventListener('online', online);
      listeners.clear();
      for (const item of items) if (item.state === 'waiting') change(item.key, { state: 'paused' });
      for (const key of [...running.keys()]) halt(key);
    },
  };
}
