import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../server/contract/lists.js';
import { passwordFault } from '../../server/members/password.policy.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { type Client, signIn } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { testPassword, type UnitCode } from '../helpers/world.js';

let house: TestApp;
let admin: Client;
/** Administrator of the district D2 alone. */
let districtAdmin: Client;
beforeAll(async () => {
  house = await createTestApp();
  await sql`insert into titles values ('convenor')`.execute(house.ownerDb);
  await sql`insert into title_texts values ('convenor', 'hi', 'संयोजक'), ('convenor', 'en', 'Convenor')`.execute(
    house.ownerDb,
  );
  await sql`insert into appointments (member_id, unit_id, role) values (${house.world.members['district.b']}, ${unit('D2')}, 'admin')`.execute(
    house.ownerDb,
  );
  admin = await house.as('admin');
  districtAdmin = await house.as('district.b');
});
afterAll(() => house.close());

const unit = (code: UnitCode) => house.world.units[code];
const password = 'seven green bridges';
let made = 0;
function draft(role: Role, code: UnitCode, more: Record<string, unknown> = {}) {
  made += 1;
  return {
    login: `made-${made}`,
    name: `Made ${made}`,
    password,
    appointments: [{ unitId: unit(code), role }],
    ...more,
  };
}
async function make(role: Role, code: UnitCode) {
  const answer = await admin.call('members.create', { body: draft(role, code) });
  if (answer.status !== 201) throw new Error(answer.raw.body);
  return answer.body;
}

test('a new member can sign in with what they were given and hold what they were appointed to', async () => {
  const body = draft('reviewer', 'D1', {
    name: '  आशा देवी ',
    language: 'en',
    appointments: [{ unitId: unit('D1'), role: 'reviewer', title: 'convenor' }],
  });
  const answer = await admin.call('members.create', { body });
  expect(answer).toMatchObject({
    status: 201,
    body: {
      login: body.login,
      name: 'आशा देवी',
      language: 'en',
      disabled: false,
      version: 1,
      appointments: [
        { unit: { code: 'D1' }, role: 'reviewer', title: { hi: 'संयोजक', en: 'Convenor' }, validTo: null },
      ],
    },
  });
  const me = (await (await signIn(house.app, body.login, password)).call('session.me')).body;
  expect(me.appointments).toMatchObject([
    { unit: { code: 'D1' }, role: 'reviewer', title: { en: 'Convenor' } },
  ]);
});

test('neither the password nor its hash leaves the database or reaches the audit log', async () => {
  const answer = await admin.call('members.create', { body: draft('observer', 'S') });
  expect(answer.raw.body).not.toContain('argon2');
  const { rows } = await sql<{
    text: string;
  }>`select string_agg(payload::text, ' ') as text from audit_payloads`.execute(house.db);
  expect(rows[0]?.text).not.toContain(password);
  expect(rows[0]?.text).not.toContain('argon2');
});

test('a login is given once', async () => {
  const body = draft('observer', 'S');
  expect((await admin.call('members.create', { body })).status).toBe(201);
  const again = await admin.call('members.create', {
    body: { ...draft('observer', 'S'), login: body.login },
  });
  expect(again).toMatchObject({ status: 409, body: { code: 'conflict', errors: [{ field: '/login' }] } });
});

test('passwords that everybody tries first are refused, long and strange ones are welcome', () => {
  for (const bad of [
    'password',
    'Password1',
    'Pass-word 123',
    '12345678',
    'Jai Shri Ram',
    'qwertyuiop',
    'Bharat@123',
  ])
    expect([bad, passwordFault(bad, 'asha')]).toEqual([bad, 'common']);
  expect(passwordFault('zzzzzzzzzz', 'asha')).toBe('one_character');
  expect(passwordFault('Asha.Devi-2026', 'asha.devi')).toBe('like_login');
  expect(passwordFault('9876500001', '9999900000')).toBeNull();
  for (const good of [password, 'नदी के पार चार पेड़', 'correct horse battery', 'u8!Kq2#zLw'])
    expect([good, passwordFault(good, 'asha')]).toEqual([good, null]);
});

