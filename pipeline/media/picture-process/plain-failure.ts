import { MediaFailure } from '../media-failure.js';
import type { PlainFailure } from './messages.js';

const mostCause = 2000;

/** A failure without its class, to be sent. */
export function toPlainFailure({ code, details, cause }: MediaFailure): PlainFailure {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? '');
  return { code, details, cause: text.slice(0, mostCause) };
}

/** The failure that was sent. */
export function fromPlainFailure({ code, details, cause }: PlainFailure): MediaFailure {
  return new MediaFailure(code, details, cause === '' ? undefined : new Error(cause));
}
