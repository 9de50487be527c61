import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { resolveSelector } from '../../server/units/selector.repository.js';
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
const day = async (offset: number) => {
  const { rows } = await sql<{ day: string }>`select today() + ${offset}::integer as day`.execute(house.db);
  return rows[0]?.day ?? '';
};
const codesOf = (page: { items: { code: string }[] }) => page.items.map(({ code }) => code);
const list = async (query: Record<string, string | number>) =>
  (await (await house.as('district.a')).call('units.list', { query })).body;

/** The tree as the world made it, whatever a test did. */
beforeEach(async () => {
  await sql`delete from unit_parents where unit_id in (${unit('A11')}, ${unit('A12')}, ${unit('D1')})`.execute(
    house.ownerDb,
  );
  await sql`insert into unit_parents (unit_id, parent_id, valid_from) values
    (${unit('A11')}, ${unit('D1')}, '2026-01-01'), (${unit('A12')}, ${unit('D1')}, '2026-01-01'), (${unit('D1')}, ${unit('S')}, '2026-01-01')`.execute(
    house.ownerDb,
  );
});

test('units are listed by code, by parent, by type and by the beginning of a name in either language or of the code', async () => {
  expect(codesOf(await list({}))).toEqual(['A11', 'A12', 'A21', 'D1', 'D2', 'L1', 'S']);
  expect(codesOf(await list({ parentId: unit('D1') }))).toEqual(['A11', 'A12']);
  expect(codesOf(await list({ type: 'district' }))).toEqual(['D1', 'D2']);
  expect(codesOf(await list({ q: 'दूसरा' }))).toEqual(['A12', 'D2']);
  expect(codesOf(await list({ q: 'first S' }))).toEqual(['A11']);
  expect(codesOf(await list({ q: 'a1', type: 'assembly' }))).toEqual(['A11', 'A12']);
  expect(codesOf(await list({ q: '%' }))).toEqual([]);
  expect(codesOf(await list({ q: 'a_1' }))).toEqual([]);
});

test('pages follow one another without gap or repeat', async () => {
  const first = await list({ limit: 3 });
  const second = await list({ limit: 3, cursor: first.nextCursor ?? '' });
  const third = await list({ limit: 3, cursor: second.nextCursor ?? '' });
  expect([first, second, third].map(codesOf)).toEqual([['A11', 'A12', 'A21'], ['D1', 'D2', 'L1'], ['S']]);
  expect(third.nextCursor).toBeNull();
  expect((await (await house.as('district.a')).call('units.list', { query: { limit: 0 } })).status).toBe(400);
});

test('a unit tells its parent and how many stand below it', async () => {
  const client = await house.as('district.a');
  const { body } = await client.call('units.read', { params: { id: unit('D1') } });
  expect(body).toEqual({
    id: unit('D1'),
    code: 'D1',
    type: 'district',
    name: { hi: 'पहला ज़िला', en: 'First District' },
    parentId: unit('S'),
    children: 2,
  });
  expect((await client.call('units.read', { params: { id: house.world.members.admin } })).status).toBe(404);
  expect((await client.call('units.read', { params: { id: 'x' } })).status).toBe(404);
  expect((await house.anonymous.call('units.read', { params: { id: unit('D1') } })).status).toBe(401);
});

test('kinds of unit come with their numbers, and the relations of links', async () => {
  const { body } = await (await house.as('observer')).call('units.types');
  expect(body.items.map(({ code }) => code)).toEqual(['state', 'district', 'lok_sabha', 'assembly', 'booth']);
  expect(body.items.find(({ code }) => code === 'assembly')?.units).toBe(3);
  expect(body.relations).toEqual(['in_lok_sabha']);
});

