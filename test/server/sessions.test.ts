import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { createClient, signIn } from '../helpers/client.js';
import { countQueries } from '../helpers/count-queries.js';
import { testPassword } from '../helpers/world.js';

let house: TestApp;
beforeAll(async () => {
  house = await createTestApp();
});
afterAll(() => house.close());

const enter = (
  login: string,
  password: string,
  headers: Record<string, string> = {},
  remoteAddress = '127.0.0.1',
) =>
  house.app.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password },
    headers,
    remoteAddress,
  });

const cookieOf = (response: Awaited<ReturnType<typeof enter>>, name: string) =>
  response.cookies.find((cookie) => cookie.name === name);

async function lastAudit() {
  const { rows } = await sql<{
    act: string;
    objectId: string | null;
    actorId: string | null;
    payload: string;
  }>`
    select a.act, a.object_id, a.actor_id, p.payload::text as payload from audit a join audit_payloads p using (seq)
     order by a.seq desc limit 1`.execute(house.db);
  return rows[0];
}

test('signing in tells who one is, what one may do and which organisation it is', async () => {
  const response = await enter('reviewer', testPassword);
  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({
    member: { id: house.world.members.reviewer, login: 'reviewer', language: 'hi' },
    appointments: [{ role: 'reviewer', unit: { code: 'S', name: { en: 'Test State' } }, title: null }],
    organisation: { profile: 'ngo', name: { en: 'Test Forum' }, issuedBy: { en: 'Issued by Test Forum' } },
  });
  expect(response.json().capabilities).toContain('packs.approve');
  expect(response.json().capabilities).not.toContain('people.manage');
  expect(await lastAudit()).toMatchObject({
    act: 'session.signed_in',
    actorId: house.world.members.reviewer,
  });
});

test('the cookie is out of reach of scripts and other sites, and the table alone signs nobody in', async () => {
  const response = await enter('reviewer', testPassword);
  const cookie = cookieOf(response, 'tathya_session');
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(cookie?.value).toMatch(/^[\w-]{43}$/);
  const { rows } = await sql<{
    tokenHash: string;
  }>`select token_hash from sessions order by id desc limit 1`.execute(house.db);
  expect(rows[0]?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
  const stolen = createClient(house.app, `tathya_session=${rows[0]?.tokenHash}`);
  expect((await stolen.call('session.me')).status).toBe(401);
});

test('behind https the cookies are bound to this host', async () => {
  const secure = await createTestApp({ environment: { PUBLIC_URL: 'https://tathya.example' } });
  try {
    const response = await secure.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { origin: 'https://tathya.example' },
      payload: { login: 'reviewer', password: testPassword },
    });
    expect(cookieOf(response, '__Host-tathya_session')).toMatchObject({
      secure: true,
      httpOnly: true,
      path: '/',
    });
    expect(cookieOf(response, '__Host-tathya_device')).toMatchObject({ secure: true });
    expect(cookieOf(response, 'tathya_session')).toBeUndefined();
  } finally {
    await secure.close();
  }
});

test('a phone keyboard that writes a capital letter or a blank does not keep anyone out', async () => {
  expect((await enter(' Reviewer ', testPassword)).statusCode).toBe(200);
});

test('a wrong password, an unknown name and a disabled member get the same answer, and all are audited', async () => {
  await sql`update members set disabled_at = now() where login = 'researcher2'`.execute(house.ownerDb);
  const wrong = await enter('observer', 'not the password');
  expect(await lastAudit()).toMatchObject({
    act: 'session.refused',
    actorId: null,
    objectId: house.world.members.observer,
  });
  const unknown = await enter('nobody-here', 'not the password');
  expect(await lastAudit()).toMatchObject({ act: 'session.refused', objectId: null });
  const disabled = await enter('researcher2', testPassword);
  expect((await lastAudit())?.payload).toContain('disabled');
  for (const response of [wrong, unknown, disabled]) {
    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ code: 'wrong_password', detail: wrong.json().detail });
    expect(response.cookies).toEqual([]);
  }
});

test('what was typed as a name is never kept: it may be a password', async () => {
  await enter('Hunter2 is my secret', 'x');
  const { rows } = await sql<{ text: string }>`
    select coalesce(string_agg(p.payload::text || a.role || coalesce(a.request_id, ''), ' '), '')
      || (select string_agg(key, ' ') from rate_limits) as text
      from audit a left join audit_payloads p using (seq)`.execute(house.db);
  expect(rows[0]?.text.toLowerCase()).not.toContain('hunter2');
  expect(house.log.join('').toLowerCase()).not.toContain('hunter2');
});

