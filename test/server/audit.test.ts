import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { appendAudit } from '../../server/audit/change.js';
import { verifyChain } from '../../server/audit/verify-chain.js';
import { transact } from '../../server/database/database.js';
import { createTestApp, type TestApp } from '../helpers/app.js';

let house: TestApp;
beforeAll(async () => {
  house = await createTestApp();
  await sql`insert into appointments (member_id, unit_id, role) values (${house.world.members['district.b']}, ${house.world.units.D2}, 'admin')`.execute(
    house.ownerDb,
  );
});
afterAll(() => house.close());

const rowsMade = 25;
async function append(count: number, payload: unknown): Promise<void> {
  await transact(house.db, {}, async (tx) => {
    const who = { actorId: house.world.members.reviewer, role: 'reviewer S', requestId: 'req-1' };
    const entry = { act: 'pack.approved', objectKind: 'pack', objectId: house.world.units.S, payload };
    await appendAudit(
      tx,
      who,
      Array.from({ length: count }, () => entry),
    );
  });
}

/** As a thief with the owner's password: the guards off, then on again. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await sql`alter table audit disable trigger user`.execute(house.ownerDb);
  await sql`alter table audit_payloads disable trigger user`.execute(house.ownerDb);
  await statement.execute(house.ownerDb);
  await sql`alter table audit enable trigger user`.execute(house.ownerDb);
  await sql`alter table audit_payloads enable trigger user`.execute(house.ownerDb);
}

/** A sound chain of 25 rows, whose payloads PostgreSQL would have reordered had it been let. */
beforeEach(async () => {
  await tamper(sql`truncate audit, audit_payloads`);
  await append(rowsMade, {
    zeta: 1.5,
    alpha: { ख: 'तथ्य "quoted"\n', a: [1, null, '\u0000', '\ud800'] },
    half: 1e21,
  });
});

test('a chain as it was written is sound, in batches of any size', async () => {
  for (const batch of [1, 7, rowsMade, 1000]) {
    expect(await verifyChain(house.db, { batch })).toEqual({ ok: true, rows: rowsMade });
  }
});

test('an empty chain is sound', async () => {
  await tamper(sql`truncate audit, audit_payloads`);
  expect(await verifyChain(house.db)).toEqual({ ok: true, rows: 0 });
});

test('rows written by many at once still make one chain', async () => {
  await Promise.all(Array.from({ length: 20 }, () => append(2, {})));
  expect(await verifyChain(house.db)).toEqual({ ok: true, rows: rowsMade + 40 });
});

const changes = {
  act: sql`'pack.recalled'`,
  role: sql`'admin S'`,
  at: sql`at + interval '1 microsecond'`,
  actor_id: sql`null`,
  object_id: sql`null`,
  object_kind: sql`'claim'`,
  request_id: sql`'req-2'`,
  payload_hash: sql`repeat('a', 64)`,
};
test.each(Object.entries(changes))('a changed %s names its row', async (column, value) => {
  await tamper(sql`update audit set ${sql.ref(column)} = ${value} where seq = 12`);
  expect(await verifyChain(house.db, { batch: 5 })).toMatchObject({ ok: false, rows: 11, brokenSeq: 12 });
});

test('a changed row whose own hash was worked out anew is given away by the next one', async () => {
  await tamper(
    sql`update audit set role = 'admin S', hash = audit_row_hash(seq, at, actor_id, 'admin S', act, object_kind, object_id, request_id, payload_hash, previous_hash) where seq = 12`,
  );
  expect(await verifyChain(house.db)).toMatchObject({ ok: false, brokenSeq: 13 });
});

test('a row taken out leaves a gap that names the next one', async () => {
  await tamper(sql`with gone as (delete from audit_payloads where seq = 9) select 1`);
  await tamper(sql`delete from audit where seq = 9`);
  expect(await verifyChain(house.db)).toMatchObject({ ok: false, rows: 8, brokenSeq: 10 });
});

test('a first row taken out is noticed', async () => {
  await tamper(sql`delete from audit_payloads where seq = 1`);
  await tamper(sql`delete from audit where seq = 1`);
  expect(await verifyChain(house.db)).toMatchObject({ ok: false, rows: 0, brokenSeq: 2 });
});

