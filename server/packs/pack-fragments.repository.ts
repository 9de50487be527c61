import { sql } from 'kysely';

/** A time inside JSON, written as the driver writes a column of times. Takes a column's name, never input. */
export function moment(column: string) {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
}

/** Titles of version `v` in each language. */
export const titles = sql`coalesce((select jsonb_object_agg(t.language, t.title) from pack_texts t
  where t.pack_version_id = v.id), '{}')`;

/** Whether a fact that version `v` stands on, or that one of its cards or stamps shows, is no longer verified. */
export const amber = sql<boolean>`pack_version_amber(v.id)`;

/** Whether version `v` stands on or shows a restricted claim of a unit that none of these units is at or above. */
export function hiddenFrom(unitIds: readonly string[]) {
  return sql<boolean>`(exists (select 1 from pack_facts f
    join check_versions c on c.id = f.check_version_id
    join checks k on k.id = c.check_id
    join claims l on l.id = k.lead_claim_id
   where f.pack_version_id = v.id and l.restricted
     and not exists (select 1 from unit_paths up where up.unit_id = k.owner_unit_id and up.ancestor_id = any(${[...unitIds]}::uuid[])))
    or exists (select 1 from pack_renditions p join renditions r on r.id = p.rendition_id
   where p.pack_version_id = v.id
     and not coalesce(creative_restricted_to(r.creative_id) && ${[...unitIds]}::uuid[], true)))`;
}