test('ten wrong passwords lock the account for a quarter of an hour, whoever then knows the right one', async () => {
  const wrong = await Promise.all(
    Array.from({ length: 14 }, (_, n) => enter('designer', `guess ${n}`, {}, `10.0.0.${n}`)),
  );
  expect(wrong.filter(({ statusCode }) => statusCode === 401)).toHaveLength(10);
  expect(wrong.filter(({ statusCode }) => statusCode === 429)).toHaveLength(4);
  const right = await enter('designer', testPassword);
  expect(right.statusCode).toBe(429);
  expect(right.json()).toMatchObject({ code: 'too_many_requests' });
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(800);
  expect(Number(right.headers['retry-after'])).toBeLessThanOrEqual(900);
  expect((await enter('reviewer2', testPassword)).statusCode).toBe(200);
  const { rows } = await sql<{ told: number }>`
    select count(*) as told from audit_payloads where payload->>'reason' = 'too_many'`.execute(house.db);
  expect(rows[0]?.told).toBe(1);
  await sql`update rate_limits set expire = 0`.execute(house.ownerDb);
  expect((await enter('designer', testPassword)).statusCode).toBe(200);
});

test('signing in clears the account’s count, so nine slips a day never add up', async () => {
  for (let round = 0; round < 2; round += 1) {
    for (let slip = 0; slip < 9; slip += 1) await enter('assembly.a', 'a slip', {}, '10.1.0.1');
    expect((await enter('assembly.a', testPassword, {}, '10.1.0.1')).statusCode).toBe(200);
  }
});

test('an address that tried a hundred names is kept out, others are not', async () => {
  await sql`insert into rate_limits values ('sign-in-address:10.2.0.1', 100, ${Date.now() + 60_000})`.execute(
    house.ownerDb,
  );
  expect((await enter('reviewer', testPassword, {}, '10.2.0.1')).statusCode).toBe(429);
  expect((await enter('reviewer', testPassword, {}, '10.2.0.2')).statusCode).toBe(200);
});

