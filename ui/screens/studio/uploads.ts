import type { Creative } from '../../../server/contract/creative.js';
import type { MediaKind } from '../../../server/contract/lists.js';
import type { Client } from '../../api/client.js';
import { type ProblemError, toProblem } from '../../api/problem.js';

/** A file whose declaration is complete. */
export interface ReadyFile {
  key: string;
  file: File;
  kind: MediaKind;
  fields: Readonly<Record<string, string | undefined>>;
}

export interface Upload extends ReadyFile {
  state: 'waiting' | 'sending' | 'paused' | 'failed' | 'sent';
  /** Share of the bytes that left, 0 to 1. */
  progress: number;
  problem: ProblemError | null;
  creativeId: string | null;
}

export interface Uploads {
  items(): readonly Upload[];
  subscribe(listener: () => void): () => void;
  add(files: readonly ReadyFile[]): void;
  /** What was on its way is sent from its beginning later. */
  pause(key: string): void;
  resume(key: string): void;
  cancel(key: string): void;
  pauseAll(): void;
  resumeAll(): void;
  clear(): void;
  /** Ends everything; nothing is told afterwards. */
  stop(): void;
}

/** Two at a time fill a line without one large film holding up the small pictures. */
const parallel = 2;
const tries = 3;
const firstWaitMs = 1500;

const rested = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function isUnderWay({ state }: Upload): boolean {
  return state !== 'sent' && state !== 'failed';
}

/** The queue of one visit to the studio; each file has one idempotency key, so that a repeated try makes no double. */
export function createUploads({
  client,
  onSent,
}: {
  client: Pick<Client, 'upload'>;
  onSent: (creative: Creative) => void;
}): Uploads {
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

  async function attempt(item: Upload, signal: AbortSignal): Promise<Creative> {
    for (let turn = 1; ; turn += 1) {
      try {
        return await client.upload('creatives.upload', {
          fields: item.fields,
          file: item.file,
          idempotencyKey: item.key,
          signal,
          onProgress: (progress) => {
            if (!signal.aborted) change(item.key, { progress });
          },
        });
      } catch (error) {
        if (signal.aborted || turn === tries || !toProblem(error).mayPass) throw error;
        await rested(firstWaitMs * turn);
      }
    }
  }

  async function send(item: Upload): Promise<void> {
    const control = new AbortController();
    running.set(item.key, control);
    change(item.key, { state: 'sending', progress: 0, problem: null });
    try {
      const creative = await attempt(item, control.signal);
      if (control.signal.aborted) return;
      change(item.key, { state: 'sent', progress: 1, creativeId: creative.id });
      onSent(creative);
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
      void send(next);
    }
  }

  function halt(key: string): void {
    running.get(key)?.abort();
    running.delete(key);
  }

  function pause(key: string): void {
    halt(key);
    change(key, { state: 'paused', progress: 0 });
    pump();
  }

  function resume(key: string): void {
    change(key, { state: 'waiting', problem: null });
    pump();
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
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(files) {
      set([
        ...items,
        ...files.map((file) => {
          return { ...file, state: 'waiting', progress: 0, problem: null, creativeId: null } as const;
        }),
      ]);
      pump();
    },
    pause,
    resume,
    cancel(key) {
      halt(key);
      set(items.filter((item) => item.key !== key));
      pump();
    },
    pauseAll() {
      // Waiting ones first, lest they start in the place of those that stop.
      set(items.map((item) => (item.state === 'waiting' ? { ...item, state: 'paused' } : item)));
      for (const { key, state } of items) if (state === 'sending') pause(key);
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
