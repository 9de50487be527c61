import { sql } from 'kysely';
import type { Organisation, OrganisationEdit } from '../contract/administration.js';
import { languages } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

export async function readOrganisation(db: Database | DatabaseTransaction): Promise<Organisation | null> {
  const { rows } = await sql<Organisation>`
    select o.profile, o.time_zone, o.recall_hours, o.disclosure_share, o.member_day_bytes, o.free_disk_bytes, o.version,
           coalesce(jsonb_object_agg(t.language, t.name) filter (where t.language is not null), '{}') as name,
           coalesce(jsonb_object_agg(t.language, t.issued_by) filter (where t.language is not null), '{}') as issued_by
      from organisations o left join organisation_texts t on t.organisation_id = o.id
     group by o.id`.execute(db);
  return rows[0] ?? null;
}

/** False when the version is no longer the one given. */
export async function editOrganisation(
  tx: DatabaseTransaction,
  { edit, version }: { edit: OrganisationEdit; version: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update organisations set profile = coalesce(${edit.profile ?? null}, profile),
           recall_hours = coalesce(${edit.recallHours ?? null}::integer, recall_hours),
           disclosure_share = coalesce(${edit.disclosureShare ?? null}::numeric, disclosure_share),
           member_day_bytes = coalesce(${edit.memberDayBytes ?? null}::bigint, member_day_bytes),
           free_disk_bytes = coalesce(${edit.freeDiskBytes ?? null}::bigint, free_disk_bytes),
           version = version + 1, updated_at = now()
     where version = ${version}`.execute(tx);
  if (!numAffectedRows) return false;
  for (const language of languages) {
    const name = edit.name?.[language] ?? null;
    const issuedBy = edit.issuedBy?.[language] ?? null;
    if (name === null && issuedBy === null) continue;
    await sql`
      insert into organisation_texts (language, name, issued_by)
      values (${language}, coalesce(${name}::text, ${issuedBy}::text), coalesce(${issuedBy}::text, ${name}::text))
      on conflict (organisation_id, language) do update
        set name = coalesce(${name}::text, organisation_texts.name),
            issued_by = coalesce(${issuedBy}::text, organisation_texts.issued_by)`.execute(tx);
  }
  return true;
}
