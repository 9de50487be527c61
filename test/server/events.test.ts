import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { countQueries } from '../helpers/count-queries.js';
import type { UnitCode } from '../helpers/world.js';

let house: TestApp;
beforeAll(async () => {
  house = await createTestApp();
  await sql`insert into appointments (member_id, unit_id, role) values (${house.world.members['district.b']}, ${house.world.units.D2}, 'admin')`.execute(
    house.ownerDb,
  );
});
afterAll(() => house.close());

const unit = (code: UnitCode) => house.world.units[code];
const draft = (owner: UnitCode) => ({
  kind: 'by_election' as const,
  name: { hi: 'उपचुनाव', en: 'By-election' },
  ownerUnitId: unit(owner),
});
const window = (code: UnitCode) => ({
  unitId: unit(code),
  startsAt: '2026-05-01T17:00:00+05:30',
  endsAt: '2026-05-03T17:00:00+05:30',
});
const silent = async (code: UnitCode, moment: string) => {
  const { rows } = await sql`select from silence_over(${unit(code)}, ${moment})`.execute(house.db);
  return rows.length > 0;
};

test('an event has names, days and seats with their poll hours, and everybody signed in sees it', async () => {
  const made = await (await house.as('admin')).call('events.create', {
    body: {
      ...draft('S'),
      startsOn: '2026-05-01',
      endsOn: '2026-05-04',
      seats: [
        {
          unitId: unit('A11'),
          pollOpensAt: '2026-05-03T07:00:00+05:30',
          pollClosesAt: '2026-05-03T17:00:00+05:30',
        },
        { unitId: unit('A12') },
      ],
    },
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    name: { hi: 'उपचुनाव', en: 'By-election' },
    ownerUnit: { code: 'S' },
    startsOn: '2026-05-01',
    seats: [{ unit: { code: 'A11' } }, { unit: { code: 'A12' }, pollOpensAt: null }],
    silence: [],
    version: 1,
  });
  expect(Date.parse(made.body.seats[0]?.pollClosesAt ?? '')).toBe(Date.parse('2026-05-03T11:30:00Z'));
  const seen = (await (await house.as('assembly.a')).call('events.list')).body.items;
  expect(seen.map(({ id }) => id)).toContain(made.body.id);
  expect((await house.anonymous.call('events.list')).status).toBe(401);
});

test('a silence window holds in its unit, below it and in what is linked to it, from its first moment until its last', async () => {
  const admin = await house.as('admin');
  const { body: event } = await admin.call('events.create', { body: draft('S') });
  const added = await admin.call('events.addSilence', { params: { id: event.id }, body: window('L1') });
  expect(added).toMatchObject({ status: 201, body: { version: 2, silence: [{ unit: { code: 'L1' } }] } });
  expect(await silent('A11', '2026-05-01T11:30:00Z')).toBe(true);
  expect(await silent('A11', '2026-05-01T11:29:59Z')).toBe(false);
  expect(await silent('A11', '2026-05-03T11:30:00Z')).toBe(false);
  expect(await silent('A12', '2026-05-02T00:00:00Z')).toBe(false);
  const id = added.body.silence[0]?.id ?? '';
  expect((await admin.call('events.removeSilence', { params: { id } })).status).toBe(204);
  expect(await silent('A11', '2026-05-01T11:30:00Z')).toBe(false);
  expect((await admin.call('events.removeSilence', { params: { id } })).status).toBe(404);
  const { rows } = await sql<{
    act: string;
  }>`select act from audit where object_id = ${id} order by seq`.execute(house.db);
  expect(rows.map(({ act }) => act)).toEqual(['silence.added', 'silence.removed']);
});

test('an administrator of a district makes events and silence there, and cannot silence the state', async () => {
  const districtAdmin = await house.as('district.b');
  expect((await districtAdmin.call('events.create', { body: draft('S') })).status).toBe(403);
  const own = await districtAdmin.call('events.create', { body: draft('D2') });
  expect(own.status).toBe(201);
  const silence = (code: UnitCode, id = own.body.id) =>
    districtAdmin.call('events.addSilence', { params: { id }, body: window(code) });
  expect((await silence('A21')).status).toBe(201);
  expect((await silence('S')).status).toBe(403);
  expect((await silence('A11')).status).toBe(403);
  const admin = await house.as('admin');
  const { body: foreign } = await admin.call('events.create', { body: draft('S') });
  expect((await silence('A21', foreign.id)).status).toBe(403);
  const set = await admin.call('events.addSilence', { params: { id: foreign.id }, body: window('D2') });
  const remove = await districtAdmin.call('events.removeSilence', {
    params: { id: set.body.silence[0]?.id ?? '' },
  });
  expect(remove.status).toBe(403);
});

test('events that make no sense are refused with the place of the fault', async () => {
  const admin = await house.as('admin');
  const create = (body: Record<string, unknown>) =>
    admin.call('events.create', { body: { ...draft('S'), ...body } });
  expect((await create({ startsOn: '2026-05-02', endsOn: '2026-05-01' })).body).toMatchObject({
    errors: [{ field: '/endsOn' }],
  });
  expect((await create({ startsOn: '2026-02-31' })).status).toBe(400);
  expect((await create({ kind: 'party' })).status).toBe(400);
  expect((await create({ name: { en: 'Only English' } })).status).toBe(400);
  expect((await create({ ownerUnitId: house.world.members.admin })).body).toMatchObject({
    errors: [{ field: '/ownerUnitId' }],
  });
  expect((await create({ seats: [{ unitId: house.world.members.admin }] })).status).toBe(400);
  const { body: event } = await create({});
  const backwards = { ...window('S'), endsAt: '2026-04-30T00:00:00Z' };
  const answer = await admin.call('events.addSilence', { params: { id: event.id }, body: backwards });
  expect(answer.body).toMatchObject({ errors: [{ field: '/endsAt' }] });
  const nowhere = await admin.call('events.addSilence', { params: { id: unit('S') }, body: window('S') });
  expect(nowhere.status).toBe(404);
});

test('desk members without that task cannot make events', async () => {
  for (const login of ['reviewer', 'researcher', 'observer', 'district.a'] as const) {
    expect((await (await house.as(login)).call('events.create', { body: draft('S') })).status).toBe(403);
  }
});

test('the list takes one query however many events there are', async () => {
  await sql`insert into events (kind, owner_unit_id) select 'campaign', ${unit('S')} from generate_series(1, 300)`.execute(
    house.ownerDb,
  );
  expect(await countQueries(() => house.services.events.list())).toBe(1);
});
