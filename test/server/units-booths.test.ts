import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '../../server/database/database.js';
import { resolveSelector } from '../../server/units/selector.repository.js';
import { countQueries } from '../helpers/count-queries.js';
import { createTestDatabase, silentLogger, type TestDatabase } from '../helpers/database.js';
import { createWorld, type World } from '../helpers/world.js';

const booths = 65_000;
const seats = 200;

let house: TestDatabase;
let world: World;
/** Seats of the size India has: 65,000 booths, 325 to a seat. */
beforeAll(async () => {
  house = await createTestDatabase();
  world = await createWorld(house.db);
  const owner = createDatabase({ url: house.ownerUrl, statementTimeoutMs: 0, logger: silentLogger });
  const addBelow = async (type: string, parents: string, perParent: number) => {
    await sql`insert into units (code, type, valid_from)
      select code || '-' || n, ${type}, '2026-01-01' from units, generate_series(1, ${perParent}::integer) n
       where code like ${parents}`.execute(owner);
    await sql`insert into unit_parents (unit_id, parent_id, valid_from)
      select u.id, p.id, '2026-01-01' from (select id, regexp_replace(code, '-[0-9]+$', '') as above from units where type = ${type} and code like '%-%') u
        join units p on p.code = u.above`.execute(owner);
  };
  await addBelow('assembly', 'D_', seats / 2);
  await addBelow('booth', 'D_-%', booths / seats);
  await sql`analyze`.execute(owner);
  await owner.destroy();
}, 120_000);
afterAll(() => house.drop());

const below = (unitId: string) => ({ kind: 'below' as const, unitId, type: 'booth' });

async function seatId(): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from units where code = 'D1-7'`.execute(house.db);
  return rows[0]?.id ?? '';
}

/** The plan of the very statement that resolving sent. */
async function planOf(unitId: string): Promise<string> {
  const sent: { text: string; values: readonly unknown[] }[] = [];
  const watched = house.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => result,
  });
  const log = watched.getExecutor();
  const compile = log.compileQuery.bind(log);
  log.compileQuery = (...args) => {
    const compiled = compile(...args);
    sent.push({ text: compiled.sql, values: compiled.parameters });
    return compiled;
  };
  await resolveSelector(watched, below(unitId), '2026-06-01');
  const [statement] = sent;
  if (statement === undefined) throw new Error('nothing was sent');
  const { rows } = await house.db.executeQuery<Record<string, string>>(
    CompiledQuery.raw(`explain ${statement.text}`, [...statement.values]),
  );
  return rows.map((row) => Object.values(row).join(' ')).join('\n');
}

test('all 65,000 booths of a state come from one query', async () => {
  let found: string[] = [];
  const queries = await countQueries(async () => {
    found = await resolveSelector(house.db, below(world.units.S), '2026-06-01');
  });
  expect(queries).toBe(1);
  expect(new Set(found).size).toBe(booths);
});

test('a district’s half and a seat’s own booths are exactly theirs', async () => {
  expect(await resolveSelector(house.db, below(world.units.D1), '2026-06-01')).toHaveLength(booths / 2);
  expect(await resolveSelector(house.db, below(await seatId()), '2026-06-01')).toHaveLength(booths / seats);
});

test('the booths below a seat are found through the index of paths', async () => {
  const plan = await planOf(await seatId());
  expect(plan).toContain('unit_paths_ancestor');
  expect(plan).not.toMatch(/Seq Scan on (unit_paths|units)/);
});

test('moving a seat with its 325 booths rewrites their paths and nobody else’s', async () => {
  const seat = await seatId();
  await sql`update unit_parents set parent_id = ${world.units.D2} where unit_id = ${seat}`.execute(house.db);
  expect(await resolveSelector(house.db, below(world.units.D1), '2026-06-01')).toHaveLength(
    booths / 2 - booths / seats,
  );
  expect(await resolveSelector(house.db, below(world.units.D2), '2026-06-01')).toHaveLength(
    booths / 2 + booths / seats,
  );
});
