import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { BusboyFileStream } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import Value from 'typebox/value';
import type { FileStore } from '../../pipeline/files/file-store.js';
import type { MediaKind } from '../contract/lists.js';
import type { UploadLimits } from '../contract/upload-limits.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { cleanFileName } from './file-name.js';
import { type FileRules, fileRules, headBytes, type Sniff, type SniffedType } from './file-rules.js';
import { drain, explain } from './upload-problems.js';
import { fieldProblems } from './validation.js';

export interface UploadsOptions {
  files: Pick<FileStore, 'adopt'>;
  sniff: Sniff;
  limits: UploadLimits;
  /** Best on the file store's own disk; made when it is missing. */
  tempDirectory: string;
  /** Throws when this member may not bring in so many bytes more. */
  admit?(actor: Actor, bytes: number): Promise<void>;
}

export interface ReceiveOptions<Schema extends TSchema> {
  /** The text fields beside the file; fields it does not know are refused. */
  fieldsSchema: Schema;
  kinds: readonly MediaKind[];
  /** Lowers the limit of every kind, bytes. */
  maxBytes?: number;
}

/** A file that is in the store, whole; its row is for the caller to add (`recordFile`). */
export interface ReceivedFile<Fields> {
  sha256: string;
  size: number;
  mime: string;
  kind: MediaKind;
  originalName: string;
  fields: Fields;
}

export interface Uploads {
  /**
   * Reads a form with one part named `file`: streamed to disk while it is hashed, counted and typed by content.
   * Rejects with `too_large`, `unsupported_media`, `invalid_input` or `storage_full`; nothing is left behind then,
   * nor when the sender leaves.
   */
  receive<Schema extends TSchema>(
    request: FastifyRequest,
    options: ReceiveOptions<Schema>,
  ): Promise<ReceivedFile<Static<Schema>>>;
}

/** Room for the text fields and the headers of parts. */
const formOverheadBytes = 1_000_000;
const prefix = 'upload-';

interface Written extends SniffedType {
  sha256: string;
  size: number;
}

/** Writes one part to a new file; refuses as soon as the type or the size does not suit. */
async function write(stream: BusboyFileStream, tempPath: string, rules: FileRules): Promise<Written> {
  const digest = createHash('sha256');
  let head: Buffer = Buffer.alloc(0);
  let type: SniffedType | undefined;
  let size = 0;
  const handle = await open(tempPath, 'wx', 0o600);
  try {
    for await (const piece of stream) {
      const chunk: Buffer = Buffer.from(piece);
      size += chunk.length;
      if (!type) {
        head = Buffer.concat([head, chunk.subarray(0, headBytes)]);
        if (head.length >= headBytes) type = rules.accept(head.subarray(0, headBytes));
      }
      rules.measure(size, type?.kind);
      digest.update(chunk);
      await handle.writeFile(chunk);
    }
    type ??= rules.accept(head);
    rules.measure(stream.truncated ? rules.largest + 1 : size, type.kind);
  } finally {
    await handle.close();
  }
  return { sha256: digest.digest('hex'), size, ...type };
}

function wrongField(field: string, hi: string, en: string): AppError {
  return new AppError('invalid_input', { fields: [{ path: `/${field}`, messages: { hi, en } }] });
}

/** The text fields, checked; an empty one counts as not filled in. */
function readFields<Schema extends TSchema>(
  schema: Schema,
  fields: ReadonlyMap<string, unknown>,
): Static<Schema> {
  const given: unknown = Object.fromEntries([...fields].filter(([, value]) => value !== ''));
  if (Value.Check(schema, given)) return given;
  throw new AppError('invalid_input', { fields: fieldProblems([...Value.Errors(schema, given)]) });
}

export function createUploads({ files, sniff, limits, tempDirectory, admit }: UploadsOptions): Uploads {
  async function readForm(request: FastifyRequest, tempPath: string, rules: FileRules) {
    const fields = new Map<string, unknown>();
    let file: (Written & { originalName: string }) | undefined;
    for await (const part of request.parts({ limits: { fileSize: rules.largest + 1 } })) {
      if (part.type === 'field') {
        const { fieldname, value } = part;
        if (part.fieldnameTruncated || part.valueTruncated) throw new AppError('too_large');
        if (fields.has(fieldname))
          throw wrongField(fieldname, 'यह खाना दो बार है।', 'This field is there twice.');
        fields.set(fieldname, value);
      } else if (part.fieldname !== 'file') {
        throw wrongField(part.fieldname, 'फ़ाइल इस खाने में नहीं चलती।', 'A file does not belong in this field.');
      } else {
        const written = await write(part.file, tempPath, rules);
        file = { ...written, originalName: cleanFileName(part.filename) };
      }
    }
    if (!file) throw wrongField('file', 'फ़ाइल चुनें।', 'Choose a file.');
    return { fields, file };
  }

  return {
    async receive(request, { fieldsSchema, ...allowed }) {
      if (!request.isMultipart()) throw new AppError('unsupported_media');
      const rules = fileRules({ sniff, limits, ...allowed });
      const { actor } = request;
      const tempPath = path.join(tempDirectory, `${prefix}${randomUUID()}`);
      try {
        const announced = Math.max(0, Number(request.headers['content-length'] ?? 0) - formOverheadBytes);
        rules.measure(announced);
        if (actor) await admit?.(actor, Math.max(announced, 1));
        await mkdir(tempDirectory, { recursive: true, mode: 0o700 });
        const { fields, file } = await readForm(request, tempPath, rules);
        const checked = readFields(fieldsSchema, fields);
        if (actor) await admit?.(actor, file.size);
        const stored = await files.adopt(tempPath);
        if (stored.sha256 !== file.sha256 || stored.size !== file.size) {
          throw new AppError('internal', {
            cause: new Error('the stored file differs from what was received'),
          });
        }
        const { mime, kind, originalName } = file;
        return { ...stored, mime, kind, originalName, fields: checked };
      } catch (error) {
        drain(request.raw);
        throw explain(error);
      } finally {
        await rm(tempPath, { force: true });
      }
    },
  };
}

const day = 24 * 3_600_000;

/** Removes what uploads of a killed server left behind; younger files may be under way. Gives their number. */
export async function sweepTemporary({
  tempDirectory,
  olderThanMs = day,
}: {
  tempDirectory: string;
  olderThanMs?: number;
}): Promise<number> {
  await mkdir(tempDirectory, { recursive: true, mode: 0o700 });
  let removed = 0;
  for (const name of await readdir(tempDirectory)) {
    if (!name.startsWith(prefix)) continue;
    const file = path.join(tempDirectory, name);
    const found = await stat(file).catch(() => null);
    if (!found?.isFile() || Date.now() - found.mtimeMs < olderThanMs) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}
