import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MigrateOptions, migrate, schemaProblem } from '../../server/database/migrate.js';
import { createTestDatabase, type TestDatabase } from '../helpers/database.js';
import { eventually } from '../helpers/eventually.js';

let house: TestDatabase;
let folder: string;
let options: MigrateOptions;

const write = (name: string, text: string) => writeFile(path.join(folder, name), text);

beforeEach(async () => {
  house = await createTestDatabase({ empty: true });
  folder = await mkdtemp(path.join(tmpdir(), 'tathya-migrations-'));
  const grantsFile = path.join(folder, 'grants');
  await writeFile(
    grantsFile,
    'grant usage on schema tathya to {app}; grant select on all tables in schema tathya to {app};',
  );
  options = { ownerUrl: house.ownerUrl, appRole: 'tathya_app', folder, grantsFile };
  await write('0001_first.sql', 'create table words (word text primary key);');
  await write('0002_second.sql', "insert into words values ('one'); insert into words values ('two');");
});
afterEach(async () => {
  await house.drop();
  await rm(folder, { recursive: true });
});

async function words(): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`select word from words order by word`.execute(house.ownerDb);
  return rows.map((row) => row.word);
}

test('each migration is applied once, in order, and the application may read', async () => {
  expect(await migrate(options)).toEqual(['first', 'second']);
  expect(await migrate(options)).toEqual([]);
  expect(await words()).toEqual(['one', 'two']);
  await write('0003_third.sql', "insert into words values ('three');");
  expect(await migrate(options)).toEqual(['third']);
  expect(await words()).toEqual(['one', 'three', 'two']);
  expect((await sql`select from words`.execute(house.db)).rows).toHaveLength(3);
});

test('the worker’s own tables are there before the first migration that may name them', async () => {
  await write(
    '0003_third.sql',
    "create function ask() returns void language sql as $$ select graphile_worker.add_job('x') $$;",
  );
  expect(await migrate(options)).toContain('third');
});

test('five programs that start at once apply everything once', async () => {
  const results = await Promise.all(Array.from({ length: 5 }, () => migrate(options)));
  expect(results.flat()).toEqual(['first', 'second']);
  expect(await words()).toEqual(['one', 'two']);
});

test('a migration changed after it was applied is refused by name', async () => {
  await migrate(options);
  await write('0001_first.sql', 'create table words (word text primary key, meaning text);');
  await expect(migrate(options)).rejects.toThrow(/migration 1 \(first\) was changed/);
});

test('line ends of another system are no change', async () => {
  await write('0001_first.sql', 'create table words (\n  word text primary key\n);\n');
  await migrate(options);
  await write('0001_first.sql', 'create table words (\r\n  word text primary key\r\n);\r\n');
  expect(await migrate(options)).toEqual([]);
});

test('a database newer than the program is refused and left alone', async () => {
  await migrate(options);
  await rm(path.join(folder, '0002_second.sql'));
  await expect(migrate(options)).rejects.toThrow(/newer than this program/);
  expect(await words()).toEqual(['one', 'two']);
});

test.each(['0004_gap.sql', '2_short.sql', '0003_Big Name.sql'])(
  'a file named %s is refused before anything runs',
  async (name) => {
    await write(name, 'select 1');
    await expect(migrate(options)).rejects.toThrow(name);
    const { rows } = await sql`select to_regnamespace('tathya') as found`.execute(house.db);
    expect(rows).toEqual([{ found: null }]);
  },
);

test('a migration that fails is undone whole; those before it stay and the mended one runs next time', async () => {
  await write('0003_third.sql', "insert into words values ('three'); insert into words values ('one');");
  await expect(migrate(options)).rejects.toThrow(
    /migration 3 \(third\) failed and was undone: duplicate key/,
  );
  expect(await words()).toEqual(['one', 'two']);
  await write('0003_third.sql', "insert into words values ('three');");
  expect(await migrate(options)).toEqual(['third']);
  expect(await words()).toEqual(['one', 'three', 'two']);
});

test('a migration killed half-way leaves nothing half, and the next start finishes', async () => {
  await migrate(options);
  // Nobody waits for it: it is ended in the middle of the sleep.
  await write(
    '0003_third.sql',
    "insert into words values ('three'); select pg_sleep(60); insert into words values ('four');",
  );
  const killed = migrate(options).then(
    () => 'finished',
    () => 'killed',
  );
  const admin = new pg.Client({ connectionString: house.adminUrl });
  await admin.connect();
  await eventually(async () => {
    const { rowCount } = await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tathya migrate' and query like '%pg_sleep(60)%' and wait_event = 'PgSleep'",
    );
    return rowCount === 1;
  });
  await admin.end();
  expect(await killed).toBe('killed');
  await write('0003_third.sql', "insert into words values ('three'); insert into words values ('four');");
  expect(await migrate(options)).toEqual(['third']);
  expect(await words()).toEqual(['four', 'one', 'three', 'two']);
});

test('a login that does not exist is named', async () => {
  await expect(migrate({ ...options, appRole: 'nobody_here' })).rejects.toThrow(
    /"nobody_here" of DATABASE_URL does not exist/,
  );
});

test('with the application’s login only, the program says what the database lacks and what to do', async () => {
  expect(await schemaProblem(house.db, folder)).toMatch(
    /no tables of Tathya yet: start once with DATABASE_OWNER_URL/,
  );
  await migrate(options);
  expect(await schemaProblem(house.db, folder)).toBeNull();
  await write('0003_third.sql', 'select 1;');
  expect(await schemaProblem(house.db, folder)).toMatch(/lacks 1 migration\(s\)/);
});

test('the application’s login cannot change what is recorded of migrations', async () => {
  await migrate(options);
  await expect(sql`delete from migrations`.execute(house.db)).rejects.toMatchObject({ code: '42501' });
  await expect(sql`create table mine (id int)`.execute(house.db)).rejects.toMatchObject({ code: '42501' });
});
