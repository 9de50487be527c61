import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { sql } from 'kysely';
import { Upload as TusUpload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Creative } from '../../server/contract/creative.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { startCuttableProxy } from '../helpers/cuttable-proxy.js';
import { eventually } from '../helpers/eventually.js';
import { picture, sha256 } from '../helpers/media.js';
import { announcing, ask, differentFiles, metadataOf, partAt } from '../helpers/tus.js';

let app: TestApp;
let base: string;
let target: { host: string; port: number };
let designer: Client;
let fileOf: (bytes: number) => Buffer;

beforeAll(async () => {
  app = await createTestApp();
  designer = await app.as('designer');
  fileOf = differentFiles(await picture({ width: 200, height: 150 }));
  base = await app.app.listen({ host: '127.0.0.1', port: 0 });
  // Checked edge: the server listens on a port.
  target = { host: '127.0.0.1', port: (app.app.server.address() as AddressInfo).port };
});
afterAll(() => app.close());

const headersOf = (client: Client, headers: Record<string, string>) => ({
  cookie: client.cookie,
  ...headers,
});

async function announce(content: Buffer, values: Record<string, string> = {}, client = designer) {
  const answer = await client.inject({
    method: 'POST',
    url: '/api/uploads',
    headers: announcing(content, values),
  });
  expect([answer.statusCode, answer.body]).toEqual([201, '']);
  return String(answer.headers.location);
}

function send(address: string, offset: number, payload: Buffer, client = designer) {
  return client.inject({ method: 'PATCH', url: address, headers: partAt(offset), payload });
}

function look(address: string, client = designer) {
  return client.inject({ method: 'HEAD', url: address, headers: { 'tus-resumable': '1.0.0' } });
}

async function becameOf(address: string): Promise<Creative> {
  const { creativeId } = (await designer.inject({ url: address })).json();
  return (await designer.call('creatives.read', { params: { id: creativeId } })).body;
}

async function contentOf({ id }: Creative): Promise<Buffer> {
  return (await designer.call('creatives.file', { params: { id } })).raw.rawPayload;
}

const creativesOf = async (content: Buffer) =>
  (await designer.call('creatives.known', { body: { sha256: [sha256(content)] } })).body.items;
const incoming = () => readdir(path.join(app.dataDir, 'storage', 'incoming'));
const errorsOf = (body: string) =>
  (JSON.parse(body) as { errors: { field: string }[] }).errors.map(({ field }) => field);

