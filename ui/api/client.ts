import type { Language } from '../../server/contract/lists.js';
import { type EndpointName, paths } from '../../server/contract/paths.js';
import { offline, ownProblem, type ProblemError, problemOf, unreadable } from './problem.js';
import type { Answer, CallInput, CallName, Params, Rest, UploadName } from './types.js';

export interface UploadInput<N extends UploadName> {
  params?: Params<N>;
  fields?: Readonly<Record<string, string | undefined>>;
  file: Blob;
  fileName?: string;
  idempotencyKey?: string;
  /** Share of the bytes that left, 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Speaks to the server's API; every refusal is a `ProblemError`, an aborted call an `AbortError`. */
export interface Client {
  call<N extends CallName>(name: N, ...rest: Rest<CallInput<N>>): Promise<Answer<N>>;
  upload<N extends UploadName>(name: N, input: UploadInput<N>): Promise<Answer<N>>;
}

export interface ClientOptions {
  language: () => Language;
  /** The session is over: every later call would be refused too. */
  onSignedOut: () => void;
}

type Given = string | number | boolean;

interface Loose {
  params?: Readonly<Record<string, string>> | undefined;
  query?: Readonly<Record<string, Given | readonly Given[] | undefined>> | undefined;
  body?: unknown;
  ifMatch?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** Works on plain http in a local network too, where `crypto.randomUUID` does not exist. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** The address of an endpoint with its parameters filled in. */
export function addressOf(
  name: EndpointName,
  params: Loose['params'] = {},
  query: Loose['query'] = {},
): string {
  const path = paths[name][1].replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    const given = Array.isArray(value) ? value : [value];
    for (const one of given) if (one !== undefined && one !== '') search.append(key, String(one));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

export function createClient({ language, onSignedOut }: ClientOptions): Client {
  function refuse(problem: ProblemError): ProblemError {
    if (problem.code === 'not_signed_in') onSignedOut();
    return problem;
  }

  function headersOf(input: Loose): Record<string, string> {
    const headers: Record<string, string> = {
      accept: 'application/json',
      'accept-language': language() === 'hi' ? 'hi, en;q=0.5' : 'en, hi;q=0.5',
    };
    if (input.body !== undefined) headers['content-type'] = 'application/json';
    if (input.ifMatch !== undefined) headers['if-match'] = `"${input.ifMatch}"`;
    if (input.idempotencyKey !== undefined) headers['idempotency-key'] = input.idempotencyKey;
    return headers;
  }

  async function send(name: EndpointName, input: Loose): Promise<unknown> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(addressOf(name, input.params, input.query), {
        method: paths[name][0],
        headers: headersOf(input),
        credentials: 'same-origin',
        ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
        ...(input.signal ? { signal: input.signal } : {}),
      });
      text = await response.text();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw ownProblem(offline);
    }
    if (!response.ok) throw refuse(problemOf(response.status, text));
    return parse(response.status, text);
  }

  function parse(status: number, text: string): unknown {
    if (status === 204 || text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw ownProblem(unreadable, status);
    }
  }

  function post<N extends UploadName>(name: N, input: UploadInput<N>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const form = new FormData();
      for (const [key, value] of Object.entries(input.fields ?? {})) {
        if (value !== undefined && value !== '') form.append(key, value);
      }
      const named = input.file instanceof File ? input.file.name : 'file';
      form.append('file', input.file, input.fileName ?? named);

      const request = new XMLHttpRequest();
      request.open('POST', addressOf(name, input.params));
      const headers = headersOf({
        ...(input.idempotencyKey ? { idempotencyKey: input.idempotencyKey } : {}),
      });
      for (const [key, value] of Object.entries(headers)) request.setRequestHeader(key, value);
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) input.onProgress?.(event.loaded / event.total);
      };
      request.onload = () => {
        const { status, responseText } = request;
        if (status < 200 || status > 299) return reject(refuse(problemOf(status, responseText)));
        try {
          resolve(parse(status, responseText));
        } catch (error) {
          reject(error);
        }
      };
      request.onerror = () => reject(ownProblem(offline));
      request.onabort = () => reject(new DOMException('', 'AbortError'));
      if (input.signal?.aborted) return reject(new DOMException('', 'AbortError'));
      input.signal?.addEventListener('abort', () => request.abort(), { once: true });
      request.send(form);
    });
  }

  return {
    // The server filters every answer by the schema these types come from.
    call: async <N extends CallName>(name: N, ...rest: Rest<CallInput<N>>) =>
      (await send(name, (rest[0] ?? {}) as Loose)) as Answer<N>,
    upload: async <N extends UploadName>(name: N, input: UploadInput<N>) =>
      (await post(name, input)) as Answer<N>,
  };
}
