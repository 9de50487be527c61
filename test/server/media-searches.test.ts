import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printVersion } from '../../pipeline/media/prints/media-prints.js';
import type { MediaSearch } from '../../server/contract/media-match.js';
import { createMediaSearchesService } from '../../server/media-matches/media-searches.service.js';
import { createObjects, type Objects } from '../helpers/access/objects.js';
import type { Client } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { factAbout, good, problem } from '../helpers/desk.js';
import { eventually } from '../helpers/eventually.js';
import { forwardedPicture } from '../helpers/forwarded.js';
import { startMediaApp } from '../helpers/media.js';
import { fixture } from '../helpers/media-files.js';
import { formOf } from '../helpers/multipart.js';

let app: Awaited<ReturnType<typeof startMediaApp>>;
let objects: Objects;
let desk: Client;
let photo: Buffer;

beforeAll(async () => {
  app = await startMediaApp();
  await app.startWorker();
  objects = await createObjects(app);
  desk = await app.as('researcher');
  photo = await readFile(fixture('portrait-exif-6.jpg'));
});
afterAll(() => app.close());

const patient = { timeoutMs: 60_000, everyMs: 50 };

function drop(client: Client, content: Buffer, name = 'dropped.jpg') {
  const { payload, headers } = formOf({ file: { name, content } });
  return client.call('library.searchMedia', { payload, headers });
}

/** What the file led to, once it has been looked at. */
async function searched(client: Client, content: Buffer, name?: string): Promise<MediaSearch> {
  const { id } = good(await drop(client, content, name));
  return eventually(async () => {
    const search = good(await client.call('library.readMediaSearch', { params: { id } }));
    return search.state === 'queued' ? null : search;
  }, patient);
}

async function attach(claimId: string, content: Buffer): Promise<void> {
  const { payload, headers } = formOf({ file: { name: 'forward.jpg', content } });
  good(await desk.call('claims.addMedia', { params: { id: claimId }, payload, headers }));
  await eventually(async () => {
    const { media } = good(await desk.call('claims.mediaMatches', { params: { id: claimId } }));
    return media.length > 0 && media.every(({ state }) => state === 'ready');
  }, patient);
}

describe('a file dropped in the library', () => {
  it('leads the desk to its fact, and a district only once that was released to it', async () => {
    const { claim, fact } = await factAbout(app, { text: 'नहर का बाँध टूट गया' });
    await attach(claim.id, photo);
    const copy = await forwardedPicture(photo);
    const found = await searched(desk, copy);
    expect(found.items).toMatchObject([{ fact: { id: fact.id }, band: 'same', likeness: 'same_picture' }]);

    const [near, far] = [await app.as('district.a'), await app.as('district.b')];
    expect((await searched(near, copy)).items).toEqual([]);
    await objects.release(['D1'], { facts: [fact.id] });
    expect((await searched(near, copy)).items).toMatchObject([
      { fact: { id: fact.id }, likeness: 'same_picture' },
    ]);
    expect((await searched(near, photo)).items).toMatchObject([
      { fact: { id: fact.id }, likeness: 'same_file' },
    ]);
    expect((await searched(far, copy)).items).toEqual([]);
  });

  it('never leads to a fact by what came with a restricted claim of others', async () => {
    const open = await factAbout(app, { text: 'मंडी बंद रहेगी' });
    const secret = await objects.claim({
      unit: 'D2',
      restricted: true,
      by: 'desk.d2',
      cluster: open.claim.cluster.id,
    });
    const picture = await forwardedPicture(await readFile(fixture('card-plain-hi.png')), 80);
    await attach(secret.id, picture);
    const away = await objects.callers.as('desk.d2');
    const stranger = await app.as('district.a');
    await objects.release(['D1'], { facts: [open.fact.id] });
    expect((await searched(away, picture)).items.map(({ fact }) => fact.id)).toEqual([open.fact.id]);
    expect((await searched(stranger, picture)).items).toEqual([]);
  });

  it('is not kept: file and prints go, and the search with them', async () => {
    const picture = await forwardedPicture(photo, 71);
    const { id } = await searched(desk, picture);
    const { rows } = await sql<{
      sha256: string;
    }>`select file_sha256 as sha256 from media_searches where id = ${id}`.execute(app.db);
    const sha256 = rows[0]?.sha256 ?? '';
    expect(await app.api.files.stat(sha256)).not.toBeNull();
    const swept = createMediaSearchesService({
      db: app.db,
      audiences: { of: async () => ({ desk: true, units: [], releasedTo: [], memberId: '' }) },
      jobs: { enqueue: async () => ({ jobId: '', created: false }) },
      files: app.api.files,
      findMedia: async () => [],
      findFacts: async () => [],
      quotas: { confirm: async () => undefined },
      printVersion,
      keptMs: -1000,
    });
    await swept.sweep();
    expect(await app.api.files.stat(sha256)).toBeNull();
    expect(problem(await desk.call('library.readMediaSearch', { params: { id } })).code).toBe('not_found');
    // What a claim came with stays.
    const kept = await sql<{
      count: number;
    }>`select count(*) as count from media_prints where file_sha256 is not null`.execute(app.db);
    expect(kept.rows[0]?.count).toBeGreaterThan(0);
    expect((await searched(desk, photo)).items.length).toBe(1);
  });

  it('that cannot be read says why, and one that is no medium is refused', async () => {
    const cut = await searched(desk, photo.subarray(0, 2500));
    expect([cut.state, cut.failure?.code]).toEqual(['failed', 'damaged']);
    expect(cut.failure?.text.hi).toMatch(/[\u0900-\u097f]/);
    expect((await drop(desk, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).status).toBe(415);
  });

  it('is one of a few at a time', async () => {
    const observer = await app.as('observer');
    const id = app.world.members.observer;
    await sql`
      with print as (insert into media_prints (file_sha256) select null from generate_series(1, 4) returning id)
      insert into media_searches (member_id, file_sha256, size, print_id)
      select ${id}::uuid, repeat('a', 64), 1, print.id from print`.execute(app.db);
    expect(problem(await drop(observer, photo))).toEqual({ status: 429, code: 'too_many_requests' });
  });

  it('asks the database as often whatever is kept', async () => {
    const search = await searched(desk, await forwardedPicture(photo, 45));
    const look = () => desk.call('library.readMediaSearch', { params: { id: search.id } });
    const before = await countQueries(look);
    for (let one = 0; one < 10; one += 1) {
      const { claimId } = await objects.check({ state: 'verified' });
      await sql`insert into claim_media (claim_id, file_sha256, kind, name, created_by)
        select ${claimId}, file_sha256, 'image', 'x', created_by from claim_media m
         where exists (select from media_prints p where p.file_sha256 = m.file_sha256 and p.state = 'ready') limit 1`.execute(
        app.db,
      );
    }
    const after = await countQueries(look);
    expect(good(await look()).items.length).toBeGreaterThan(5);
    expect(after).toBe(before);
  });
});
