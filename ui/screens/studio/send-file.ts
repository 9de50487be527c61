import type { Creative } from '../../../server/contract/creative.js';
import type { Language } from '../../../server/contract/lists.js';
import { resumableFromBytes } from '../../../server/contract/upload-limits.js';
import type { Client } from '../../api/client.js';
import { ProblemError, toProblem } from '../../api/problem.js';
import type { ReadyFile } from './ready-file.js';
import type { Recogniser } from './recogniser.js';
import type { Memory } from './remembered.js';
import { uploadTexts } from './upload-texts.js';

export interface SendFileOptions {
  signal: AbortSignal;
  /** Share of the bytes that left, 0 to 1. */
  onProgress: (share: number) => void;
}

/** Sends one file the way that suits its size. Rejects with a problem, or with an `AbortError` when stopped. */
export type SendFile = (item: ReadyFile, options: SendFileOptions) => Promise<Creative>;

export interface SenderOptions {
  client: Pick<Client, 'call' | 'upload'>;
  recogniser: Pick<Recogniser, 'hashOf'>;
  memory: Memory;
  language: () => Language;
}

const tries = 3;
const firstWaitMs = 1500;

const rested = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether it goes in parts: then nothing is lost when the line breaks. */
export function goesInParts({ size }: Pick<File, 'size'>): boolean {
  return size > resumableFromBytes;
}

async function demandReadable(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    const details = { hi: uploadTexts.hi.unreadable, en: uploadTexts.en.unreadable };
    throw new ProblemError({ status: 400, code: 'unreadable_file', details });
  }
}

export function createSender({ client, recogniser, memory, language }: SenderOptions): SendFile {
  /** One idempotency key for each file, so that a repeated try makes no double. */
  async function sendWhole(item: ReadyFile, { signal, onProgress }: SendFileOptions): Promise<Creative> {
    const { fields, file, key } = item;
    for (let turn = 1; ; turn += 1) {
      try {
        return await client.upload('creatives.upload', {
          fields,
          file,
          idempotencyKey: key,
          signal,
          onProgress,
        });
      } catch (error) {
        if (signal.aborted || turn === tries || !toProblem(error).mayPass) throw error;
        await rested(firstWaitMs * turn);
      }
    }
  }

  async function sendParts(item: ReadyFile, options: SendFileOptions): Promise<Creative> {
    const sha256 = await recogniser.hashOf(item.file);
    const { sendInParts } = await import('./send-in-parts.js');
    return sendInParts({ ...options, client, language: language(), memory, item, sha256 });
  }

  return async (item, options) => {
    try {
      return await (goesInParts(item.file) ? sendParts(item, options) : sendWhole(item, options));
    } catch (error) {
      // To the browser a file that went away since it was chosen looks like a line that broke.
      if (!options.signal.aborted && toProblem(error).status === 0) await demandReadable(item.file);
      throw error;
    }
  };
}
