import { sql } from 'kysely';
import type { UnitRef } from '../contract/common.js';
import type { BoardRow } from '../contract/release.js';
import type { Database } from '../database/database.js';

/** One row per release, member and device, with the unit held at the first mark. */
export async function findBoardRows(db: Database, packVersionId: string): Promise<BoardRow[]> {
  const { rows } = await sql<BoardRow>`
    select g.release_id, jsonb_build_object('id', m.id, 'name', m.name) as member,
           jsonb_build_object('id', d.id, 'label', d.label) as device, unit_ref(g.unit_id) as unit,
           g.seen_at, g.downloaded_at, g.handed_over_at, g.recall_acknowledged_at
      from (select r.release_id, r.member_id, r.device_id, (array_agg(r.unit_id order by r.at, r.id))[1] as unit_id,
                   min(r.at) filter (where r.mark = 'seen') as seen_at,
                   min(r.at) filter (where r.mark = 'downloaded') as downloaded_at,
                   min(r.at) filter (where r.mark = 'handed_over') as handed_over_at,
                   min(r.at) filter (where r.mark = 'recall_acknowledged') as recall_acknowledged_at
              from receipts r join releases s on s.id = r.release_id
             where s.pack_version_id = ${packVersionId}
             group by r.release_id, r.member_id, r.device_id) g
      join members m on m.id = g.member_id
      join devices d on d.id = g.device_id
     order by m.name, d.id`.execute(db);
  return rows;
}

export interface BoardUnits {
  units: number;
  vacantUnits: number;
  peopleReached: number;
  silentUnits: UnitRef[];
}

/** Units of all releases of a version: how many, how many without a district member, and those nobody opened it in. */
export async function findBoardUnits(db: Database, packVersionId: string): Promise<BoardUnits> {
  const { rows } = await sql<BoardUnits>`
    with target as (
      select distinct ru.unit_id as id from release_units ru join releases r on r.id = ru.release_id
       where r.pack_version_id = ${packVersionId}
    ), manned as (
      select distinct p.ancestor_id as id
        from appointments_in_force a
        join members m on m.id = a.member_id and m.disabled_at is null
        join unit_paths p on p.unit_id = a.unit_id
       where a.role = 'district'
    ), opened as (
      select distinct p.ancestor_id as id
        from receipts x join releases r on r.id = x.release_id join unit_paths p on p.unit_id = x.unit_id
       where r.pack_version_id = ${packVersionId}
    ), latest as (
      select distinct on (h.unit_id) h.people
        from reach_reports h join releases r on r.id = h.release_id
       where r.pack_version_id = ${packVersionId}
       order by h.unit_id, h.at desc, h.id desc
    )
    select (select count(*) from target) as units,
           (select count(*) from target t where not exists (select 1 from manned where manned.id = t.id)) as vacant_units,
           (select coalesce(sum(people), 0) from latest)::float8 as people_reached,
           (select coalesce(jsonb_agg(unit_ref(u.id) order by u.code), '[]')
              from target t join units u on u.id = t.id
             where not exists (select 1 from opened where opened.id = t.id)) as silent_units`.execute(db);
  return rows[0] ?? { units: 0, vacantUnits: 0, peopleReached: 0, silentUnits: [] };
}
