import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Creative, Rendition } from '../../server/contract/creative.js';
import type { Client } from '../helpers/client.js';
import { eventually } from '../helpers/eventually.js';
import { inspected, picture, rendered, sha256, startMediaApp, upload } from '../helpers/media.js';

let app: Awaited<ReturnType<typeof startMediaApp>>;
let designer: Client;
let worker: { stop(): Promise<void> };

beforeAll(async () => {
  app = await startMediaApp();
  worker = await app.startWorker();
  designer = await app.as('designer');
});
afterAll(() => app.close());

async function ready(content: Buffer, fields: Record<string, string> = {}): Promise<Creative> {
  const { body } = await upload(designer, { content, name: 'पोस्टर.jpg', fields });
  return inspected(designer, body.id);
}

function render(id: string, body: Record<string, unknown> = {}, client: Client = designer) {
  return client.call('creatives.render', { params: { id }, body });
}

async function jobs(name = 'rendition.render'): Promise<number> {
  const { items } = (await (await app.as('admin')).call('jobs.list', { query: { limit: 100 } })).body;
  return items.filter((job) => job.name === name).length;
}

function only(renditions: readonly Rendition[]): Rendition {
  const [rendition] = renditions;
  if (!rendition || renditions.length > 1) throw new Error('one rendition was expected');
  return rendition;
}

/** Everything is JPEG but what goes to a press. */
function fileOf(code: string): [string, string] {
  if (code.endsWith('_tiff')) return ['tiff', 'tif'];
  return code.startsWith('print_') ? ['png', 'png'] : ['jpeg', 'jpg'];
}

describe('renditions', () => {
  it('are made for every format that suits, by one job, and handed out with their own type, tag and ranges', async () => {
    const creative = await ready(await picture({ width: 1600, height: 1200 }));
    const before = await jobs();
    const asked = await render(creative.id);
    const made = await rendered(designer, creative.id);

    expect(asked.status).toBe(201);
    expect(asked.body.items.every(({ format }) => format.kind === 'image')).toBe(true);
    expect(asked.body.items.map(({ state }) => state)).toEqual(asked.body.items.map(() => 'queued'));
    expect((await jobs()) - before).toBe(1);
    expect(made.map(({ state, failure }) => [state, failure])).toEqual(made.map(() => ['ready', null]));

    for (const { id, width, height, size, format } of made) {
      const file = await designer.call('renditions.file', { params: { id } });
      const [type, extension] = fileOf(format.code);
      // The worker in this process has shut the TIFF reader for good.
      if (type === 'tiff') expect(file.raw.rawPayload.toString('latin1', 0, 4)).toBe('II*\0');
      else {
        const found = await sharp(file.raw.rawPayload).metadata();
        expect([found.format, found.width, found.height]).toEqual([type, width, height]);
      }
      expect(file.headers).toMatchObject({
        'content-type': `image/${type}`,
        'content-length': String(size),
        etag: `"${sha256(file.raw.rawPayload)}"`,
      });
      expect(file.headers['content-disposition']).toContain(`-${format.code}.${extension}`);
      const part = await designer.call('renditions.file', {
        params: { id },
        headers: { range: 'bytes=0-9', 'if-range': String(file.headers.etag) },
      });
      expect([part.status, part.raw.rawPayload]).toEqual([206, file.raw.rawPayload.subarray(0, 10)]);
    }
    const { body } = await designer.call('creatives.read', { params: { id: creative.id } });
    expect(body.renditionCounts).toEqual({ queued: 0, processing: 0, ready: made.length, failed: 0 });
  }, 120_000);

  it('that are there already are given back and not made again', async () => {
    const creative = await ready(await picture({ colour: '#123456' }));
    const body = { formats: ['x_image', 'whatsapp_image'] };
    const first = await render(creative.id, body);
    await rendered(designer, creative.id);
    const before = await jobs();
    const again = await render(creative.id, body);

    expect(first.body.items.map(({ format }) => format.code)).toEqual(body.formats);
    expect(again.body.items.map(({ id, state }) => [id, state])).toEqual(
      first.body.items.map(({ id }) => [id, 'ready']),
    );
    expect(await jobs()).toBe(before);
  });

  it('of the same file in another creative are shared, not encoded twice', async () => {
    const content = await picture({ colour: '#654321' });
    const one = await ready(content);
    await render(one.id, { formats: ['x_image'] });
    const made = only(await rendered(designer, one.id));
    const focal = { x: one.focal.x, y: one.focal.y };
    const two = await ready(content);
    const before = await jobs();
    const shared = only((await render(two.id, { formats: ['x_image'] })).body.items);

    expect(two.focal).toMatchObject(focal);
    expect(shared).toMatchObject({ creativeId: two.id, state: 'ready', width: made.width, size: made.size });
    expect(shared.id).not.toBe(made.id);
    expect(await jobs()).toBe(before);
  });

  it('follow the focal point: another point is another file', async () => {
    const creative = await ready(await picture({ width: 1600, height: 600, colour: '#0a4a2a' }));
    await render(creative.id, { formats: ['feed_image_1x1'], framing: 'crop' });
    const [first] = await rendered(designer, creative.id);
    const edit = { focal: { x: 0.95, y: 0.5 } };
    const params = { id: creative.id };
    await designer.call('creatives.edit', { params, body: edit, ifMatch: creative.version });
    await render(creative.id, { formats: ['feed_image_1x1'], framing: 'crop' });
    const both = await rendered(designer, creative.id);
    const tags = await Promise.all(
      both.map(async ({ id }) => (await designer.call('renditions.file', { params: { id } })).headers.etag),
    );

    expect(both.map(({ id }) => id)).toContain(first?.id);
    expect(new Set(tags).size).toBe(2);
  });

  it('are refused for formats that do not exist or do not suit', async () => {
    const creative = await ready(await picture({ colour: '#777777' }));
    const unknown = await render(creative.id, { formats: ['fax'] });
    const unsuited = await render(creative.id, { formats: ['reel_video'] });

    expect([unknown.status, unsuited.status]).toEqual([400, 400]);
    expect(unsuited.raw.json().errors[0].field).toBe('/formats');
    expect((await render(creative.id, { background: 'red' })).status).toBe(400);
  });

  it('are asked for by designers and seen by the desk', async () => {
    const creative = await ready(await picture({ colour: '#888888' }));
    await render(creative.id, { formats: ['x_image'] });
    const params = { id: only(await rendered(designer, creative.id)).id };
    const observer = await app.as('observer');
    const district = await app.as('district.a');

    expect((await render(creative.id, {}, observer)).status).toBe(403);
    expect((await observer.call('renditions.retry', { params })).status).toBe(403);
    expect((await observer.call('renditions.file', { params })).status).toBe(200);
    expect((await district.call('renditions.file', { params })).status).toBe(403);
    expect((await app.anonymous.call('renditions.file', { params })).status).toBe(401);
    expect((await designer.call('renditions.retry', { params })).status).toBe(409);
    expect((await designer.call('renditions.cancel', { params })).status).toBe(409);
  });
});

