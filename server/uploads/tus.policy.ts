import Value from 'typebox/value';
import { tus, UploadMetadata } from '../contract/upload.js';
import { AppError } from '../errors.js';
import { fieldProblems } from '../http/validation.js';

/** Headers of one request, as Node gives them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

function wrongHeader(name: string, hi: string, en: string): AppError {
  return new AppError('invalid_input', { fields: [{ path: `/headers/${name}`, messages: { hi, en } }] });
}

/** A tus request names the version it speaks. */
export function demandTus(headers: Headers): void {
  if (headers['tus-resumable'] !== tus.version) throw new AppError('unknown_protocol');
}

/** A whole number of bytes. */
export function bytesIn(headers: Headers, name: 'upload-length' | 'upload-offset'): number {
  const text = headers[name];
  const bytes = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
  if (bytes === null)
    throw wrongHeader(name, 'बाइटों की पूर्ण संख्या चाहिए।', 'It takes a whole number of bytes.');
  return bytes;
}

/** The length of this part, when it is said. */
export function partLength(headers: Headers): number | null {
  if (headers['content-type'] !== tus.partType) throw new AppError('unsupported_media');
  const text = headers['content-length'];
  return text === undefined ? null : Number(text);
}

const pair =
  /^([\x21-\x2b\x2d-\x7e]+)(?: ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?))?$/;

/** `key base64,key base64`; an empty value counts as not filled in. */
export function readMetadata(headers: Headers): UploadMetadata {
  const text = headers['upload-metadata'];
  const given = new Map<string, string>();
  for (const part of typeof text === 'string' ? text.split(',') : []) {
    const [, key, value = ''] = pair.exec(part.trim()) ?? [];
    if (key === undefined || given.has(key)) {
      throw wrongHeader(
        'upload-metadata',
        'नाम और मान के जोड़े चाहिए, मान आधार-64 में, हर नाम एक बार।',
        'It takes pairs of a name and a value in base64, every name once.',
      );
    }
    if (value !== '') given.set(key, Buffer.from(value, 'base64').toString('utf8'));
  }
  const metadata: unknown = Object.fromEntries(given);
  if (Value.Check(UploadMetadata, metadata)) return metadata;
  throw new AppError('invalid_input', {
    fields: fieldProblems([...Value.Errors(UploadMetadata, metadata)]),
  });
}
