import { type ClientRequest, type IncomingHttpHeaders, request as send } from 'node:http';
import { tus } from '../../server/contract/upload.js';
import { sha256 } from './media.js';

/** `Upload-Metadata` of these values. */
export function metadataOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

/** Makes files of any size that begin as the picture and go on differently each time. */
export function differentFiles(picture: Buffer): (bytes: number) => Buffer {
  let serial = 0;
  return (bytes) => {
    serial += 1;
    const content = Buffer.alloc(bytes, `${serial} and then `);
    picture.copy(content);
    return content;
  };
}

/** The headers that announce a file. */
export function announcing(
  content: Buffer,
  values: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    'tus-resumable': tus.version,
    'upload-length': String(content.length),
    'upload-metadata': metadataOf({ filename: 'poster.jpg', sha256: sha256(content), ...values }),
  };
}

/** The headers of a part that begins there. */
export function partAt(offset: number): Record<string, string> {
  return { 'tus-resumable': tus.version, 'upload-offset': String(offset), 'content-type': tus.partType };
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One request over a connection of its own; rejects when that is cut. */
export function ask(
  base: string,
  {
    method,
    path,
    headers,
    body,
  }: { method: string; path: string; headers: Record<string, string>; body?: Buffer },
): { request: ClientRequest; answer: Promise<HttpAnswer> } {
  const request = send(new URL(path, base), { method, headers, agent: false });
  const answer = new Promise<HttpAnswer>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode = 0, headers: given } = response;
        resolve({ status: statusCode, headers: given, body: Buffer.concat(pieces).toString() });
      });
    });
  });
  if (body !== undefined) request.end(body);
  else if (method !== 'PATCH') request.end();
  return { request, answer };
}
