import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { AppError } from '../errors.js';
import { arrivals } from './arrivals.js';

export interface AppendOptions {
  file: string;
  /** What stands before it is durable. */
  offset: number;
  /** Of the whole file, bytes. */
  size: number;
  source: Readable;
  /** Well within the time after which a silent writer is taken for dead. */
  saveEveryMs: number;
  /** Told when bytes up to here are on the disk for good; what it throws ends the part. */
  saved(received: number): Promise<void>;
}

/** A crash costs no more than this has to be sent again. */
const saveEveryBytes = 8_000_000;

async function writeAt(handle: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

function longerThanSaid(): AppError {
  return new AppError('invalid_input', {
    messages: {
      hi: 'फ़ाइल बताई गई लंबाई से बड़ी निकली। इसे फिर से भेजें।',
      en: 'The file is longer than was announced. Send it again.',
    },
  });
}

/**
 * Writes one part to its place and gives how far the file now reaches. What came is kept, also when the sender leaves
 * in the middle: then it rejects with the sender's error after the last byte is saved.
 */
export async function appendBytes(options: AppendOptions): Promise<number> {
  const { file, offset, size, source, saveEveryMs, saved } = options;
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  let at = offset;
  let savedAt = performance.now();
  let savedTo = offset;
  const save = async () => {
    if (at > savedTo) await handle.datasync();
    await saved(at);
    savedTo = at;
    savedAt = performance.now();
  };
  try {
    if ((await handle.stat()).size < offset) throw new AppError('gone');
    try {
      for await (const chunk of arrivals(source)) {
        if (at + chunk.length > size) throw longerThanSaid();
        // Before the write: after a silence another request may have taken over, and then this one stops here.
        if (performance.now() - savedAt > saveEveryMs || at - savedTo > saveEveryBytes) await save();
        await writeAt(handle, chunk, at);
        at += chunk.length;
      }
    } finally {
      await save();
    }
  } finally {
    await handle.close();
  }
  return at;
}