describe('renditions while no worker is there', () => {
  it('wait, can be cancelled one by one, and are made when they are tried again', async () => {
    const creative = await ready(await picture({ colour: '#2f4f4f' }));
    await worker.stop();
    const asked = await render(creative.id, { formats: ['x_image', 'whatsapp_image'] });
    const [one, other] = asked.body.items;
    if (!one || !other) throw new Error('two renditions were expected');

    const early = await designer.call('renditions.file', { params: { id: one.id } });
    expect([early.status, early.raw.json().code]).toEqual([409, 'rendition_not_ready']);

    const cancelled = await designer.call('renditions.cancel', { params: { id: one.id } });
    expect(cancelled.body).toMatchObject({
      state: 'failed',
      failure: { code: 'cancelled', retryable: true },
    });
    const jobOf = async (id: string) => {
      const row = await app.db
        .selectFrom('renditions')
        .where('id', '=', id)
        .select('jobId')
        .executeTakeFirst();
      const { items } = (await (await app.as('admin')).call('jobs.list', { query: { limit: 100 } })).body;
      return items.find((job) => job.id === row?.jobId)?.state;
    };
    // The job goes on for the other one, and ends with it.
    expect(await jobOf(other.id)).toBe('queued');
    await designer.call('renditions.cancel', { params: { id: other.id } });
    expect(await jobOf(other.id)).toBe('cancelled');

    const retried = await designer.call('renditions.retry', { params: { id: one.id } });
    expect(retried.body).toMatchObject({ state: 'queued', failure: null });
    worker = await app.startWorker();
    const ended = await rendered(designer, creative.id);
    expect(ended.map(({ id, state }) => [id, state]).sort()).toEqual(
      [
        [one.id, 'ready'],
        [other.id, 'failed'],
      ].sort(),
    );
    const again = await render(creative.id, { formats: ['x_image', 'whatsapp_image'] });
    expect(again.body.items.map(({ state }) => state).sort()).toEqual(['queued', 'ready']);
    await eventually(async () =>
      (await rendered(designer, creative.id)).every(({ state }) => state === 'ready'),
    );
  });
});
