import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { type ClientRequest, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { type FileStore, FileStoreError } from '../../pipeline/files/file-store.js';
import { sniffBytes } from '../../pipeline/media/sniff.js';
import { createApp } from '../../server/app.js';
import { CreativeUploadFields } from '../../server/contract/creative.js';
import { mediaKinds } from '../../server/contract/lists.js';
import { cleanFileName, contentDisposition } from '../../server/http/file-name.js';
import { createUploads, sweepTemporary } from '../../server/http/upload.js';
import { eventually } from '../helpers/eventually.js';
import { picture, sha256 } from '../helpers/media.js';
import { formOf } from '../helpers/multipart.js';

const limits = { image: 60_000, audio: 30_000, video: 120_000, document: 20_000 };

let root: string;
let tempDirectory: string;
let files: FileStore;
let app: FastifyInstance;
let jpeg: Buffer;
let failWith: Error | null = null;

/** A JPEG of exactly this many bytes: what follows its end is not looked at here. */
const jpegOf = (bytes: number) => Buffer.concat([jpeg, Buffer.alloc(bytes - jpeg.length, 0x20)]);

async function storedFiles(): Promise<string[]> {
  const found: string[] = [];
  for await (const name of files.list()) found.push(name);
  return found.sort();
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'tathya-upload-'));
  tempDirectory = path.join(root, 'incoming');
  const store = await openDiskStore({ directory: path.join(root, 'store') });
  files = {
    ...store,
    adopt: async (tempPath) => {
      if (failWith) throw failWith;
      return store.adopt(tempPath);
    },
  };
  jpeg = await picture({ width: 200, height: 150 });
  app = await createApp({ logLevel: 'silent', publicUrl: null, secure: false, maxFileBytes: 1_000_000 });
  const uploads = createUploads({ files, sniff: sniffBytes, limits, tempDirectory });
  app.post('/take', (request) =>
    uploads.receive(request, { fieldsSchema: CreativeUploadFields, kinds: mediaKinds }),
  );
  app.post('/take-image', (request) =>
    uploads.receive(request, { fieldsSchema: CreativeUploadFields, kinds: ['image'], maxBytes: 40_000 }),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await app.close();
  await rm(root, { recursive: true, force: true });
});

function post(payload: Buffer, headers: Record<string, string>, url = '/take') {
  return app.inject({ method: 'POST', url, payload, headers });
}

function postFile(content: Buffer, name = 'a.jpg', fields: Record<string, string> = {}, url = '/take') {
  const { payload, headers } = formOf({ fields, file: { name, content } });
  return post(payload, headers, url);
}

/** Over a real connection, without saying how long the body is. */
function streamed(
  headers: Record<string, string>,
  url = '/take',
): {
  request: ClientRequest;
  answer: Promise<{ status: number; body: string }>;
} {
  const { port } = app.server.address() as AddressInfo;
  const request = send({ host: '127.0.0.1', port, path: url, method: 'POST', headers });
  const answer = new Promise<{ status: number; body: string }>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        body += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
  });
  return { request, answer };
}

async function expectNothingLeft() {
  expect(await readdir(tempDirectory)).toEqual([]);
}

const partsOf = ({ payload, headers }: ReturnType<typeof formOf>) => [payload, headers] as const;

