import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../contract/common.js';
import type { Language } from '../contract/lists.js';
import { AppError, fromDatabaseError } from '../errors.js';

/** Hindi unless the request asks for English first. */
export function languageOf(request: FastifyRequest): Language {
  const wanted = request.headers['accept-language'] ?? '';
  const hindi = wanted.search(/\bhi\b/i);
  const english = wanted.search(/\ben\b/i);
  return english >= 0 && (hindi < 0 || english < hindi) ? 'en' : 'hi';
}

/** Fastify's and its plugins' own refusals, by their codes. */
const foreign: Readonly<Record<string, ConstructorParameters<typeof AppError>[0]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media',
  FST_REQ_FILE_TOO_LARGE: 'too_large',
  FST_FILES_LIMIT: 'too_large',
  FST_FIELDS_LIMIT: 'too_large',
  FST_PARTS_LIMIT: 'too_large',
  FST_ERR_REQUEST_TIMEOUT: 'unavailable',
};

/** Turns whatever was thrown into one of our errors. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const code = foreign[error.code];
    if (code !== undefined) return new AppError(code, { cause: error });
  }
  if (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  ) {
    if (error.statusCode === 413) return new AppError('too_large', { cause: error });
    if (error.statusCode === 415) return new AppError('unsupported_media', { cause: error });
    if (error.statusCode === 404) return new AppError('not_found', { cause: error });
    return new AppError('invalid_input', { cause: error });
  }
  return fromDatabaseError(error);
}

/** The RFC 9457 body of an error. Never holds a path, SQL or a stack. */
export function problemBody(error: AppError, language: Language, requestId: string): Problem {
  const body: Problem = {
    type: `urn:tathya:problem:${error.code}`,
    title: error.code.replaceAll('_', ' '),
    status: error.status,
    code: error.code,
    detail: error.messages[language],
    details: error.messages,
    requestId,
  };
  if (error.fields.length > 0) {
    body.errors = error.fields.map(({ path, messages }) => ({ field: path, message: messages[language] }));
  }
  if (error.details?.current !== undefined) body.current = error.details.current;
  return body;
}

/** Answers with a problem and logs our own faults once. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, thrown: unknown): FastifyReply {
  const error = toAppError(thrown);
  if (error.alert) request.log.error({ err: error.cause ?? error, code: error.code }, 'request failed');
  else request.log.info({ code: error.code }, 'request refused');
  if (error.status === 429 || error.status === 503) {
    const seconds = error.details?.retryAfterSeconds;
    reply.header('retry-after', typeof seconds === 'number' ? Math.ceil(seconds) : 2);
  }
  return reply
    .code(error.status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemBody(error, languageOf(request), request.id));
}
