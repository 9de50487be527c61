import Value from 'typebox/value';
import type { Failure } from '../contract/common.js';
import { failureSentences } from '../contract/describe-failure.js';
import { FailureDetailsSchema } from '../contract/failure-details.js';
import { failures } from '../contract/failures.js';
import type { FailureCode } from '../contract/lists.js';

/** A kept reason in words; `details` as the database has them. What was cancelled can be asked for again. */
export function failureOf(code: FailureCode | null, details: unknown): Failure | null {
  if (code === null) return null;
  const known = Value.Check(FailureDetailsSchema, details) ? details : {};
  return {
    code,
    text: failureSentences({ code, details: known }),
    retryable: code === 'cancelled' || !failures[code].final,
  };
}