test('what is wrong with a new member is said at its place', async () => {
  const create = async (more: Record<string, unknown>) =>
    (await admin.call('members.create', { body: draft('observer', 'S', more) })).body;
  expect(await create({ password: 'short' })).toMatchObject({ errors: [{ field: '/password' }] });
  expect(await create({ password: 'password123' })).toMatchObject({ errors: [{ field: '/password' }] });
  expect(await create({ login: 'Has Capitals' })).toMatchObject({ errors: [{ field: '/login' }] });
  expect(await create({ name: '   ' })).toMatchObject({ errors: [{ field: '/name' }] });
  expect(await create({ appointments: [] })).toMatchObject({ errors: [{ field: '/appointments' }] });
  const backwards = { unitId: unit('S'), role: 'observer', validFrom: '2026-05-02', validTo: '2026-05-02' };
  expect(await create({ appointments: [backwards] })).toMatchObject({
    errors: [{ field: '/appointments/0/validTo' }],
  });
  const nowhere = { unitId: house.world.members.admin, role: 'observer' };
  expect(await create({ appointments: [nowhere] })).toMatchObject({
    errors: [{ field: '/appointments/0/unitId' }],
  });
  const noTitle = { unitId: unit('S'), role: 'observer', title: 'emperor' };
  expect(await create({ appointments: [noTitle] })).toMatchObject({ code: 'invalid_input' });
});

test('only administrators see and make members', async () => {
  for (const login of ['researcher', 'designer', 'reviewer', 'observer', 'district.a'] as const) {
    const client = await house.as(login);
    expect((await client.call('members.list')).status).toBe(403);
    expect((await client.call('members.create', { body: draft('observer', 'S') })).status).toBe(403);
  }
  expect((await house.anonymous.call('members.list')).status).toBe(401);
});

test('an administrator of a district sees its people only, and appoints nowhere else', async () => {
  const below = await make('district', 'A21');
  const seen = (await districtAdmin.call('members.list')).body.items.map(({ login }) => login);
  expect(seen.sort()).toEqual([below.login, 'district.b'].sort());
  expect((await districtAdmin.call('members.create', { body: draft('district', 'A21') })).status).toBe(201);
  for (const code of ['S', 'D1', 'A11'] as const) {
    expect((await districtAdmin.call('members.create', { body: draft('admin', code) })).status).toBe(403);
    const appointment = { params: { id: below.id }, body: { unitId: unit(code), role: 'reviewer' as const } };
    expect((await districtAdmin.call('members.appoint', appointment)).status).toBe(403);
  }
  const stranger = {
    params: { id: house.world.members.reviewer },
    body: { unitId: unit('D2'), role: 'district' as const },
  };
  expect((await districtAdmin.call('members.appoint', stranger)).status).toBe(404);
});

test('an administrator of a district cannot take over someone who also serves above it', async () => {
  const shared = await make('district', 'D2');
  await admin.call('members.appoint', {
    params: { id: shared.id },
    body: { unitId: unit('S'), role: 'reviewer' },
  });
  const edit = {
    params: { id: shared.id },
    ifMatch: shared.version + 1,
    body: { password: 'taken over by the district' },
  };
  expect((await districtAdmin.call('members.edit', edit)).status).toBe(403);
  const stranger = { ...edit, params: { id: house.world.members.admin }, ifMatch: 1 };
  expect((await districtAdmin.call('members.edit', stranger)).status).toBe(404);
  const { body } = await admin.call('members.list', { query: { q: shared.login } });
  const atState = body.items[0]?.appointments.find(({ role }) => role === 'reviewer');
  const end = { params: { id: atState?.id ?? '' } };
  expect((await districtAdmin.call('members.endAppointment', end)).status).toBe(403);
  expect((await admin.call('members.endAppointment', end)).status).toBe(204);
  expect((await districtAdmin.call('members.edit', { ...edit, ifMatch: shared.version + 2 })).status).toBe(
    200,
  );
});

test('disabling a member ends their sessions at once, and enabling lets them in again', async () => {
  const member = await make('district', 'A12');
  const phone = await signIn(house.app, member.login, password);
  const disabled = await admin.call('members.edit', {
    params: { id: member.id },
    ifMatch: 1,
    body: { disabled: true },
  });
  expect(disabled).toMatchObject({ status: 200, body: { disabled: true, version: 2 } });
  expect((await phone.call('session.me')).status).toBe(401);
  await expect(signIn(house.app, member.login, password)).rejects.toThrow('401');
  await admin.call('members.edit', { params: { id: member.id }, ifMatch: 2, body: { disabled: false } });
  expect((await phone.call('session.me')).status).toBe(401);
  await expect(signIn(house.app, member.login, password)).resolves.toBeDefined();
});