test('an administrator adds units in their own part and nowhere else', async () => {
  const districtAdmin = await house.as('district.b');
  const draft = { code: 'A22', type: 'assembly', name: { hi: 'चौथा क्षेत्र' }, parentId: unit('D2') };
  const made = await districtAdmin.call('units.create', { body: draft });
  expect(made).toMatchObject({ status: 201, body: { code: 'A22', parentId: unit('D2'), children: 0 } });
  expect(await house.services.units.path(made.body.id)).toEqual([made.body.id, unit('D2'), unit('S')]);
  const elsewhere = await districtAdmin.call('units.create', {
    body: { ...draft, code: 'A13', parentId: unit('D1') },
  });
  expect(elsewhere.status).toBe(403);
  const again = await districtAdmin.call('units.create', { body: draft });
  expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
  const reviewer = await (await house.as('reviewer')).call('units.create', {
    body: { ...draft, code: 'A23' },
  });
  expect(reviewer.status).toBe(403);
  const orphan = { ...draft, code: 'A24', parentId: house.world.members.admin };
  expect((await (await house.as('admin')).call('units.create', { body: orphan })).body).toMatchObject({
    code: 'invalid_input',
    errors: [{ field: '/parentId' }],
  });
  const odd = { ...draft, code: 'A25', type: 'galaxy' };
  expect((await (await house.as('admin')).call('units.create', { body: odd })).status).toBe(400);
});

test('a move from today keeps what was, and its whole subtree follows', async () => {
  const admin = await house.as('admin');
  const moved = await admin.call('units.move', {
    params: { id: unit('D1') },
    body: { parentId: unit('D2') },
  });
  expect(moved).toMatchObject({ status: 200, body: { parentId: unit('D2') } });
  expect(await house.services.units.path(unit('A11'))).toEqual([
    unit('A11'),
    unit('D1'),
    unit('D2'),
    unit('S'),
  ]);
  const { rows } =
    await sql`select parent_id, valid_from, valid_to from unit_parents where unit_id = ${unit('D1')} order by valid_from`.execute(
      house.db,
    );
  expect(rows).toEqual([
    { parentId: unit('S'), validFrom: '2026-01-01', validTo: await day(0) },
    { parentId: unit('D2'), validFrom: await day(0), validTo: null },
  ]);
});

test('a second move on the same day replaces the first, and history still has no gap', async () => {
  const admin = await house.as('admin');
  await admin.call('units.move', { params: { id: unit('A11') }, body: { parentId: unit('D2') } });
  const back = await admin.call('units.move', { params: { id: unit('A11') }, body: { parentId: unit('S') } });
  expect(back.body.parentId).toBe(unit('S'));
  const { rows } =
    await sql`select parent_id, valid_to from unit_parents where unit_id = ${unit('A11')} order by valid_from`.execute(
      house.db,
    );
  expect(rows).toEqual([
    { parentId: unit('D1'), validTo: await day(0) },
    { parentId: unit('S'), validTo: null },
  ]);
});

test('a move of a later day changes nothing before it, and a newer move takes its place', async () => {
  const admin = await house.as('admin');
  const later = { parentId: unit('D2'), from: await day(10) };
  const planned = await admin.call('units.move', { params: { id: unit('A11') }, body: later });
  expect(planned.body.parentId).toBe(unit('D1'));
  expect(await house.services.units.path(unit('A11'))).toEqual([unit('A11'), unit('D1'), unit('S')]);
  const sooner = { parentId: unit('S'), from: await day(5) };
  await admin.call('units.move', { params: { id: unit('A11') }, body: sooner });
  const { rows } =
    await sql`select parent_id, valid_from, valid_to from unit_parents where unit_id = ${unit('A11')} order by valid_from`.execute(
      house.db,
    );
  expect(rows).toEqual([
    { parentId: unit('D1'), validFrom: '2026-01-01', validTo: await day(5) },
    { parentId: unit('S'), validFrom: await day(5), validTo: null },
  ]);
});

test('what was is not rewritten: a move cannot begin before today', async () => {
  const answer = await (await house.as('admin')).call('units.move', {
    params: { id: unit('A11') },
    body: { parentId: unit('D2'), from: await day(-1) },
  });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: '/from' }] } });
});

