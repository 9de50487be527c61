import type { Upload as TusUpload } from 'tus-js-client';
import type { Creative } from '../../../server/contract/creative.js';
import type { Language } from '../../../server/contract/lists.js';
import { addressOf, type Client } from '../../api/client.js';
import { offline, ownProblem, type ProblemError, problemOf, toProblem } from '../../api/problem.js';
import type { ReadyFile } from './ready-file.js';
import { fingerprintOf, type Memory } from './remembered.js';

export interface SendInPartsOptions {
  client: Pick<Client, 'call'>;
  language: Language;
  memory: Memory;
  item: ReadyFile;
  sha256: string;
  signal: AbortSignal;
  onProgress: (share: number) => void;
}

/** At 64 kbit/s ten minutes: within every time-out on the way, and little to send again. */
const partBytes = 5_000_000;
const waitsMs = [500, 1500, 3000, 6000, 12_000];
/** A whole file of the largest size is read three times before it is a creative. */
const patienceMs = 180_000;

/** After these the server has let go of the file: the next try begins anew. */
const refusals = new Set([400, 404, 410, 413, 415, 422]);

function idOf(url: string | null): string {
  return url?.split('/').at(-1) ?? '';
}

/** What tus-js-client reports, as every other refusal. */
function problemIn(error: unknown): ProblemError {
  if (typeof error !== 'object' || error === null || !('originalResponse' in error)) return toProblem(error);
  // Checked edge: errors of requests carry the answer, or null when there was none.
  const answer = error.originalResponse as { getStatus(): number; getBody(): string } | null;
  return answer === null ? ownProblem(offline) : problemOf(answer.getStatus(), answer.getBody());
}

function aborted(): DOMException {
  return new DOMException('', 'AbortError');
}

/** Sends what is missing; gives the id of the upload that is whole. */
async function sendBytes(options: SendInPartsOptions, known: string | null): Promise<string> {
  const { language, memory, item, sha256, signal, onProgress } = options;
  const { file, kind, fields } = item;
  const fingerprint = fingerprintOf(file, fields.supersedesId);
  const { Upload } = await import('tus-js-client');
  const given = Object.entries(fields).flatMap(([key, value]) => (value ? [[key, value]] : []));
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(aborted());
    let noted = 0;
    const remember = (sent: number) => {
      noted = sent;
      const one = { fingerprint, id: idOf(upload.url), name: file.name, size: file.size, kind, fields, sent };
      memory.put(one);
    };
    const upload: TusUpload = new Upload(file, {
      ...(known === null
        ? { endpoint: addressOf('uploads.create') }
        : { uploadUrl: addressOf('uploads.read', { id: known }) }),
      metadata: { ...Object.fromEntries(given), filename: file.name, sha256 },
      headers: { 'accept-language': language },
      chunkSize: partBytes,
      retryDelays: waitsMs,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable() {
        // From now on a server that is away for a moment must not make it begin anew.
        upload.options.endpoint = null;
        remember(memory.find(fingerprint)?.sent ?? 0);
      },
      onProgress(sent, size) {
        onProgress(sent / size);
        if (Math.abs(sent - noted) > size / 50) remember(sent);
      },
      onChunkComplete: (_part, sent) => remember(sent),
      onSuccess: () => resolve(idOf(upload.url)),
      onError: (error) => reject(problemIn(error)),
    });
    signal.addEventListener(
      'abort',
      () => {
        void upload.abort();
        reject(aborted());
      },
      { once: true },
    );
    upload.start();
  });
}

const rested = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The last part makes the creative; when its answer was lost, the server tells what became of it. */
async function creativeOf({ client, signal }: SendInPartsOptions, id: string): Promise<Creative> {
  for (const end = Date.now() + patienceMs; ; await rested(1000)) {
    if (signal.aborted) throw aborted();
    const { creativeId } = await client.call('uploads.read', { params: { id } });
    if (creativeId !== null) return client.call('creatives.read', { params: { id: creativeId } });
    if (Date.now() > end) throw ownProblem(offline);
  }
}

/** Sends a large file in parts and goes on where it was, also with one that was begun before the page was closed. */
export async function sendInParts(options: SendInPartsOptions): Promise<Creative> {
  const { client, memory, item } = options;
  const fingerprint = fingerprintOf(item.file, item.fields.supersedesId);
  const attempt = async (known: string | null) => creativeOf(options, await sendBytes(options, known));
  const known = memory.find(fingerprint)?.id ?? null;
  try {
    const creative = await attempt(known).catch((error) => {
      const { status, code } = toProblem(error);
      if (code === 'not_signed_in') void client.call('session.me').catch(() => undefined);
      if (known === null || (status !== 404 && status !== 410)) throw error;
      // The server has forgotten it.
      memory.forget(fingerprint);
      return attempt(null);
    });
    memory.forget(fingerprint);
    return creative;
  } catch (error) {
    if (!(error instanceof DOMException) && refusals.has(toProblem(error).status)) memory.forget(fingerprint);
    throw error;
  }
}