test('a new password ends the sessions made with the old one; other changes do not', async () => {
  const member = await make('district', 'A12');
  const phone = await signIn(house.app, member.login, password);
  await admin.call('members.edit', { params: { id: member.id }, ifMatch: 1, body: { name: 'Renamed' } });
  expect((await phone.call('session.me')).body.member.name).toBe('Renamed');
  const fresh = 'nine yellow lanterns';
  await admin.call('members.edit', { params: { id: member.id }, ifMatch: 2, body: { password: fresh } });
  expect((await phone.call('session.me')).status).toBe(401);
  await expect(signIn(house.app, member.login, password)).rejects.toThrow('401');
  await expect(signIn(house.app, member.login, fresh)).resolves.toBeDefined();
});

test('an edit needs the version last seen', async () => {
  const member = await make('observer', 'S');
  const edit = { params: { id: member.id }, body: { name: 'Other' } };
  expect((await admin.call('members.edit', edit)).status).toBe(428);
  expect((await admin.call('members.edit', { ...edit, ifMatch: 1 })).status).toBe(200);
  expect(await admin.call('members.edit', { ...edit, ifMatch: 1 })).toMatchObject({
    status: 412,
    body: { current: { name: 'Other', version: 2 } },
  });
});

test('nobody takes the last administrator away, not even two at the same moment', async () => {
  const me = house.world.members.admin;
  const disable = (client: Client, id: string, ifMatch: number) =>
    client.call('members.edit', { params: { id }, ifMatch, body: { disabled: true } });
  expect(await disable(admin, me, 1)).toMatchObject({ status: 409, body: { code: 'conflict' } });
  const mine =
    (await admin.call('members.list', { query: { q: 'admin' } })).body.items[0]?.appointments[0]?.id ?? '';
  expect((await admin.call('members.endAppointment', { params: { id: mine } })).status).toBe(409);
  // A district's administrator does not stand in for the state's, but the state's does for the district's.
  expect((await disable(admin, house.world.members['district.b'], 1)).status).toBe(200);
  await admin.call('members.edit', {
    params: { id: house.world.members['district.b'] },
    ifMatch: 2,
    body: { disabled: false },
  });
  const second = await make('admin', 'S');
  const other = await signIn(house.app, second.login, password);
  const answers = await Promise.all([disable(admin, second.id, 1), disable(other, me, 1)]);
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  const { rows } = await sql<{ active: number }>`
    select count(*) as active from appointments_in_force a join members m on m.id = a.member_id
     where a.role = 'admin' and a.unit_id = ${unit('S')} and m.disabled_at is null`.execute(house.db);
  expect(rows[0]?.active).toBe(1);
  await sql`update members set disabled_at = null`.execute(house.ownerDb);
  admin = await signIn(house.app, 'admin', testPassword);
  districtAdmin = await signIn(house.app, 'district.b', testPassword);
});

test('an appointment that began today ends this moment, and may be given again', async () => {
  const member = await make('district', 'A12');
  const phone = await signIn(house.app, member.login, password);
  const id = member.appointments[0]?.id ?? '';
  expect((await admin.call('members.endAppointment', { params: { id } })).status).toBe(204);
  expect((await phone.call('session.me')).body.appointments).toEqual([]);
  expect((await phone.call('inbox.list')).status).toBe(403);
  expect((await admin.call('members.endAppointment', { params: { id } })).status).toBe(204);
  expect((await admin.call('members.endAppointment', { params: { id: unit('S') } })).status).toBe(404);
  const body = { unitId: unit('A12'), role: 'district' as const };
  const again = await admin.call('members.appoint', { params: { id: member.id }, body });
  expect(again.body.appointments).toHaveLength(1);
  expect((await phone.call('session.me')).body.appointments).toHaveLength(1);
});