describe('a file in parts', () => {
  it('becomes a creative with what its sender said of it', async () => {
    const content = fileOf(300_000);
    const fields = { title: 'पोस्टर', language: 'hi', rights: 'अपना', aiDeclaration: 'none' };
    const address = await announce(content, { ...fields, filename: 'मेरा/पोस्टर.jpg' });
    const first = await send(address, 0, content.subarray(0, 100_000));
    const halfway = await look(address);
    const last = await send(address, 100_000, content.subarray(100_000));

    expect([first.statusCode, first.headers['upload-offset']]).toEqual([204, '100000']);
    expect([halfway.statusCode, halfway.headers['upload-offset']]).toEqual([200, '100000']);
    expect(halfway.headers).toMatchObject({
      'upload-length': '300000',
      'tus-resumable': '1.0.0',
      'cache-control': 'no-store',
    });
    expect([last.statusCode, last.headers['upload-offset']]).toEqual([204, '300000']);
    const creative = await becameOf(address);
    expect(creative).toMatchObject({
      originalName: 'पोस्टर.jpg',
      texts: { hi: { title: 'पोस्टर', altText: '' } },
      rights: 'अपना',
      sha256: sha256(content),
      size: content.length,
      createdBy: { id: app.world.members.designer },
    });
    expect((await contentOf(creative)).equals(content)).toBe(true);
    expect(await incoming()).toEqual([]);
  });

  it('cut at random bytes and gone on with is the same file, and little is sent twice', async () => {
    const content = fileOf(4_000_000);
    const partBytes = 200_000;
    const cuts = Array.from({ length: 20 }, () => randomInt(0, partBytes));
    const proxy = await startCuttableProxy(target, {
      allowance: () => cuts.shift() ?? Number.POSITIVE_INFINITY,
    });
    const address = await announce(content);
    // Once the server has noticed the cut and saved what came before it: a client waits half a second instead.
    const offsetNow = async () => {
      let before = -1;
      return eventually(
        async () => {
          const { rows } = await sql<{ received: number }>`
            select received from uploads where id = ${path.basename(address)} and holder is null`.execute(
            app.db,
          );
          const [row] = rows;
          const settled = row?.received === before;
          before = row?.received ?? -1;
          return settled ? row : null;
        },
        { everyMs: 80 },
      );
    };
    let broken = 0;
    for (let offset = 0; offset < content.length; offset = (await offsetNow()).received) {
      const { answer } = ask(`http://127.0.0.1:${proxy.port}`, {
        method: 'PATCH',
        path: address,
        headers: headersOf(designer, partAt(offset)),
        body: content.subarray(offset, offset + partBytes),
      });
      await answer.catch(() => {
        broken += 1;
      });
    }
    await proxy.close();

    expect(broken).toBe(20);
    expect(proxy.carried()).toBeLessThan(content.length * 1.1);
    const creative = await becameOf(address);
    expect((await contentOf(creative)).equals(content)).toBe(true);
  }, 60_000);

  it('is sent by the reference client over a line that keeps breaking', async () => {
    const content = fileOf(1_500_000);
    let connections = 0;
    const proxy = await startCuttableProxy(target, {
      allowance: () => (connections++ % 2 === 0 ? 200_000 : Number.POSITIVE_INFINITY),
    });
    const address = await new Promise<string>((resolve, reject) => {
      const upload = new TusUpload(content, {
        endpoint: `http://127.0.0.1:${proxy.port}/api/uploads`,
        chunkSize: 500_000,
        retryDelays: [0, 20, 50, 100, 200, 400],
        headers: { cookie: designer.cookie },
        metadata: { filename: 'poster.jpg', sha256: sha256(content) },
        onError: reject,
        onSuccess: () => resolve(new URL(upload.url ?? '').pathname),
      });
      upload.start();
    });
    await proxy.close();

    expect(connections).toBeGreaterThan(2);
    expect((await contentOf(await becameOf(address))).equals(content)).toBe(true);
  });

  it('has one writer at a time; whoever begins elsewhere is told where to go on', async () => {
    const content = fileOf(200_000);
    const address = await announce(content);
    const headers = headersOf(designer, partAt(0));
    const { request, answer } = ask(base, { method: 'PATCH', path: address, headers });
    request.write(content.subarray(0, 50_000));
    await eventually(async () => (await incoming()).length === 1);

    const second = await send(address, 0, content);
    expect([second.statusCode, second.json().code]).toEqual([423, 'in_use']);
    expect((await designer.call('uploads.cancel', { params: { id: path.basename(address) } })).status).toBe(
      423,
    );
    request.end(content.subarray(50_000, 120_000));
    expect((await answer).status).toBe(204);

    const early = await send(address, 0, content);
    expect([early.statusCode, early.headers['upload-offset']]).toEqual([409, '120000']);
    expect(early.json().details.hi).toMatch(/[\u0900-\u097f]/);
    expect((await send(address, 120_000, content.subarray(120_000))).statusCode).toBe(204);
    expect(await creativesOf(content)).toHaveLength(1);
  });

  it("of someone else's answers as if there were none", async () => {
    const content = fileOf(1000);
    const address = await announce(content);
    const { rows } = await sql<{ id: string }>`
      insert into appointments (member_id, unit_id, role)
      values (${app.world.members.observer}, ${app.world.units.S}, 'designer') returning id`.execute(
      app.ownerDb,
    );
    const other = await app.as('observer');
    const absent = await look('/api/uploads/01890000-0000-7000-8000-00000000dead', other);
    const seen = await look(address, other);
    const sent = await send(address, 0, content, other);
    await sql`delete from appointments where id = ${rows[0]?.id}`.execute(app.ownerDb);

    expect([absent.statusCode, seen.statusCode, sent.statusCode]).toEqual([404, 404, 404]);
    expect((await look(address)).headers['upload-offset']).toBe('0');
    await designer.call('uploads.cancel', { params: { id: path.basename(address) } });
  });

  it('that changed on its way is refused in words, and nothing of it is kept', async () => {
    const content = fileOf(60_000);
    const address = await announce(content);
    const other = Buffer.from(content);
    other[50_000] = (other[50_000] ?? 0) ^ 1;
    const { statusCode, body } = await send(address, 0, other);

    expect([statusCode, JSON.parse(body).code]).toEqual([422, 'checksum_mismatch']);
    expect(JSON.parse(body).details.hi).toMatch(/[\u0900-\u097f]/);
    expect((await look(address)).statusCode).toBe(404);
    expect(await incoming()).toEqual([]);
    for (const { name } of [content, other].map((bytes) => ({ name: sha256(bytes) })))
      expect(await app.api.files.stat(name)).toBeNull();
  });

  it('of a kind that is not taken is refused by its first bytes', async () => {
    const content = Buffer.alloc(500_000, '<svg xmlns="http://www.w3.org/2000/svg"> ');
    const address = await announce(content);
    const { statusCode, body } = await send(address, 0, content.subarray(0, 5000));

    expect([statusCode, JSON.parse(body).details.en]).toEqual([415, expect.stringContaining('SVG')]);
    expect([(await look(address)).statusCode, await incoming()]).toEqual([404, []]);
  });

  it('larger than its kind may be is refused by its first bytes, larger than any before them', async () => {
    const head = fileOf(5000);
    const values = announcing(head);
    const film = { ...values, 'upload-length': '500000000' };
    const announced = await designer.inject({ method: 'POST', url: '/api/uploads', headers: film });
    const refused = await send(String(announced.headers.location), 0, head);
    const vast = await designer.inject({
      method: 'POST',
      url: '/api/uploads',
      headers: { ...values, 'upload-length': '1000000001' },
    });

    expect([announced.statusCode, refused.statusCode, vast.statusCode]).toEqual([201, 413, 413]);
    expect(refused.json().details.en).toContain('40 MB');
    expect(await incoming()).toEqual([]);
  });

  it('takes no byte more than was announced', async () => {
    const content = fileOf(20_000);
    const address = await announce(content);
    const said = await send(address, 0, Buffer.concat([content, Buffer.from('x')]));
    const headers = headersOf(designer, { ...partAt(0), 'transfer-encoding': 'chunked' });
    const { request, answer } = ask(base, { method: 'PATCH', path: address, headers });
    request.write(content.subarray(0, 10_000));
    request.end(Buffer.alloc(10_001));

    expect([said.statusCode, (await answer).status]).toEqual([413, 400]);
    expect(Number((await look(address)).headers['upload-offset'])).toBeLessThanOrEqual(20_000);
    expect((await designer.call('uploads.cancel', { params: { id: path.basename(address) } })).status).toBe(
      204,
    );
    expect([(await look(address)).statusCode, await incoming()]).toEqual([404, []]);
  });
});