test('no unit can be moved below itself, today or by two plans that only meet later', async () => {
  const admin = await house.as('admin');
  const loop = await admin.call('units.move', {
    params: { id: unit('D1') },
    body: { parentId: unit('A11') },
  });
  expect(loop).toMatchObject({ status: 409, body: { code: 'conflict' } });
  const self = await admin.call('units.move', { params: { id: unit('D1') }, body: { parentId: unit('D1') } });
  expect(self.status).toBe(409);
  const from = await day(7);
  const first = await admin.call('units.move', {
    params: { id: unit('A11') },
    body: { parentId: unit('A12'), from },
  });
  expect(first.status).toBe(200);
  const second = await admin.call('units.move', {
    params: { id: unit('A12') },
    body: { parentId: unit('A11'), from: await day(3) },
  });
  expect(second.status).toBe(409);
});

test('moves that arrive together cannot close a loop', async () => {
  const admin = await house.as('admin');
  const answers = await Promise.all([
    admin.call('units.move', { params: { id: unit('A11') }, body: { parentId: unit('A12') } }),
    admin.call('units.move', { params: { id: unit('A12') }, body: { parentId: unit('A11') } }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('an administrator of a district cannot take units from another, nor give theirs away', async () => {
  const districtAdmin = await house.as('district.b');
  const take = await districtAdmin.call('units.move', {
    params: { id: unit('A11') },
    body: { parentId: unit('D2') },
  });
  const give = await districtAdmin.call('units.move', {
    params: { id: unit('A21') },
    body: { parentId: unit('D1') },
  });
  expect([take.status, give.status]).toEqual([403, 403]);
});

test('a selector names units, all of a type below one, or all linked to one', async () => {
  const today = await day(0);
  const { db } = house;
  const named = await resolveSelector(db, { kind: 'units', unitIds: [unit('D2'), unit('A11')] }, today);
  expect(named).toEqual([unit('A11'), unit('D2')]);
  const below = await resolveSelector(db, { kind: 'below', unitId: unit('D1'), type: 'assembly' }, today);
  expect(below).toEqual([unit('A11'), unit('A12')]);
  const atIt = await resolveSelector(db, { kind: 'below', unitId: unit('D1'), type: 'district' }, today);
  expect(atIt).toEqual([unit('D1')]);
  const linked = await resolveSelector(
    db,
    { kind: 'linked', unitId: unit('L1'), relation: 'in_lok_sabha' },
    today,
  );
  expect(linked).toEqual([unit('A11'), unit('A21')]);
  expect(await resolveSelector(db, { kind: 'linked', unitId: unit('L1'), relation: 'other' }, today)).toEqual(
    [],
  );
});

test('a selector refuses units that do not exist, and leaves out links and units that are over', async () => {
  const { db } = house;
  const unknown = { kind: 'units' as const, unitIds: [unit('D1'), house.world.members.admin] };
  await expect(resolveSelector(db, unknown, await day(0))).rejects.toMatchObject({ code: 'invalid_input' });
  const early = { kind: 'units' as const, unitIds: [unit('D1')] };
  await expect(resolveSelector(db, early, '2025-12-31')).rejects.toMatchObject({ code: 'invalid_input' });
  await sql`update unit_links set valid_to = today() where unit_id = ${unit('A21')}`.execute(house.ownerDb);
  const linked = { kind: 'linked' as const, unitId: unit('L1'), relation: 'in_lok_sabha' };
  expect(await resolveSelector(db, linked, await day(0))).toEqual([unit('A11')]);
  expect(await resolveSelector(db, linked, await day(-1))).toEqual([unit('A11'), unit('A21')]);
});

test('lists take the same number of queries however many units there are', async () => {
  const { units } = house.services;
  const few = await countQueries(() => units.list({ limit: 10 }));
  await sql`with made as (
      insert into units (code, type) select 'Q' || n, 'booth' from generate_series(1, 1000) n returning id
    ) insert into unit_parents (unit_id, parent_id, valid_from) select id, ${unit('A21')}, today() from made`.execute(
    house.ownerDb,
  );
  expect(await countQueries(() => units.list({ limit: 100, parentId: unit('A21') }))).toBe(few);
  expect(few).toBe(1);
});
