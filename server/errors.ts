import { type ErrorCode, errorCodes } from './error-codes.js';

/** The same sentence in both languages of the interface. */
export interface Messages {
  hi: string;
  en: string;
}

/** What is wrong with one field of the input; `path` is a JSON pointer such as `/text`. */
export interface FieldProblem {
  path: string;
  messages: Messages;
}

export interface AppErrorOptions {
  /** Facts the caller may see and act on, such as the current version of a stale object. */
  details?: Record<string, unknown>;
  fields?: FieldProblem[];
  /** Replaces the table's sentence where a more exact one helps the user. */
  messages?: Messages;
  cause?: unknown;
}

/**
 * A refusal or failure with a stable code, its HTTP status and a sentence for the user in Hindi and
 * English. Everything the server throws on purpose is one of these.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  /** True when an operator should hear of it: the fault is ours, not the caller's. */
  readonly alert: boolean;
  readonly messages: Messages;
  readonly details: Record<string, unknown> | undefined;
  readonly fields: readonly FieldProblem[];

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    const entry = errorCodes[code];
    const messages = options.messages ?? { hi: entry.hi, en: entry.en };
    super(messages.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = entry.status;
    this.alert = entry.alert;
    this.messages = messages;
    this.details = options.details;
    this.fields = options.fields ?? [];
  }
}

/** Whether a text is one of our codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCodes, text);
}

interface DatabaseErrorLike {
  code: string;
  message: string;
}

/** SQLSTATE our own triggers and functions raise with; the message starts with one of our codes. */
const ownSqlState = 'TATHY';

/** SQLSTATE (whole, or its first two characters) to our code. */
const sqlStates: Readonly<Record<string, ErrorCode>> = {
  '08': 'unavailable',
  '22': 'invalid_input',
  '23502': 'invalid_input',
  '23505': 'conflict',
  '23514': 'invalid_input',
  '23P01': 'conflict',
  '25P03': 'unavailable',
  '40001': 'unavailable',
  '40P01': 'unavailable',
  '53': 'unavailable',
  '53100': 'storage_full',
  '55P03': 'unavailable',
  '57014': 'unavailable',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  '57P05': 'unavailable',
  '58030': 'unavailable',
};

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Sentences of node-postgres for a lost or unobtainable connection; they carry no code. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after calling end|driver has already been destroyed)/;

function hasCode(error: Error): error is Error & DatabaseErrorLike {
  return 'code' in error && typeof error.code === 'string';
}

function codeOf(error: Error): ErrorCode {
  if (lostConnection.test(error.message)) return 'unavailable';
  if (!hasCode(error)) return 'internal';
  if (networkCodes.has(error.code)) return 'unavailable';
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return 'storage_full';
  if (error.code === ownSqlState) {
    const prefix = error.message.split(':', 1)[0]?.trim() ?? '';
    return isErrorCode(prefix) ? prefix : 'internal';
  }
  if (error.code === '23503') {
    // The row named by an insert does not exist, or a row to be removed is still used by others.
    return error.message.startsWith('insert or update') ? 'invalid_input' : 'conflict';
  }
  return sqlStates[error.code] ?? sqlStates[error.code.slice(0, 2)] ?? 'internal';
}

/**
 * Turns what PostgreSQL, its driver or the disk threw into an `AppError`, keeping the original as the
 * cause. An `AppError` is given back as it is; what is not known becomes `internal`.
 */
export function fromDatabaseError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return new AppError('internal', { cause: error });
  // A refused connection to a name with several addresses is one error around many.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return new AppError(codeOf(first instanceof Error ? first : error), { cause: error });
}