describe('an upload', () => {
  it('is kept under the hash of its content, with its type from the content and its name cleaned', async () => {
    const response = await postFile(jpeg, 'अ\u202eआ  पोस्टर.png', { title: 'पोस्टर', altText: '' });

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      sha256: sha256(jpeg),
      size: jpeg.length,
      mime: 'image/jpeg',
      kind: 'image',
      originalName: 'अआ  पोस्टर.png',
      fields: { title: 'पोस्टर' },
    });
    expect(await storedFiles()).toContain(sha256(jpeg));
    await expectNothingLeft();
  });

  it('is refused with the fields that are wrong, and nothing is kept', async () => {
    const content = jpegOf(20_000);
    const unknown = await postFile(content, 'a.jpg', { surprise: '1', aiDeclaration: 'maybe' });
    const pathsOf = (body: string) =>
      (JSON.parse(body) as { errors: { field: string }[] }).errors.map(({ field }) => field).sort();

    expect(unknown.statusCode).toBe(400);
    expect(pathsOf(unknown.body)).toEqual(['/aiDeclaration', '/surprise']);
    expect(await storedFiles()).not.toContain(sha256(content));
    await expectNothingLeft();
  });

  it('without a file, with a file in another field or with a field twice is refused', async () => {
    const none = formOf({ fields: { title: 'x' } });
    const elsewhere = formOf({ file: { name: 'a.jpg', content: jpeg, field: 'title' } });
    const one = formOf({ fields: { title: 'x' }, file: { name: 'a.jpg', content: jpeg } });
    const field = `--${one.boundary}\r\ncontent-disposition: form-data; name="title"\r\n\r\ny\r\n`;
    const answers = await Promise.all([
      post(none.payload, none.headers),
      post(elsewhere.payload, elsewhere.headers),
      post(Buffer.concat([Buffer.from(field), one.payload]), one.headers),
    ]);

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400]);
    expect(answers.map((answer) => answer.json().errors[0].field)).toEqual(['/file', '/title', '/title']);
    await expectNothingLeft();
  });

  it('that is damaged is a fault of the sender, never ours', async () => {
    const { payload, headers, boundary } = formOf({
      fields: { title: 'x' },
      file: { name: 'a.jpg', content: jpeg },
    });
    const damaged: [string, Buffer, Record<string, string>][] = [
      ['no final boundary', payload.subarray(0, payload.length - boundary.length - 8), headers],
      ['cut in the file', payload.subarray(0, payload.length - 500), headers],
      ['cut in the headers of a part', payload.subarray(0, 150), headers],
      ['another boundary', payload, { 'content-type': 'multipart/form-data; boundary=other' }],
      ['no boundary', payload, { 'content-type': 'multipart/form-data' }],
      ['nothing', Buffer.alloc(0), headers],
      ['noise', Buffer.from('no form at all'), headers],
      ['a polluting name', formOf({ fields: { __proto__x: '1', constructor: '2' } }).payload, headers],
    ];
    for (const [what, body, withHeaders] of damaged) {
      const response = await post(body, withHeaders);
      expect([what, response.statusCode, response.json().code]).toEqual([what, 400, 'invalid_input']);
    }
    await expectNothingLeft();
  });

  it('with more of anything than a form needs is refused, and nothing is kept', async () => {
    const content = jpegOf(20_000);
    const file = { name: 'a.jpg', content };
    const many = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`field${index}`, 'x']));
    const one = formOf({ file });
    const head = `--${one.boundary}\r\ncontent-disposition: form-data; name="file"; filename="b.jpg"\r\n`;
    const second = Buffer.concat([Buffer.from(`${head}\r\n`), content, Buffer.from('\r\n'), one.payload]);
    const cases: [string, Buffer, Record<string, string>, number][] = [
      ['fields', ...partsOf(formOf({ fields: many, file })), 413],
      ['a value', ...partsOf(formOf({ fields: { title: 'क'.repeat(30_000) }, file })), 413],
      ['a name', ...partsOf(formOf({ fields: { ['n'.repeat(200)]: 'x' }, file })), 400],
      ['a file', second, one.headers, 400],
    ];
    for (const [what, body, withHeaders, status] of cases) {
      const response = await post(body, withHeaders);
      expect([what, response.statusCode]).toEqual([what, status]);
      expect(response.json().details.hi).toMatch(/[\u0900-\u097f]/);
    }
    expect(await storedFiles()).not.toContain(sha256(content));
    await expectNothingLeft();
  });

  it('whose parts come with more headers than a form needs is taken without them', async () => {
    const content = jpegOf(23_000);
    const { boundary, headers } = formOf({});
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n`;
    const many = Array.from({ length: 2000 }, (_, index) => `x-${index}: y\r\n`).join('');
    for (const flood of [many, `x: ${'y'.repeat(900_000)}\r\n`]) {
      const parts = [`${head}${flood}\r\n`, content, `\r\n--${boundary}--\r\n`];
      const response = await post(Buffer.concat(parts.map((part) => Buffer.from(part))), headers);
      expect([response.statusCode, response.json().sha256]).toEqual([200, sha256(content)]);
    }
  });

  it('whose length is not what was said is refused or never whole, and nothing is kept', async () => {
    const content = jpegOf(22_000);
    const { payload, headers } = formOf({ file: { name: 'a.jpg', content } });
    const short = streamed({ ...headers, 'content-length': String(payload.length - 5000) });
    short.request.on('error', () => undefined);
    short.request.end(payload.subarray(0, payload.length - 5000));
    const long = streamed({ ...headers, 'content-length': String(payload.length + 5000) });
    long.answer.catch(() => undefined);
    long.request.write(payload.subarray(0, 10_000));
    await eventually(async () => (await readdir(tempDirectory)).length > 0);
    long.request.destroy();

    expect((await short.answer).status).toBe(400);
    await eventually(async () => (await readdir(tempDirectory)).length === 0);
    expect(await storedFiles()).not.toContain(sha256(content));
  });

  it('of another content type is refused', async () => {
    const json = await app.inject({ method: 'POST', url: '/take', payload: { file: 'x' } });
    expect(json.statusCode).toBe(415);
  });

  it.each([
    [
      'an SVG drawing',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
      'svg_not_allowed',
      'SVG',
    ],
    ['a page', '<!doctype html><html><script>alert(1)</script></html>', 'type_not_allowed', 'kind of file'],
    ['a playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/other.mp4\n', 'playlist_not_allowed', 'list'],
    ['nothing', '', 'empty_file', 'empty'],
  ])('of %s under the name of a picture is refused in words', async (_, content, _code, word) => {
    const response = await postFile(Buffer.from(content), 'a.mp4');
    const { code, details, errors } = response.json();

    expect(response.statusCode).toBe(415);
    expect(code).toBe('unsupported_media');
    expect(details.en).toContain(word);
    expect(details.hi).toMatch(/[\u0900-\u097f]/);
    expect(errors[0].field).toBe('/file');
    await expectNothingLeft();
  });

  it('of a kind that is not wanted here is refused', async () => {
    const pdf = await postFile(Buffer.from('%PDF-1.7\n'), 'a.pdf', {}, '/take-image');
    expect(pdf.statusCode).toBe(415);
  });

  it('may be as large as the limit of its kind, and not a byte larger', async () => {
    const most = await postFile(jpegOf(60_000));
    const larger = await postFile(jpegOf(60_001));
    const lowered = await postFile(jpegOf(40_001), 'a.jpg', {}, '/take-image');

    expect(most.statusCode).toBe(200);
    expect([larger.statusCode, lowered.statusCode]).toEqual([413, 413]);
    expect(larger.json().details.en).toContain('60 kB');
    expect(await storedFiles()).not.toContain(sha256(jpegOf(60_001)));
    await expectNothingLeft();
  });

  it('that is too large is refused before the rest of it has come, without its length being said', async () => {
    const { payload, headers } = formOf({ file: { name: 'a.jpg', content: jpegOf(200_000) } });
    const { request, answer } = streamed(headers);
    request.write(payload.subarray(0, 100_000));
    const { status, body } = await answer;

    expect(status).toBe(413);
    expect(body).toContain('60 kB');
    await expectNothingLeft();
    request.destroy();
  });

  it('that says it is far too large is refused before anything has come', async () => {
    const { headers } = formOf({});
    const { request, answer } = streamed({ ...headers, 'content-length': '900000000' });
    request.flushHeaders();
    expect((await answer).status).toBe(413);
    request.destroy();
  });

  it('whose sender leaves leaves nothing', async () => {
    const { payload, headers } = formOf({ file: { name: 'a.jpg', content: jpegOf(50_000) } });
    const { request, answer } = streamed(headers);
    answer.catch(() => undefined);
    request.write(payload.subarray(0, 30_000));
    await eventually(async () => (await readdir(tempDirectory)).length === 1);
    request.destroy();

    await eventually(async () => (await readdir(tempDirectory)).length === 0);
    expect(await storedFiles()).not.toContain(sha256(jpegOf(50_000)));
  });

  it('to a full disk is refused as that and can be sent again afterwards', async () => {
    const content = jpegOf(21_000);
    failWith = new FileStoreError('storage_full', 'no space');
    const full = await postFile(content);
    failWith = null;
    const again = await postFile(content);

    expect([full.statusCode, again.statusCode]).toEqual([507, 200]);
    await expectNothingLeft();
  });
});

describe('the temporary directory', () => {
  it('is swept of what uploads left a day ago, and of nothing else', async () => {
    const old = new Date(Date.now() - 25 * 3_600_000);
    for (const name of ['upload-old', 'upload-new', 'other-old']) {
      await writeFile(path.join(tempDirectory, name), 'x');
      if (name.endsWith('old')) await utimes(path.join(tempDirectory, name), old, old);
    }
    expect(await sweepTemporary({ tempDirectory })).toBe(1);
    expect((await readdir(tempDirectory)).sort()).toEqual(['other-old', 'upload-new']);
    await Promise.all(['other-old', 'upload-new'].map((name) => rm(path.join(tempDirectory, name))));
  });
});

describe('a file name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\poster.jpg', 'poster.jpg'],
    ['a\u0000b\r\nset-cookie: x.jpg', 'abset-cookie: x.jpg'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['क्ष\u200dण.jpg', 'क्ष\u200dण.jpg'],
    ['e\u0301.png', 'é.png'],
    ['..', 'file'],
    ['', 'file'],
    [undefined, 'file'],
  ])('%j is kept as %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept);
  });

  it('is cut at a character, with its ending kept', () => {
    const name = cleanFileName(`${'कि'.repeat(100)}.jpeg`);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    expect(name).toMatch(/^(कि)+\.jpeg$/);
  });

  it('cannot break out of the header that carries it', () => {
    expect(contentDisposition('attachment', 'a"; x=\\"(é).jpg')).toBe(
      'attachment; filename="a_; x=__(_).jpg"; filename*=UTF-8\'\'a%22%3B%20x%3D%5C%22%28%C3%A9%29.jpg',
    );
  });
});
