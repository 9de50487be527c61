import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDiskStore } from '../../pipeline/files/disk-store.js';
import { createApp } from '../../server/app.js';
import { readRange, sendFile } from '../../server/http/send-file.js';
import { eventually } from '../helpers/eventually.js';
import { sha256 } from '../helpers/media.js';

const content = randomBytes(3_000_000);
const name = sha256(content);
const tag = `"${name}"`;
let root: string;
let app: FastifyInstance;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'tathya-send-'));
  const files = await openDiskStore({ directory: path.join(root, 'store') });
  await writeFile(path.join(root, 'incoming'), content);
  await files.adopt(path.join(root, 'incoming'));
  app = await createApp({ logLevel: 'silent', publicUrl: null, secure: false, maxFileBytes: 1 });
  const file = { sha256: name, size: content.length, mime: 'video/mp4', name: 'पोस्टर.mp4' };
  app.get('/file', (request, reply) =>
    sendFile(reply, request, { files, ...file, disposition: 'attachment' }),
  );
  app.get('/lost', (request, reply) =>
    sendFile(reply, request, { files, ...file, sha256: '0'.repeat(64), disposition: 'inline' }),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await app.close();
  await rm(root, { recursive: true, force: true });
});

const ask = (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ method, url: '/file', headers });

async function openFiles(): Promise<string[]> {
  const open = await readdir('/proc/self/fd');
  const targets = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return targets.filter((target) => target.startsWith(root));
}

describe('a file that is handed out', () => {
  it('comes whole, under its name, and cannot run as a page', async () => {
    const response = await ask();

    expect(response.statusCode).toBe(200);
    expect(sha256(response.rawPayload)).toBe(name);
    expect(response.headers).toMatchObject({
      etag: tag,
      'content-length': String(content.length),
      'content-type': 'video/mp4',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-disposition': `attachment; filename="______.mp4"; filename*=UTF-8''${encodeURIComponent('पोस्टर.mp4')}`,
    });
  });

  it('is not sent again to who has it', async () => {
    const response = await ask({ 'if-none-match': `"other", W/${tag}` });
    expect([response.statusCode, response.rawPayload.length]).toEqual([304, 0]);
    expect(response.headers.etag).toBe(tag);
  });

  it('is described without its content to HEAD', async () => {
    const response = await ask({}, 'HEAD');
    expect([response.statusCode, response.rawPayload.length]).toEqual([200, 0]);
    expect(response.headers['content-length']).toBe(String(content.length));
  });

  it('is resumed at any point with the same content', async () => {
    for (const cut of [1, 65_536, 1_500_001, content.length - 1]) {
      const head = await ask({ range: `bytes=0-${cut - 1}` });
      const rest = await ask({ range: `bytes=${cut}-`, 'if-range': tag });

      expect([head.statusCode, rest.statusCode]).toEqual([206, 206]);
      expect(rest.headers['content-range']).toBe(`bytes ${cut}-${content.length - 1}/${content.length}`);
      expect(sha256(Buffer.concat([head.rawPayload, rest.rawPayload]))).toBe(name);
    }
  });

  it('comes whole when it has changed since the part that is there', async () => {
    const response = await ask({ range: 'bytes=10-', 'if-range': '"another"' });
    expect([response.statusCode, response.rawPayload.length]).toEqual([200, content.length]);
  });

  it('has no bytes after its end', async () => {
    const response = await ask({ range: `bytes=${content.length}-` });
    expect([response.statusCode, response.headers['content-range']]).toEqual([
      416,
      `bytes */${content.length}`,
    ]);
  });

  it('that is lost is a fault of ours', async () => {
    const response = await app.inject({ url: '/lost' });
    expect([response.statusCode, response.json().code]).toEqual([500, 'internal']);
  });

  it('is closed when the receiver leaves', async () => {
    const { port } = app.server.address() as AddressInfo;
    for (let times = 0; times < 20; times += 1) {
      await new Promise<void>((resolve) => {
        const request = get({ host: '127.0.0.1', port, path: '/file' }, (response) => {
          response.once('data', () => {
            request.destroy();
            resolve();
          });
        });
        request.on('error', () => undefined);
      });
    }
    await eventually(async () => (await openFiles()).length === 0);
  });
});

describe('a range', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-200', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=9-3', null],
    ['bytes=0-1,5-6', null],
    ['bytes=-', null],
    ['lines=1-2', null],
    [undefined, null],
  ])('%j of 100 bytes is %j', (header, range) => {
    expect(readRange(header, 100)).toEqual(range);
  });
});
