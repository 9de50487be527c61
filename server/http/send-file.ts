import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FileStore } from '../../pipeline/files/file-store.js';
import { AppError } from '../errors.js';
import { contentDisposition } from './file-name.js';

/** A stored file and how it is to be handed out. */
export interface FileToSend {
  sha256: string;
  size: number;
  mime: string;
  /** Name to save it under. */
  name: string;
  disposition: 'attachment' | 'inline';
}

export interface SendFileOptions extends FileToSend {
  files: Pick<FileStore, 'openRange'>;
}

type Range = { start: number; end: number } | 'unsatisfiable' | null;

/** One range of bytes; null when there is none, or one we need not understand (several, other units). */
export function readRange(header: string | undefined, size: number): Range {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (!match || (first === '' && last === '')) return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length > 0 ? { start: size - length, end: size - 1 } : 'unsatisfiable';
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start < size ? { start, end } : 'unsatisfiable';
}

/** Whether an `If-None-Match` names the tag. */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((entry) => ['*', tag, `W/${tag}`].includes(entry.trim()));
}

async function open(files: SendFileOptions['files'], sha256: string, range: Range): Promise<Readable> {
  try {
    return await (range === null || range === 'unsatisfiable'
      ? files.openRange(sha256)
      : files.openRange(sha256, range));
  } catch (error) {
    // The row is there and the file is not: a fault of ours, for the operator to hear of.
    throw new AppError('internal', { cause: error });
  }
}

/**
 * Hands out a stored file, whole or one range of it. Clients keep it but ask again each time, so that a recall is
 * heard; whatever it contains, it cannot run as a page of this program.
 */
export async function sendFile(
  reply: FastifyReply,
  request: FastifyRequest,
  { files, sha256, size, mime, name, disposition }: SendFileOptions,
): Promise<FastifyReply> {
  const tag = `"${sha256}"`;
  reply
    .header('etag', tag)
    .header('cache-control', 'private, no-cache')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('accept-ranges', 'bytes');
  if (namesTag(request.headers['if-none-match'], tag)) return reply.code(304).send();

  const condition = request.headers['if-range'];
  const range = condition === undefined || condition === tag ? readRange(request.headers.range, size) : null;
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${size}`).send();
  }
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  else reply.code(200);
  reply
    .header('content-type', mime)
    .header('content-length', range ? range.end - range.start + 1 : size)
    .header('content-disposition', contentDisposition(disposition, name));
  // Fastify drops the body of an answer to HEAD by reading it to its end; an empty one costs nothing.
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : await open(files, sha256, range));
}

/** Hands out a small text that was made for this answer; it cannot run as a page of this program either. */
export function sendText(reply: FastifyReply, { mime, text }: { mime: string; text: string }): FastifyReply {
  return reply
    .header('cache-control', 'private, no-cache')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('content-type', mime)
    .send(text);
}