test('an appointment held since long keeps its history when it ends', async () => {
  const member = await make('district', 'A12');
  const id = member.appointments[0]?.id ?? '';
  await sql`update appointments set valid_from = '2026-01-01' where id = ${id}`.execute(house.ownerDb);
  await admin.call('members.endAppointment', { params: { id } });
  const { rows } =
    await sql`select valid_from, valid_to = today() as today from appointments where id = ${id}`.execute(
      house.db,
    );
  expect(rows).toEqual([{ validFrom: '2026-01-01', today: true }]);
  const { body } = await admin.call('members.list', { query: { q: member.login } });
  expect(body.items[0]?.appointments).toHaveLength(1);
});

test('the same role in the same unit is not held twice on one day', async () => {
  const member = await make('district', 'A12');
  const appoint = (body: { unitId: string; role: Role; validFrom?: string; validTo?: string }) =>
    admin.call('members.appoint', { params: { id: member.id }, body });
  expect((await appoint({ unitId: unit('A12'), role: 'district' })).status).toBe(409);
  expect((await appoint({ unitId: unit('A12'), role: 'observer' })).status).toBe(201);
  expect(
    (await appoint({ unitId: unit('A12'), role: 'district', validFrom: '2025-01-01', validTo: '2025-06-01' }))
      .status,
  ).toBe(201);
});

test('people and their roles leave a trail', async () => {
  const member = await make('district', 'A12');
  await admin.call('members.endAppointment', { params: { id: member.appointments[0]?.id ?? '' } });
  const { rows } = await sql<{
    act: string;
    role: string;
  }>`select act, role from audit where object_id = ${member.id} order by seq`.execute(house.db);
  expect(rows).toEqual([
    { act: 'member.created', role: 'admin S' },
    { act: 'member.appointment_ended', role: 'admin S' },
  ]);
});

test('members are found by the beginning of a login or of a word of the name, newest first, page by page', async () => {
  const logins = async (query: Record<string, string | number>) =>
    (await admin.call('members.list', { query })).body.items.map(({ login }) => login);
  expect(await logins({ q: 'review' })).toEqual(expect.arrayContaining(['reviewer', 'reviewer2']));
  expect(await logins({ q: 'assembly.a' })).toEqual(['assembly.a']);
  expect(await logins({ q: '%' })).toEqual([]);
  expect(await logins({ q: 'assembly', parentId: unit('D2') })).toEqual([]);
  const all = await logins({ limit: 100 });
  const first = (await admin.call('members.list', { query: { limit: 5 } })).body;
  const second = (await admin.call('members.list', { query: { limit: 5, cursor: first.nextCursor ?? '' } }))
    .body;
  expect([...first.items, ...second.items].map(({ login }) => login)).toEqual(all.slice(0, 10));
});

test('a thousand members take as many queries as ten', async () => {
  const session = await house.services.sessions.authenticate(
    /tathya_session=([\w-]+)/.exec(admin.cookie)?.[1] ?? '',
  );
  if (session === null) throw new Error('the administrator is not signed in');
  await sql`with made as (
      insert into members (login, name, password_hash) select 'crowd-' || n, 'Crowd', 'x' from generate_series(1, 1000) n returning id
    ) insert into appointments (member_id, unit_id, role) select id, ${unit('A11')}, 'district' from made`.execute(
    house.ownerDb,
  );
  const queries = await countQueries(async () => {
    expect((await house.services.members.list(session, { limit: 100 })).items).toHaveLength(100);
  });
  expect(queries).toBe(1);
});

test('a day begins where the organisation is, not in London', async () => {
  // One of the two is never on the same day as UTC.
  const zone = new Date().getUTCHours() < 12 ? 'Etc/GMT+12' : 'Pacific/Kiritimati';
  const dayThere = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format();
  expect(dayThere).not.toBe(new Date().toISOString().slice(0, 10));
  await sql`update organisations set time_zone = ${zone}`.execute(house.ownerDb);
  try {
    const body = draft('observer', 'D1');
    const { status, body: member } = await admin.call('members.create', { body });
    expect(status).toBe(201);
    const { rows } = await sql<{ validFrom: string }>`
      select valid_from from appointments_in_force where member_id = ${member.id}`.execute(house.ownerDb);
    expect(rows).toEqual([{ validFrom: dayThere }]);
    const client = await signIn(house.app, body.login, password);
    expect((await client.call('session.me')).body.appointments).toHaveLength(1);
  } finally {
    await sql`update organisations set time_zone = 'Asia/Kolkata'`.execute(house.ownerDb);
  }
});
