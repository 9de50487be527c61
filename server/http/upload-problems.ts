import type { IncomingMessage } from 'node:http';
import { FileStoreError } from '../../pipeline/files/file-store.js';
import { failureSentences } from '../contract/describe-failure.js';
import type { FailureDetails } from '../contract/failures.js';
import { type FailureCode, failureCodes } from '../contract/lists.js';
import { AppError, fromDatabaseError } from '../errors.js';

function isFailureCode(code: unknown): code is FailureCode {
  return failureCodes.some((known) => known === code);
}

/** A type that is not taken, in the words of the failure. */
export function unsupported(code: FailureCode, details: FailureDetails = {}, cause?: unknown): AppError {
  const messages = failureSentences({ code, details });
  return new AppError('unsupported_media', {
    messages,
    details: { code },
    fields: [{ path: '/file', messages }],
    ...(cause !== undefined && { cause }),
  });
}

/** `limit` in bytes. */
export function tooLarge(limit: number): AppError {
  const size = limit >= 1_000_000 ? Math.floor(limit / 100_000) / 10 : Math.floor(limit / 100) / 10;
  const [hi, en] = limit >= 1_000_000 ? ['एमबी', 'MB'] : ['केबी', 'kB'];
  return new AppError('too_large', {
    details: { limit },
    messages: {
      hi: `फ़ाइल बहुत बड़ी है: सीमा ${size} ${hi} है। छोटी फ़ाइल अपलोड करें।`,
      en: `The file is too large: the limit is ${size} ${en}. Upload a smaller one.`,
    },
  });
}

const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

/** Says what went wrong with a file: its type, our disk or our database; what is none of these stays as it is. */
export function explainFile(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  if (error instanceof FileStoreError) {
    return new AppError(error.code === 'storage_full' ? 'storage_full' : 'internal', { cause: error });
  }
  const code = codeOf(error);
  if (isFailureCode(code)) return unsupported(code, {}, error);
  if (fullCodes.has(code)) return new AppError('storage_full', { cause: error });
  // Only the file system's own errors name a system call and a path.
  if ('syscall' in error && 'path' in error) return new AppError('internal', { cause: error });
  const known = fromDatabaseError(error);
  return known.code === 'internal' ? error : known;
}

/** What came is cut or damaged, by its sender or on its way. */
export function incomplete(cause: unknown): AppError {
  return new AppError('invalid_input', {
    cause,
    messages: {
      hi: 'अपलोड अधूरा या टूटा हुआ पहुँचा। फ़ाइल फिर से भेजें।',
      en: 'The upload arrived incomplete or damaged. Send the file again.',
    },
  });
}

/** Says what went wrong while a form was read: with its file, or with the form itself. */
export function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // A sender who leaves resets its connection, as a database does that goes away.
  if (error.message === 'aborted') return incomplete(error);
  const known = explainFile(error);
  if (known !== error || error instanceof AppError) return known;
  const code = codeOf(error);
  if (code === 'FST_FILES_LIMIT') {
    const messages = { hi: 'एक बार में एक ही फ़ाइल भेजें।', en: 'Send one file at a time.' };
    return new AppError('invalid_input', { cause: error, fields: [{ path: '/file', messages }] });
  }
  if (code.startsWith('FST_') && code !== 'FST_MP_PREMATURE_CLOSE') return error;
  return incomplete(error);
}

/** What a refused sender may still send, so that it gets to read the answer before the connection ends. */
const drainLimits = { bytes: 64_000_000, ms: 10_000 };

/** Reads and forgets the rest of a refused request, up to a limit; then the connection is cut. */
export function drain(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  request.unpipe();
  let bytes = 0;
  const stop = () => request.destroy();
  const timer = setTimeout(stop, drainLimits.ms).unref();
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > drainLimits.bytes) stop();
  });
  request.on('error', () => undefined);
  request.on('close', () => clearTimeout(timer));
  request.on('end', () => clearTimeout(timer));
  request.resume();
}
