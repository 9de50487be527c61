import { type FailureDetails, failures } from '../../server/contract/failures.js';
import type { FailureCode } from '../../server/contract/lists.js';

/** A failure with a reason a person can act on. `cause` holds the technical text, for logs only. */
export class MediaFailure extends Error {
  override readonly name = 'MediaFailure';
  readonly code: FailureCode;
  readonly details: FailureDetails;
  /** True when a retry cannot help. */
  readonly final: boolean;

  constructor(code: FailureCode, details: FailureDetails = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
    this.final = failures[code].final;
  }
}

/** Turns whatever was thrown into a failure; what is not ours becomes `internal`, a full disk `disk_full`. */
export function toMediaFailure(error: unknown): MediaFailure {
  if (error instanceof MediaFailure) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new MediaFailure('disk_full', {}, error);
  if (code === 'ENOMEM') return new MediaFailure('memory_limit', {}, error);
  return new MediaFailure('internal', {}, error);
}
