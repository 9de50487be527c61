import type { Readable } from 'node:stream';
import { incomplete } from '../http/upload-problems.js';

/** Taken from the line before the disk has it, bytes. */
const mostQueued = 2_000_000;

/**
 * What comes, until the end; when the sender leaves, it throws only after all that had come. A request that is cut
 * throws its own buffer away, so nothing is left waiting there. The source itself stays with whoever gave it.
 */
export async function* arrivals(source: Readable): AsyncGenerator<Buffer> {
  const queue: Buffer[] = [];
  let queued = 0;
  const state: { over: 'end' | 'gone' | null; cause: unknown } = { over: null, cause: null };
  let wake: () => void = () => undefined;
  const onData = (chunk: Buffer) => {
    queue.push(chunk);
    queued += chunk.length;
    if (queued > mostQueued) source.pause();
    wake();
  };
  const onEnd = () => {
    state.over ??= 'end';
    wake();
  };
  const onGone = (cause?: unknown) => {
    state.over ??= 'gone';
    state.cause ??= cause;
    wake();
  };
  source.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  try {
    for (;;) {
      const chunk = queue.shift();
      if (chunk !== undefined) {
        queued -= chunk.length;
        if (queued < mostQueued / 2 && state.over === null) source.resume();
        yield chunk;
      } else if (state.over === 'end' || (state.over === null && source.readableEnded)) return;
      else if (state.over === 'gone' || source.destroyed) throw incomplete(state.cause);
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    source.pause();
    source.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
  }
}