describe('an announcement', () => {
  const content = Buffer.from('anything');
  const post = (headers: Record<string, string>) =>
    designer.inject({ method: 'POST', url: '/api/uploads', headers });

  it.each<[string, Record<string, string>, string[]]>([
    ['without a hash', { 'upload-metadata': metadataOf({ filename: 'a.jpg' }) }, ['/sha256']],
    [
      'with a field that is not one',
      { 'upload-metadata': metadataOf({ filename: 'a', sha256: sha256(content), surprise: 'x' }) },
      ['/surprise'],
    ],
    ['that is no base64', { 'upload-metadata': 'filename %%%' }, ['/headers/upload-metadata']],
    ['with a name twice', { 'upload-metadata': 'filename YQ==,filename YQ==' }, ['/headers/upload-metadata']],
    ['without a length', { 'upload-length': 'soon' }, ['/headers/upload-length']],
  ])('%s is refused with what is wrong', async (_, headers, fields) => {
    const { statusCode, body } = await post({ ...announcing(content), ...headers });
    expect([statusCode, errorsOf(body)]).toEqual([400, fields]);
  });

  it('in another protocol, of nothing, or for a unit that is not there is refused', async () => {
    const old = await post({ ...announcing(content), 'tus-resumable': '0.2.2' });
    const empty = await post(announcing(Buffer.alloc(0)));
    const nowhere = await post(announcing(content, { ownerUnitId: '01890000-0000-7000-8000-00000000dead' }));
    expect([old.statusCode, empty.statusCode, nowhere.statusCode]).toEqual([412, 415, 400]);
    expect(old.headers['tus-version']).toBe('1.0.0');
  });

  it('can be asked about before', async () => {
    const { statusCode, headers } = await app.anonymous.inject({ method: 'OPTIONS', url: '/api/uploads' });
    expect([statusCode, headers['tus-extension'], headers['tus-max-size']]).toEqual([
      204,
      'creation,expiration,termination',
      '1000000000',
    ]);
  });

  it('is the only way in for parts', async () => {
    const { statusCode } = await designer.inject({
      method: 'POST',
      url: '/api/claims',
      headers: partAt(0),
      payload: 'x',
    });
    expect(statusCode).toBe(415);
  });
});

describe('what nobody goes on with', () => {
  it('is forgotten with its bytes when its time is over, and what is under way stays', async () => {
    const [left, going] = [fileOf(50_000), fileOf(50_000)];
    const [old, young] = [await announce(left), await announce(going)];
    await send(old, 0, left.subarray(0, 20_000));
    await send(young, 0, going.subarray(0, 20_000));
    await sql`update uploads set expires_at = now() - interval '1 second' where id = ${path.basename(old)}`.execute(
      app.db,
    );
    const late = await send(old, 20_000, left.subarray(20_000));

    expect(late.statusCode).toBe(410);
    expect(await app.services.resumable.sweep()).toBe(1);
    expect([(await look(old)).statusCode, (await look(young)).statusCode]).toEqual([404, 200]);
    expect(await incoming()).toEqual([`part-${path.basename(young)}`]);
    expect((await send(young, 20_000, going.subarray(20_000))).statusCode).toBe(204);
    expect(await incoming()).toEqual([]);
  });
});
