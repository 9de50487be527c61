import type { Problem } from '../../server/contract/common.js';
import type { Language } from '../../server/contract/lists.js';

/** Codes that arise here, not on the server. */
export const offline = 'offline';
export const unreadable = 'unreadable_answer';

const own = {
  [offline]: {
    hi: 'सर्वर से संपर्क नहीं हो पाया। इंटरनेट जाँचें और फिर कोशिश करें।',
    en: 'The server could not be reached. Check your connection and try again.',
  },
  [unreadable]: {
    hi: 'सर्वर का उत्तर समझ में नहीं आया। थोड़ी देर बाद फिर कोशिश करें।',
    en: 'The server’s answer could not be understood. Try again in a little while.',
  },
} as const;

export interface FieldError {
  field: string;
  message: string;
}

/** A refusal or failure as the server explained it, or one of our own when there was no answer. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<Language, string>>;
  readonly errors: readonly FieldError[];
  readonly current: unknown;
  readonly requestId: string | undefined;

  constructor(problem: {
    status: number;
    code: string;
    details: Readonly<Record<Language, string>>;
    errors?: readonly FieldError[];
    current?: unknown;
    requestId?: string;
  }) {
    super(problem.details.en);
    this.name = 'ProblemError';
    this.status = problem.status;
    this.code = problem.code;
    this.details = problem.details;
    this.errors = problem.errors ?? [];
    this.current = problem.current;
    this.requestId = problem.requestId;
  }

  /** Whether the same request may pass later: no answer, or the server's own trouble. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export function ownProblem(code: typeof offline | typeof unreadable, status = 0): ProblemError {
  return new ProblemError({ status, code, details: own[code] });
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  return (
    'code' in body && typeof body.code === 'string' && 'details' in body && typeof body.details === 'object'
  );
}

/** Reads a refused answer's body; one that is no problem body becomes our own words. */
export function problemOf(status: number, text: string): ProblemError {
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    return ownProblem(unreadable, status);
  }
  if (!isProblem(body)) return ownProblem(unreadable, status);
  return new ProblemError({
    status,
    code: body.code,
    details: body.details,
    requestId: body.requestId,
    current: body.current,
    errors: (body.errors ?? []).map(({ field, message }) => ({ field: fieldName(field), message })),
  });
}

/** `/texts/hi/title` and `texts.hi.title` name the same field. */
export function fieldName(path: string): string {
  return path.replace(/^\//, '').replace(/\//g, '.');
}

export function toProblem(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : ownProblem(offline);
}
