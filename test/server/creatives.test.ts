import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { inspected, picture, sha256, startMediaApp, upload } from '../helpers/media.js';
import { formOf } from '../helpers/multipart.js';

let app: Awaited<ReturnType<typeof startMediaApp>>;
let designer: Client;

beforeAll(async () => {
  app = await startMediaApp();
  await app.startWorker();
  designer = await app.as('designer');
});
afterAll(() => app.close());

const nobody = '01890000-0000-7000-8000-000000000000';

describe('a creative', () => {
  it('is uploaded, looked into by a worker, shown by its preview and handed out as an attachment', async () => {
    const content = await picture();
    const fields = { title: 'पोस्टर', altText: 'नीली पट्टी', credit: 'Desk', aiDeclaration: 'composite' };
    const { status, body, headers } = await upload(designer, { content, name: 'मेरा पोस्टर.jpg', fields });

    expect(status).toBe(201);
    expect(headers.etag).toBe('"1"');
    expect(body).toMatchObject({
      kind: 'image',
      origin: 'uploaded',
      originalName: 'मेरा पोस्टर.jpg',
      sha256: sha256(content),
      size: content.length,
      mime: 'image/jpeg',
      texts: { hi: { title: 'पोस्टर', altText: 'नीली पट्टी' } },
      aiDeclaration: 'composite',
      inspection: 'queued',
      previewUrl: null,
      ownerUnit: { id: app.world.units.S },
      createdBy: { id: app.world.members.designer },
      renditionCounts: { queued: 0, processing: 0, ready: 0, failed: 0 },
      renditions: [],
      version: 1,
    });

    const ready = await inspected(designer, body.id);
    expect(ready).toMatchObject({
      inspection: 'ready',
      width: 800,
      height: 600,
      hasAudio: false,
      c2paPresent: false,
    });
    expect(ready.focal.confirmed).toBe(false);
    expect(ready.focal.x).toBeLessThan(0.5);

    const observer = await app.as('observer');
    const preview = await observer.call('creatives.preview', { params: { id: body.id } });
    expect(preview.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-cache',
    });
    const original = await observer.call('creatives.file', { params: { id: body.id } });
    expect(sha256(original.raw.rawPayload)).toBe(sha256(content));
    expect(original.headers['content-disposition']).toMatch(/^attachment; /);
  });

  it('whose file cannot be decoded says so in both languages', async () => {
    const whole = await picture({ colour: '#552211' });
    const { body } = await upload(designer, { content: whole.subarray(0, 400), name: 'cut.jpg' });
    const failed = await inspected(designer, body.id);

    expect(failed.inspection).toBe('failed');
    expect(failed.failure?.code).toBe('damaged');
    expect(failed.failure?.text.hi).toMatch(/[\u0900-\u097f]/);
    expect(failed.failure?.text.en).not.toMatch(/\/|ffmpeg|vips/i);
    const refused = await designer.call('creatives.render', { params: { id: body.id }, body: {} });
    expect([refused.status, refused.raw.json().detail]).toEqual([409, failed.failure?.text.hi]);
  });

  it('is uploaded once when the same request comes again, also fifty times at once', async () => {
    const content = await picture({ colour: '#113355' });
    const first = await upload(designer, { content, key: 'same-upload-1' });
    const again = await upload(designer, { content, key: 'same-upload-1' });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');

    const many = await Promise.all(
      Array.from({ length: 50 }, () => upload(designer, { content, key: 'same-upload-2' })),
    );
    expect(new Set(many.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
  });

  it('refused leaves its key free for the corrected request', async () => {
    const content = await picture({ colour: '#224455' });
    const wrong = await upload(designer, { content, key: 'corrected-1', fields: { ownerUnitId: nobody } });
    const right = await upload(designer, { content, key: 'corrected-1' });
    expect([wrong.status, right.status]).toEqual([400, 201]);
  });

  it('names only units, creatives and fields that exist', async () => {
    const content = await picture({ colour: '#336655' });
    for (const fields of [{ ownerUnitId: nobody }, { supersedesId: nobody }, { surprise: 'x' }]) {
      const { status, raw } = await upload(designer, { content, fields });
      const [field] = Object.keys(fields);
      expect([status, raw.json().errors[0].field]).toEqual([400, `/${field}`]);
    }
  });

  it('is of a unit its maker has power over', async () => {
    const content = await picture({ colour: '#336699' });
    const below = await upload(designer, { content, fields: { ownerUnitId: app.world.units.A11 } });
    expect([below.status, below.body.ownerUnit.code]).toEqual([201, 'A11']);
  });

  it('is edited by who saw its newest version', async () => {
    const { body } = await upload(designer, { content: await picture({ colour: '#445566' }) });
    const params = { id: body.id };
    const edit = { texts: { en: { title: 'Poster', altText: 'A blue strip' } }, focal: { x: 0.25, y: 0.75 } };

    expect((await designer.call('creatives.edit', { params, body: edit })).status).toBe(428);
    const edited = await designer.call('creatives.edit', { params, body: edit, ifMatch: 1 });
    expect([edited.status, edited.headers.etag]).toEqual([200, '"2"']);
    expect(edited.body).toMatchObject({
      texts: { en: edit.texts.en },
      focal: { x: 0.25, y: 0.75, confirmed: true },
      version: 2,
    });
    const stale = await designer.call('creatives.edit', { params, body: { credit: 'Late' }, ifMatch: 1 });
    expect([stale.status, stale.raw.json().current.version]).toEqual([412, 2]);
    const wrong = await designer.call('creatives.edit', {
      params,
      body: { focal: { x: 2, y: 0 } },
      ifMatch: 2,
    });
    expect(wrong.status).toBe(400);
    // What a person chose is not moved by the suggestion that comes later.
    expect((await inspected(designer, body.id)).focal).toEqual({ x: 0.25, y: 0.75, confirmed: true });
  });

  it('is for the desk: districts and strangers get nothing of it', async () => {
    const content = await picture({ colour: '#665544' });
    const { body } = await upload(designer, { content });
    const params = { id: body.id };
    const district = await app.as('district.a');
    const observer = await app.as('observer');
    const form = formOf({ file: { name: 'a.jpg', content } });

    for (const name of ['creatives.read', 'creatives.file', 'creatives.preview'] as const) {
      expect((await app.anonymous.call(name, { params })).status).toBe(401);
      expect((await district.call(name, { params })).status).toBe(403);
    }
    expect((await district.call('creatives.list')).status).toBe(403);
    expect((await observer.call('creatives.upload', form)).status).toBe(403);
    expect((await app.anonymous.call('creatives.upload', form)).status).toBe(401);
    expect((await observer.call('creatives.edit', { params, body: {}, ifMatch: 1 })).status).toBe(403);
    expect((await designer.call('creatives.read', { params: { id: nobody } })).status).toBe(404);
    expect((await designer.call('creatives.read', { params: { id: 'x' } })).status).toBe(404);
  });

  it('leaves a trace of its upload and its edits', async () => {
    const { body } = await upload(designer, { content: await picture({ colour: '#998877' }) });
    await designer.call('creatives.edit', { params: { id: body.id }, body: { credit: 'Desk' }, ifMatch: 1 });
    const acts = await app.db
      .selectFrom('audit')
      .where('objectId', '=', body.id)
      .select(['act', 'actorId'])
      .orderBy('seq')
      .execute();

    expect(acts).toEqual([
      { act: 'creative.uploaded', actorId: app.world.members.designer },
      { act: 'creative.edited', actorId: app.world.members.designer },
    ]);
  });
});

describe('the list of creatives', () => {
  it('comes newest first in pages, and can be narrowed', async () => {
    const reviewer = await app.as('reviewer');
    const first = await reviewer.call('creatives.list', { query: { limit: 3 } });
    const second = await reviewer.call('creatives.list', {
      query: { limit: 3, cursor: first.body.nextCursor ?? '' },
    });
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id);

    expect(ids).toHaveLength(6);
    expect(ids).toEqual([...ids].sort().reverse());
    expect((await reviewer.call('creatives.list', { query: { mine: true } })).body.items).toEqual([]);
    expect(
      (await designer.call('creatives.list', { query: { mine: true } })).body.items.length,
    ).toBeGreaterThan(0);
    expect((await reviewer.call('creatives.list', { query: { kind: 'video' } })).body.items).toEqual([]);
  });

  it('takes the same number of queries for ten creatives and a thousand', async () => {
    const list = () => designer.call('creatives.list', { query: { limit: 100 } });
    const few = await countQueries(list);
    await sql`
      insert into creatives (owner_unit_id, kind, file_sha256, original_name, created_by)
      select owner_unit_id, kind, file_sha256, 'copy ' || n, created_by from generate_series(1, 1000) n,
        (select * from creatives order by id limit 1) c`.execute(app.db);

    expect(await countQueries(list)).toBe(few);
    expect((await list()).body.items).toHaveLength(100);
  });
});