test('a changed payload is noticed, an erased one is not a fault', async () => {
  await sql`delete from audit_payloads where seq in (3, 4)`.execute(house.db);
  expect(await verifyChain(house.db)).toEqual({ ok: true, rows: rowsMade });
  await tamper(sql`update audit_payloads set payload = '{"zeta":2}' where seq = 20`);
  expect(await verifyChain(house.db)).toMatchObject({ ok: false, brokenSeq: 20 });
});

test('a payload put in the place of an erased one is noticed', async () => {
  await sql`delete from audit_payloads where seq = 3`.execute(house.db);
  await sql`insert into audit_payloads values (3, '{"other":1}')`.execute(house.db);
  expect(await verifyChain(house.db)).toMatchObject({ ok: false, brokenSeq: 3 });
});

test.each([
  'update tathya.audit set act = act',
  'delete from tathya.audit',
  'truncate tathya.audit cascade',
  'update tathya.audit_payloads set payload = payload',
  'alter table tathya.audit disable trigger all',
])('the application’s login may not: %s', async (statement) => {
  const client = new pg.Client({ connectionString: house.appUrl });
  await client.connect();
  await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
  await client.end();
});

test('the owner is stopped by the guards too', async () => {
  await expect(sql`update audit set act = act`.execute(house.ownerDb)).rejects.toThrow('append-only');
  await expect(sql`delete from audit where seq = 1`.execute(house.ownerDb)).rejects.toThrow('append-only');
  await expect(sql`truncate audit cascade`.execute(house.ownerDb)).rejects.toThrow('append-only');
});

test('a row inserted with numbers and hashes of its own gets the chain’s', async () => {
  await sql`insert into audit (seq, at, role, act, object_kind, payload_hash, previous_hash, hash)
    values (3, '2020-01-01', 'none', 'x.y', 'x', repeat('0', 64), 'mine', 'mine')`.execute(house.db);
  expect(await verifyChain(house.db)).toEqual({ ok: true, rows: rowsMade + 1 });
});

test('the log is read newest first, page by page, without payloads', async () => {
  const admin = await house.as('admin');
  const first = (await admin.call('audit.list', { query: { limit: 20 } })).body;
  const seqs = first.items.map(({ seq }) => seq);
  expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
  expect(first.items.at(-1)).toMatchObject({
    act: 'pack.approved',
    role: 'reviewer S',
    actor: { id: house.world.members.reviewer, name: 'Person reviewer' },
  });
  expect(JSON.stringify(first)).not.toContain('zeta');
  const second = (await admin.call('audit.list', { query: { limit: 20, before: first.nextBefore ?? 0 } }))
    .body;
  expect(second.items[0]?.seq).toBe((first.nextBefore ?? 0) - 1);
  expect(second.nextBefore).toBeNull();
});

test('the log and its check are for the administrators of the whole', async () => {
  const admin = await house.as('admin');
  expect((await admin.call('audit.verify')).body).toMatchObject({ ok: true });
  await tamper(sql`update audit set role = 'x' where seq = 2`);
  expect((await admin.call('audit.verify')).body).toMatchObject({ ok: false, brokenSeq: 2 });
  for (const login of ['reviewer', 'observer', 'district.a', 'district.b'] as const) {
    const client = await house.as(login);
    expect((await client.call('audit.list')).status).toBe(403);
    expect((await client.call('audit.verify')).status).toBe(403);
  }
  expect((await house.anonymous.call('audit.list')).status).toBe(401);
});

test('the command says ok with the number of rows, or names the broken one and fails', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const run = async () => {
    const command = promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'server/audit/verify.command.ts'],
      {
        cwd: root,
        env: { ...process.env, DATABASE_URL: house.appUrl },
      },
    );
    return command.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        stdout,
        stderr,
      }),
    );
  };
  expect(await run()).toEqual({ code: 0, stdout: `ok, ${rowsMade} rows\n`, stderr: '' });
  await tamper(sql`update audit set role = 'admin S' where seq = 17`);
  const broken = await run();
  expect(broken.code).toBe(1);
  expect(broken.stdout).toContain('broken at row 17');
}, 120_000);
