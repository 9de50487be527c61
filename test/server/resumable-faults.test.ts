import { randomBytes } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sniffBytes } from '../../pipeline/media/sniff.js';
import { uploadLimits } from '../../server/contract/upload-limits.js';
import type { Actor } from '../../server/sessions/actor.js';
import { createQuotas } from '../../server/uploads/quotas.js';
import { createUploadsService, type UploadsServiceOptions } from '../../server/uploads/uploads.service.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { eventually } from '../helpers/eventually.js';
import { picture, sha256 } from '../helpers/media.js';
import { type Program, startProgram } from '../helpers/program.js';
import { announcing, ask, partAt } from '../helpers/tus.js';

let app: TestApp;
let actor: Actor;
let cookie: string;
let jpeg: Buffer;

beforeAll(async () => {
  app = await createTestApp();
  ({ cookie } = await app.as('designer'));
  const token = /tathya_session=([^;]+)/.exec(cookie)?.[1] ?? '';
  const found = await app.services.sessions.authenticate(token);
  if (found === null) throw new Error('the designer is not signed in');
  actor = found;
  jpeg = await picture({ width: 200, height: 150 });
});
afterAll(() => app.close());

const fileOf = (bytes: number) => Buffer.concat([jpeg, randomBytes(bytes - jpeg.length)]);

/** The service as the server has it, but for what is given. */
function serviceWith(change: Partial<UploadsServiceOptions>) {
  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(app.dataDir);
    return bavail * bsize;
  };
  return createUploadsService({
    db: app.db,
    files: app.api.files,
    sniff: sniffBytes,
    limits: uploadLimits,
    directory: path.join(app.dataDir, 'storage', 'incoming'),
    quotas: createQuotas({ db: app.db, freeBytes }),
    creatives: app.services.creatives,
    ...change,
  });
}

async function begun(content: Buffer, service = app.services.resumable): Promise<string> {
  const metadata = { filename: 'held.jpg', sha256: sha256(content) };
  return (await service.create(actor, content.length, metadata)).id;
}

const whole = (content: Buffer) => ({
  offset: 0,
  length: content.length,
  source: Readable.from([content], { objectMode: false }),
});

async function creativesOf(content: Buffer): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from creatives where file_sha256 = ${sha256(content)}`.execute(app.db);
  return rows.map(({ id }) => id);
}

describe('a file that is whole', () => {
  it('becomes one creative when the answer that says so is lost', async () => {
    const content = fileOf(40_000);
    const { creatives } = app.services;
    const service = serviceWith({
      creatives: {
        demandUpload: creatives.demandUpload,
        async upload(...args) {
          await creatives.upload(...args);
          throw new Error('the connection went');
        },
      },
    });
    const id = await begun(content, service);
    await expect(service.append(actor, id, whole(content))).rejects.toThrow();

    const seen = await app.services.resumable.read(actor, id);
    const again = { offset: content.length, length: 0, source: Readable.from([]) };
    const repeated = await app.services.resumable.append(actor, id, again);
    expect([seen.creativeId, repeated.creativeId]).toEqual([
      ...(await creativesOf(content)),
      seen.creativeId,
    ]);
    expect(await creativesOf(content)).toHaveLength(1);
  });

  it('becomes one creative when the server fails before its row is there, also for many who ask at once', async () => {
    const content = fileOf(40_000);
    const { creatives } = app.services;
    const service = serviceWith({
      creatives: {
        demandUpload: creatives.demandUpload,
        upload: () => Promise.reject(new Error('out of memory')),
      },
    });
    const id = await begun(content, service);
    await expect(service.append(actor, id, whole(content))).rejects.toThrow('out of memory');
    expect(await creativesOf(content)).toEqual([]);

    await Promise.all(Array.from({ length: 8 }, () => app.services.resumable.read(actor, id)));
    const found = await eventually(async () => (await app.services.resumable.read(actor, id)).creativeId);
    expect(await creativesOf(content)).toEqual([found]);
  });

  it('becomes one creative when the server is killed between its last byte and its row', async () => {
    // The first row waits inside its transaction, so that the kill meets it there.
    await sql`create sequence tathya.first_row`.execute(app.ownerDb);
    await sql`grant usage on sequence tathya.first_row to tathya_app`.execute(app.ownerDb);
    await sql`create function tathya.wait_once() returns trigger language plpgsql as $$
      begin
        if new.original_name = 'last.jpg' and nextval('tathya.first_row') = 1 then perform pg_sleep(120); end if;
        return new;
      end $$`.execute(app.ownerDb);
    await sql`create trigger wait_once before insert on creatives for each row execute function tathya.wait_once()`.execute(
      app.ownerDb,
    );
    const content = fileOf(200_000);
    const server: Program = startProgram({
      ROLE: 'api',
      DATABASE_URL: app.appUrl,
      DATA_DIR: app.dataDir,
      LOG_LEVEL: 'info',
    });
    try {
      await server.says(/http:\/\/127\.0\.0\.1:\d+/);
      const base = /http:\/\/127\.0\.0\.1:\d+/.exec(server.output())?.[0] ?? '';
      const post = { method: 'POST', path: '/api/uploads' };
      const values = announcing(content, { filename: 'last.jpg' });
      const announced = await ask(base, { ...post, headers: { cookie, ...values } }).answer;
      const address = String(announced.headers.location);
      const part = { method: 'PATCH', path: address, headers: { cookie, ...partAt(0) }, body: content };
      const cut = expect(ask(base, part).answer).rejects.toThrow();
      await eventually(async () => {
        const { rows } = await sql<{ last: boolean }>`
          select is_called as last from tathya.first_row`.execute(app.ownerDb);
        return rows[0]?.last;
      });
      await server.kill9();
      await cut;
      // PostgreSQL itself would notice only after the statement that nobody is there any more.
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event = 'PgSleep'`.execute(app.db);

      expect(await creativesOf(content)).toEqual([]);
      const id = path.basename(address);
      const found = await eventually(async () => (await app.services.resumable.read(actor, id)).creativeId, {
        timeoutMs: 30_000,
      });
      expect(await creativesOf(content)).toEqual([found]);
      expect((await app.api.files.stat(sha256(content)))?.size).toBe(content.length);
    } finally {
      await server.kill9();
    }
  }, 180_000);
});

describe('a sender whose line is half dead', () => {
  it('is taken over after a silence, and what it sends later changes nothing', async () => {
    const service = serviceWith({ times: { holdMs: 200, keepMs: 60_000 } });
    const content = fileOf(300_000);
    const id = await begun(content, service);
    const silent = new PassThrough();
    const first = service.append(actor, id, { offset: 0, length: null, source: silent });
    const stopped = expect(first).rejects.toMatchObject({ code: 'in_use' });
    silent.write(content.subarray(0, 10_000));

    const taken = await eventually(() => service.append(actor, id, whole(content)).catch(() => null));
    silent.write(Buffer.alloc(50_000, 'x'));
    await eventually(async () => {
      silent.write(Buffer.alloc(10, 'x'));
      const { rows } = await sql<{ held: boolean }>`
        select holder is not null as held from uploads where id = ${id}`.execute(app.db);
      return rows[0]?.held === false;
    });
    silent.end();
    await stopped;
    expect(await creativesOf(content)).toEqual([taken.creativeId]);
  });
});
