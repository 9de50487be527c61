import type { HashAnswer } from './hash-worker.js';

/** Up to here the browser's own digest is faster, and the file fits into a phone's memory. */
const wholeBytes = 16_000_000;

export interface Hasher {
  /** SHA-256 in hex. Rejects when the file cannot be read. */
  hash(file: Blob): Promise<string>;
  stop(): void;
}

async function hashWhole(file: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One file at a time. The browser's own digest exists only over https and on this machine; else a worker counts. */
export function createHasher(): Hasher {
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function hashInWorker(file: Blob): Promise<string> {
    worker ??= new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
    const { promise, resolve, reject } = defer<string>();
    worker.onmessage = ({ data }: MessageEvent<HashAnswer>) =>
      data.sha256 === null ? reject(new Error('the file cannot be read')) : resolve(data.sha256);
    worker.onerror = () => reject(new Error('the worker cannot be started'));
    worker.postMessage(file);
    return promise;
  }

  return {
    hash(file) {
      const native = file.size <= wholeBytes && 'subtle' in crypto;
      const next = last.then(() => (native ? hashWhole(file) : hashInWorker(file)));
      last = next.catch(() => undefined);
      return next;
    },
    stop() {
      worker?.terminate();
      worker = null;
    },
  };
}

function defer<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<T>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}
