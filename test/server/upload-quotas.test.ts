import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { picture, sha256, upload } from '../helpers/media.js';
import { announcing, differentFiles } from '../helpers/tus.js';

let app: TestApp;
let designer: Client;
let fileOf: (bytes: number) => Buffer;

beforeAll(async () => {
  app = await createTestApp();
  designer = await app.as('designer');
  fileOf = differentFiles(await picture({ width: 200, height: 150 }));
});
afterAll(() => app.close());

describe('what is there already', () => {
  it('is recognised by its hash, by whoever works at the desk', async () => {
    const content = await picture({ colour: '#0a7755' });
    await upload(designer, { content });
    const { body: newest } = await upload(designer, { content, name: 'again.jpg' });
    const asked = { body: { sha256: [sha256(content), 'e'.repeat(64)] } };
    const researcher = await app.as('researcher');
    const { status, body } = await researcher.call('creatives.known', asked);

    expect(status).toBe(200);
    expect(body.items.map(({ id }) => id)).toEqual([newest.id]);
    expect((await (await app.as('district.a')).call('creatives.known', asked)).status).toBe(403);
  });
});

describe('how much a member may bring in', () => {
  async function allow(body: { memberDayBytes?: number; freeDiskBytes?: number }) {
    const admin = await app.as('admin');
    const { version } = (await admin.call('organisation.read')).body;
    expect((await admin.call('organisation.edit', { ifMatch: version, body })).status).toBe(200);
  }
  const both = async (content: Buffer) => [
    await designer.inject({ method: 'POST', url: '/api/uploads', headers: announcing(content) }),
    (await upload(designer, { content })).raw,
  ];

  it('holds for files that come side by side, each admitted before the others are entered', async () => {
    const { rows } = await sql<{ used: number }>`
      select sum(f.size) as used from creatives c join files f on f.sha256 = c.file_sha256`.execute(app.db);
    await allow({ memberDayBytes: (rows[0]?.used ?? 0) + 120_000 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => upload(designer, { content: fileOf(50_000) })),
    );
    await allow({ memberDayBytes: 20_000_000_000 });

    const codes = answers.map(({ raw }) => raw.statusCode).sort();
    expect(codes).toEqual([201, 201, 413, 413, 413, 413, 413, 413]);
  });

  it('within a day is bounded, also by what is announced and has not come', async () => {
    const { rows } = await sql<{ used: number }>`
      select sum(f.size) as used from creatives c join files f on f.sha256 = c.file_sha256`.execute(app.db);
    await allow({ memberDayBytes: (rows[0]?.used ?? 0) + 100_000 });
    const announced = announcing(fileOf(60_000));
    const { headers } = await designer.inject({ method: 'POST', url: '/api/uploads', headers: announced });
    const answers = await both(fileOf(50_000));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([413, 413]);
    for (const answer of answers) {
      expect(answer.json().details.en).toMatch(/within 24 hours; 40 kB is left/);
      expect(answer.json().details.hi).toMatch(/बाक़ी है/);
    }
    await designer.call('uploads.cancel', { params: { id: path.basename(String(headers.location)) } });
    const again = await both(fileOf(50_000));
    expect(again.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    await allow({ memberDayBytes: 20_000_000_000 });
  });

  it('leaves the disk what it must keep free', async () => {
    await allow({ freeDiskBytes: 1e15 });
    const answers = await both(fileOf(9000));
    await allow({ freeDiskBytes: 0 });

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([507, 507]);
    expect((await both(fileOf(9000))).map(({ statusCode }) => statusCode)).toEqual([201, 201]);
  });
});
