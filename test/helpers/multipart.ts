import { randomUUID } from 'node:crypto';

export interface FormFile {
  name: string;
  content: Buffer;
  /** Name of the part. */
  field?: string;
  type?: string;
}

/** A form as a browser sends it: text fields first, then the file. */
export function formOf({ fields = {}, file }: { fields?: Record<string, string>; file?: FormFile }): {
  payload: Buffer;
  headers: { 'content-type': string };
  boundary: string;
} {
  const boundary = `----form${randomUUID()}`;
  const parts: Buffer[] = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  if (file) {
    const { name, content, field = 'file', type = 'application/octet-stream' } = file;
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
      ),
      content,
      Buffer.from('\r\n'),
    );
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return {
    payload: Buffer.concat(parts),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    boundary,
  };
}
