import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, transact } from '../../server/database/database.js';
import { createTestDatabase, silentLogger, type TestDatabase } from '../helpers/database.js';
import { eventually } from '../helpers/eventually.js';

let house: TestDatabase;
beforeAll(async () => {
  house = await createTestDatabase();
  await sql`create table tathya.counters (name text primary key, value int not null)`.execute(house.ownerDb);
  await sql`grant select, insert, update on tathya.counters to tathya_app`.execute(house.ownerDb);
  await sql`insert into tathya.counters values ('a', 0), ('b', 0)`.execute(house.ownerDb);
});
afterAll(() => house.drop());

async function counted(name: string): Promise<number | undefined> {
  const { rows } = await sql<{ value: number }>`select value from counters where name = ${name}`.execute(
    house.db,
  );
  return rows[0]?.value;
}

async function endAllOtherSessions(): Promise<void> {
  const admin = new pg.Client({ connectionString: house.adminUrl });
  await admin.connect();
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await admin.end();
}

test('times come back as exact ISO texts in UTC, dates as days, numbers as numbers, names in camel case', async () => {
  const { rows } = await sql`
    select timestamptz '2026-01-26 10:00:00.5+05:30' as shown_at, date '2026-01-26' as on_day, 7::int8 as how_many,
      1.25::numeric as share, array[timestamptz '2026-01-26 00:00+00', null] as moments,
      array[1, 2]::int8[] as numbers, '{"kept_as_is": 1}'::jsonb as body`.execute(house.db);
  expect(rows).toEqual([
    {
      shownAt: '2026-01-26T04:30:00.500000Z',
      onDay: '2026-01-26',
      howMany: 7,
      share: 1.25,
      moments: ['2026-01-26T00:00:00.000000Z', null],
      numbers: [1, 2],
      body: { kept_as_is: 1 },
    },
  ]);
});

test('a whole number too large to be exact is refused, not rounded', async () => {
  await expect(sql`select 9007199254740993::int8 as id`.execute(house.db)).rejects.toThrow(RangeError);
});

test('the column types of other users of the driver in this process stay as they were', () => {
  expect(pg.types.getTypeParser(20)('7')).toBe('7');
});

test('a transaction knows who acts, and forgets it afterwards', async () => {
  const read = sql<{ actor: string }>`select current_setting('tathya.actor', true) as actor`;
  const inside = await transact(house.db, { actorId: 'member-1' }, async (transaction) =>
    read.execute(transaction),
  );
  expect(inside.rows[0]?.actor).toBe('member-1');
  const unsaid = await transact(house.db, {}, async (transaction) => read.execute(transaction));
  expect(unsaid.rows[0]?.actor).toBe('');
  const single = createDatabase({ url: house.appUrl, poolSize: 1, logger: silentLogger });
  await transact(single, { actorId: 'member-1' }, async () => undefined);
  const after = await read.execute(single);
  expect(after.rows[0]?.actor ?? '').toBe('');
  await single.destroy();
});

test('a transaction that fails leaves nothing and says why under our code', async () => {
  const adding = transact(house.db, {}, async (transaction) => {
    await sql`insert into counters values ('c', 1)`.execute(transaction);
    await sql`insert into counters values ('a', 1)`.execute(transaction);
  });
  await expect(adding).rejects.toMatchObject({ name: 'AppError', code: 'conflict' });
  expect(await counted('c')).toBeUndefined();
});

test('an error that is not the database’s comes out unchanged', async () => {
  const mistake = new TypeError('a mistake in the program');
  await expect(
    transact(house.db, {}, async () => {
      throw mistake;
    }),
  ).rejects.toBe(mistake);
});

test('of two transactions that block each other both succeed, one at its second try', async () => {
  const attempts = { a: 0, b: 0 };
  const both = { a: false, b: false };
  const cross = (mine: 'a' | 'b', other: 'a' | 'b') =>
    transact(house.db, {}, async (transaction) => {
      attempts[mine] += 1;
      await sql`update counters set value = value + 1 where name = ${mine}`.execute(transaction);
      both[mine] = true;
      await eventually(() => both[other]);
      await sql`update counters set value = value + 1 where name = ${other}`.execute(transaction);
    });
  await Promise.all([cross('a', 'b'), cross('b', 'a')]);
  expect([await counted('a'), await counted('b')]).toEqual([2, 2]);
  expect(attempts.a + attempts.b).toBe(3);
});

test('when every session is ended in mid-transaction the program lives and each transaction is whole or absent', async () => {
  const database = createDatabase({ url: house.appUrl, poolSize: 20, logger: silentLogger });
  const started = new Set<number>();
  const runs = Array.from({ length: 20 }, (_, index) =>
    transact(database, {}, async (transaction) => {
      await sql`insert into counters values (${`first-${index}`}, 1)`.execute(transaction);
      started.add(index);
      // Half of them are in the middle of a statement when their sessions are ended.
      await sql`select pg_sleep(${index < 10 ? 0 : 20})`.execute(transaction);
      await sql`insert into counters values (${`second-${index}`}, 1)`.execute(transaction);
    }),
  );
  const settled = Promise.allSettled(runs);
  await Promise.all(runs.slice(0, 10));
  await eventually(() => started.size === 20);
  await endAllOtherSessions();
  const outcomes = await settled;
  for (const [index, outcome] of outcomes.entries()) {
    const whole = outcome.status === 'fulfilled' ? 1 : undefined;
    expect([await counted(`first-${index}`), await counted(`second-${index}`)]).toEqual([whole, whole]);
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'unavailable' });
  }
  expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toHaveLength(10);
  expect((await sql`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }]);
  await database.destroy();
});

test('a statement that takes too long is given up', async () => {
  const database = createDatabase({ url: house.appUrl, statementTimeoutMs: 100, logger: silentLogger });
  // Given up long before it would end.
  const slow = transact(database, {}, async (transaction) => sql`select pg_sleep(30)`.execute(transaction));
  await expect(slow).rejects.toMatchObject({ code: 'unavailable' });
  await database.destroy();
});

test('a database that is not there is unavailable within seconds', async () => {
  const database = createDatabase({ url: 'postgres://app:x@127.0.0.1:9/tathya', logger: silentLogger });
  await expect(transact(database, {}, async () => undefined)).rejects.toMatchObject({ code: 'unavailable' });
  await database.destroy();
});