test('a browser stays the same device for its member and becomes another one for the next', async () => {
  const agent = { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36' };
  const first = await enter('district.a', testPassword, agent);
  const device = cookieOf(first, 'tathya_device')?.value ?? '';
  expect(first.json().deviceId).toBe(device);
  const cookie = { cookie: `tathya_device=${device}` };
  expect((await enter('district.a', testPassword, cookie)).json().deviceId).toBe(device);
  expect((await enter('district.b', testPassword, cookie)).json().deviceId).not.toBe(device);
  const planted = { cookie: "tathya_device=' or 1=1" };
  expect((await enter('district.a', testPassword, planted)).json().deviceId).not.toBe(device);
  const { rows } = await sql<{ label: string }>`select label from devices where id = ${device}`.execute(
    house.db,
  );
  expect(rows[0]?.label).toBe('Chrome, Android');
});

test('signing in again gives a new secret and ends the session the browser had', async () => {
  const before = await signIn(house.app, 'observer');
  const again = await enter('observer', testPassword, { cookie: before.cookie });
  expect(cookieOf(again, 'tathya_session')?.value).not.toBe(
    /tathya_session=([\w-]+)/.exec(before.cookie)?.[1],
  );
  expect((await before.call('session.me')).status).toBe(401);
});

test('signing out ends the session, not only the cookie', async () => {
  const client = await signIn(house.app, 'observer');
  const out = await client.call('session.signOut');
  expect(out.status).toBe(204);
  expect(String(out.headers['set-cookie'])).toMatch(/tathya_session=;.*Expires=Thu, 01 Jan 1970/);
  expect((await client.call('session.me')).status).toBe(401);
});

test('a session unused for two hours, or twelve hours old, is over', async () => {
  const idle = await signIn(house.app, 'observer');
  await sql`update sessions set last_seen_at = now() - interval '121 minutes' where member_id = ${house.world.members.observer} and revoked_at is null`.execute(
    house.ownerDb,
  );
  expect((await idle.call('session.me')).status).toBe(401);
  const old = await signIn(house.app, 'observer');
  await sql`update sessions set created_at = now() - interval '12 hours' where member_id = ${house.world.members.observer} and revoked_at is null`.execute(
    house.ownerDb,
  );
  expect((await old.call('session.me')).status).toBe(401);
  const expired = await signIn(house.app, 'observer');
  await sql`update sessions set expires_at = now() where member_id = ${house.world.members.observer} and revoked_at is null`.execute(
    house.ownerDb,
  );
  expect((await expired.call('session.me')).status).toBe(401);
});

test('being used keeps a session alive and is written at most once a minute', async () => {
  const client = await signIn(house.app, 'observer');
  const seen = async () => {
    const { rows } = await sql<{
      at: string;
    }>`select max(last_seen_at) as at from sessions where member_id = ${house.world.members.observer}`.execute(
      house.db,
    );
    return rows[0]?.at ?? '';
  };
  const signedInAt = await seen();
  await client.call('session.me');
  expect(await seen()).toBe(signedInAt);
  await sql`update sessions set last_seen_at = now() - interval '110 minutes' where member_id = ${house.world.members.observer} and revoked_at is null`.execute(
    house.ownerDb,
  );
  await client.call('session.me');
  expect((await seen()) > signedInAt).toBe(true);
});

test('knowing who asks takes one query', async () => {
  const client = await signIn(house.app, 'observer');
  const token = /tathya_session=([\w-]+)/.exec(client.cookie)?.[1] ?? '';
  expect(await countQueries(() => house.services.sessions.authenticate(token))).toBe(1);
  expect(await countQueries(() => house.services.sessions.authenticate('no token at all'))).toBe(0);
});

test('a role taken or given counts from the next request on, and so does disabling', async () => {
  const client = await signIn(house.app, 'observer');
  const member = house.world.members.observer;
  await sql`update appointments set valid_to = today() where member_id = ${member}`.execute(house.ownerDb);
  expect((await client.call('session.me')).body).toMatchObject({ appointments: [], capabilities: [] });
  await sql`update appointments set valid_to = null, role = 'reviewer' where member_id = ${member}`.execute(
    house.ownerDb,
  );
  expect((await client.call('session.me')).body.capabilities).toContain('packs.approve');
  await sql`update appointments set role = 'observer' where member_id = ${member}`.execute(house.ownerDb);
  await sql`update members set disabled_at = now() where id = ${member}`.execute(house.ownerDb);
  expect((await client.call('session.me')).status).toBe(401);
  await sql`update members set disabled_at = null where id = ${member}`.execute(house.ownerDb);
});

test('an appointment of tomorrow or until today gives nothing yet or any more', async () => {
  const member = house.world.members.reviewer2;
  await sql`insert into appointments (member_id, unit_id, role, valid_from, valid_to) values
    (${member}, ${house.world.units.S}, 'admin', today() + 1, null),
    (${member}, ${house.world.units.S}, 'designer', today() - 9, today())`.execute(house.ownerDb);
  const client = await signIn(house.app, 'reviewer2');
  expect((await client.call('session.me')).body.appointments.map(({ role }) => role)).toEqual(['reviewer']);
});

test('members see their own sessions and end any of them, but nobody else’s', async () => {
  const here = await signIn(house.app, 'reviewer2');
  const there = await signIn(house.app, 'reviewer2');
  const { items } = (await here.call('session.list')).body;
  expect(items.filter(({ current }) => current)).toHaveLength(1);
  const [stranger] = (await (await signIn(house.app, 'researcher')).call('session.list')).body.items;
  expect((await here.call('session.revoke', { params: { id: stranger?.id ?? '' } })).status).toBe(404);
  for (const other of items.filter(({ current }) => !current)) {
    expect((await here.call('session.revoke', { params: { id: other.id } })).status).toBe(204);
  }
  expect((await there.call('session.me')).status).toBe(401);
  expect((await here.call('session.list')).body.items).toHaveLength(1);
});

test('a member changes the language of the interface', async () => {
  const client = await signIn(house.app, 'researcher');
  expect((await client.call('session.editMe', { body: { language: 'en' } })).body.member.language).toBe('en');
  expect((await client.call('session.me')).body.member.language).toBe('en');
  expect((await client.call('session.editMe', { body: { language: 'fr' } })).status).toBe(400);
  expect((await house.anonymous.call('session.editMe', { body: { language: 'en' } })).status).toBe(401);
});

test('housekeeping removes spent counters, old keys and sessions long over, and leaves open ones', async () => {
  const client = await signIn(house.app, 'researcher');
  await sql`insert into rate_limits values ('old', 3, 1), ('new', 3, ${Date.now() + 60_000})`.execute(
    house.ownerDb,
  );
  await sql`update sessions set revoked_at = now() - interval '31 days' where revoked_at is not null`.execute(
    house.ownerDb,
  );
  await house.services.sessions.removeSpent();
  const { rows } = await sql<{ revoked: number; spent: number; fresh: number }>`
    select (select count(*) from sessions where revoked_at is not null) as revoked,
           (select count(*) from rate_limits where key = 'old') as spent, (select count(*) from rate_limits where key = 'new') as fresh`.execute(
    house.db,
  );
  expect(rows[0]).toEqual({ revoked: 0, spent: 0, fresh: 1 });
  expect((await client.call('session.me')).status).toBe(200);
});
