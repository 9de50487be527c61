import { sql } from 'kysely';
import type { UnitRef } from '../contract/common.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

type Handle = Database | DatabaseTransaction;

/** One unit a pack would go to. `unit` is spelt out for the first 200 only: those in silence, then vacant ones, lead. */
export interface RouteUnit {
  id: string;
  unit: UnitRef | null;
  silentUntil: string | null;
  members: number;
}

/** How many units a dry run names. */
export const namedUnits = 200;

/**
 * The units with the end of the silence over each and the district members at or below it, in one query. Silence is
 * worked out from the few open windows downwards, by the rule of `silence_over`.
 */
export async function findRoute(db: Handle, unitIds: readonly string[]): Promise<RouteUnit[]> {
  const { rows } = await sql<RouteUnit>`
    with target as (
      select u.id, u.code from unnest(${[...unitIds]}::uuid[]) wanted join units u on u.id = wanted
    ), open_window as (
      select unit_id, ends_at from silence_windows where starts_at <= now() and ends_at > now()
    ), reach as (
      select unit_id, ends_at from open_window
      union
      select l.unit_id, o.ends_at from open_window o join unit_links l on l.other_id = o.unit_id
       where l.valid_from <= today() and (l.valid_to is null or l.valid_to > today())
    ), silent as (
      select p.unit_id, max(r.ends_at) as until from reach r join unit_paths p on p.ancestor_id = r.unit_id group by p.unit_id
    ), crew as (
      select p.ancestor_id as unit_id, count(distinct a.member_id) as members
        from appointments_in_force a
        join members m on m.id = a.member_id and m.disabled_at is null
        join unit_paths p on p.unit_id = a.unit_id
       where a.role = 'district'
       group by p.ancestor_id
    ), routed as (
      select t.id, t.code, s.until as silent_until, coalesce(c.members, 0) as members,
             row_number() over (order by s.until is null, coalesce(c.members, 0) > 0, t.code) as place
        from target t left join silent s on s.unit_id = t.id left join crew c on c.unit_id = t.id
    )
    select id, case when place <= ${namedUnits} then unit_ref(id) end as unit, silent_until, members
      from routed order by place`.execute(db);
  return rows;
}

/** District members at or below any of the units, each counted once. */
export async function countMembersBelow(db: Handle, unitIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ members: number }>`
    select count(distinct a.member_id) as members
      from appointments_in_force a
      join members m on m.id = a.member_id and m.disabled_at is null
      join unit_paths p on p.unit_id = a.unit_id
     where p.ancestor_id = any(${[...unitIds]}::uuid[]) and a.role = 'district'`.execute(db);
  return rows[0]?.members ?? 0;
}

/** Whether every unit stands at or below one of `aboveIds`. */
export async function allBelow(
  db: Handle,
  { unitIds, aboveIds }: { unitIds: readonly string[]; aboveIds: readonly string[] },
): Promise<boolean> {
  const { rows } = await sql<{ within: boolean }>`
    select not exists (select 1 from unnest(${[...unitIds]}::uuid[]) t
      where not exists (select 1 from unit_paths p
        where p.unit_id = t and p.ancestor_id = any(${[...aboveIds]}::uuid[]))) as within`.execute(db);
  return rows[0]?.within ?? false;
}

/** Units that already have a version. */
export async function findUnitsHolding(db: Handle, packVersionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('releaseUnits')
    .innerJoin('releases', 'releases.id', 'releaseUnits.releaseId')
    .select('releaseUnits.unitId')
    .distinct()
    .where('releases.packVersionId', '=', packVersionId)
    .execute();
  return rows.map(({ unitId }) => unitId);
}
