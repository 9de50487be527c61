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

test('everybody who is signed in reads the organisation, nobody else', async () => {
  const answer = await (await house.as('district.a')).call('organisation.read');
  expect(answer).toMatchObject({
    status: 200,
    body: {
      profile: 'ngo',
      timeZone: 'Asia/Kolkata',
      recallHours: 3,
      name: { en: 'Test Forum' },
      version: 1,
    },
  });
  expect(answer.headers.etag).toBe('"1"');
  expect((await house.anonymous.call('organisation.read')).status).toBe(401);
});

test('an edit changes what it names and leaves the rest', async () => {
  const admin = await house.as('admin');
  const before = (await admin.call('organisation.read')).body;
  const name = { hi: 'नया मंच', en: 'New Forum' };
  const edited = await admin.call('organisation.edit', {
    ifMatch: before.version,
    body: { name, recallHours: 2 },
  });
  expect(edited.body).toEqual({ ...before, name, recallHours: 2, version: before.version + 1 });
  expect((await admin.call('organisation.read')).body).toEqual(edited.body);
  const { rows } = await sql<{ payload: unknown }>`
    select p.payload from audit a join audit_payloads p using (seq) where a.act = 'organisation.edited'`.execute(
    house.db,
  );
  expect(rows).toEqual([{ payload: { name, recallHours: 2 } }]);
});

test('an edit of an old version is refused and shows the present one; without a version it is refused too', async () => {
  const admin = await house.as('admin');
  const now = (await admin.call('organisation.read')).body;
  const body = { profile: 'government' as const };
  const stale = await admin.call('organisation.edit', { ifMatch: now.version - 1, body });
  expect(stale).toMatchObject({
    status: 412,
    body: { code: 'stale_version', current: { version: now.version } },
  });
  expect((await admin.call('organisation.edit', { body })).status).toBe(428);
  expect((await admin.call('organisation.read')).body).toEqual(now);
});

test('of two edits that arrive together one wins', async () => {
  const admin = await house.as('admin');
  const { version } = (await admin.call('organisation.read')).body;
  const answers = await Promise.all(
    [4, 5].map((recallHours) => admin.call('organisation.edit', { ifMatch: version, body: { recallHours } })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('only an administrator of the whole may edit, and only to what is allowed', async () => {
  const edit = { ifMatch: 1, body: { recallHours: 5 } };
  expect((await (await house.as('reviewer')).call('organisation.edit', edit)).status).toBe(403);
  expect((await (await house.as('district.b')).call('organisation.edit', edit)).status).toBe(403);
  const admin = await house.as('admin');
  for (const body of [
    { recallHours: 0 },
    { recallHours: 73 },
    { profile: 'club' },
    { name: { hi: 'केवल' } },
    { colour: 'x' },
  ]) {
    expect((await admin.call('organisation.edit', { ifMatch: 1, body })).status).toBe(400);
  }
});
