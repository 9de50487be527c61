import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';

let house: TestApp;
beforeAll(async () => {
  house = await createTestApp();
  await sql`insert into appointments (member_id, unit_id, role) values (${house.world.members['district.b']}, ${house.world.units.D2}, 'admin')`.execute(
    house.ownerDb,
  );
});
afterAll(() => house.close());

/** A job as a worker left it; its name belongs to no handler, so nothing else follows from it. */
async function leave(state: 'failed' | 'done', dedupeKey: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into jobs (name, lane, payload, object_kind, object_id, state, attempts, max_attempts, reason, dedupe_key, finished_at)
    values ('some.work', 'small', '{}', 'file', ${house.world.units.S}, ${state}, 3, 3, ${state === 'failed' ? 'internal' : null}, ${dedupeKey}, now())
    returning id`.execute(house.ownerDb);
  return rows[0]?.id ?? '';
}

test('jobs are listed newest first, by state and page by page', async () => {
  const done = await leave('done', 'list-1');
  const failed = await leave('failed', 'list-2');
  const admin = await house.as('admin');
  const all = (await admin.call('jobs.list')).body.items;
  expect(all.map(({ id }) => id)).toEqual([failed, done]);
  expect(all[0]).toMatchObject({ name: 'some.work', state: 'failed', reason: 'internal', attempts: 3 });
  const onlyDone = (await admin.call('jobs.list', { query: { state: 'done' } })).body.items;
  expect(onlyDone.map(({ id }) => id)).toEqual([done]);
  const first = (await admin.call('jobs.list', { query: { limit: 1 } })).body;
  const second = (await admin.call('jobs.list', { query: { limit: 1, cursor: first.nextCursor ?? '' } }))
    .body;
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([failed, done]);
  expect((await admin.call('jobs.list', { query: { state: 'lost' } })).status).toBe(400);
});

test('a failed job goes back to the queue with all its attempts, and that is audited', async () => {
  const id = await leave('failed', 'again');
  const admin = await house.as('admin');
  const answer = await admin.call('jobs.requeue', { params: { id } });
  expect(answer).toMatchObject({ status: 200, body: { id, state: 'queued', attempts: 0, reason: null } });
  const { rows } = await sql<{ act: string }>`select act from audit where object_id = ${id}`.execute(
    house.db,
  );
  expect(rows).toEqual([{ act: 'job.requeued' }]);
  expect((await admin.call('jobs.requeue', { params: { id } })).body).toMatchObject({ code: 'wrong_state' });
  expect((await admin.call('jobs.requeue', { params: { id: house.world.units.S } })).status).toBe(404);
});

test('only an administrator of the whole sees jobs or moves them', async () => {
  const id = await leave('failed', 'mine');
  for (const login of ['reviewer', 'observer', 'district.a', 'district.b'] as const) {
    const client = await house.as(login);
    expect((await client.call('jobs.list')).status).toBe(403);
    expect((await client.call('jobs.requeue', { params: { id } })).status).toBe(403);
  }
  expect((await house.anonymous.call('jobs.list')).status).toBe(401);
});
