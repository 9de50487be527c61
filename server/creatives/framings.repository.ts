import { sql } from 'kysely';
import type { Names } from '../contract/common.js';
import type { Creative, FormatFraming, Imprint, Subtitles } from '../contract/creative.js';
import type { Language } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { Actor } from '../sessions/actor.js';

type Reader = Database | DatabaseTransaction;

/** Subtitles and the file they are in. */
export interface KeptSubtitles extends Subtitles {
  fileSha256: string;
}

/** What was chosen for a creative beyond its focal point: framing per format, and what is drawn over it. */
export interface Dressing extends Pick<Creative, 'framings' | 'label' | 'stamp' | 'imprint'> {
  subtitles: KeptSubtitles[];
}

export async function findDressing(db: Reader, creativeId: string): Promise<Dressing | null> {
  const row = await db
    .selectFrom('creatives')
    .where('creatives.id', '=', creativeId)
    .select([
      'creatives.label',
      sql<Imprint | null>`imprint`.as('imprint'),
      sql<Record<string, FormatFraming>>`coalesce((
        select jsonb_object_agg(f.format, jsonb_build_object(
          'framing', f.framing, 'crop', f.crop, 'background', f.background))
          from creative_framings f where f.creative_id = creatives.id), '{}')`.as('framings'),
      sql<Creative['stamp']>`(
        select jsonb_build_object(
          'factId', v.id, 'verdict', v.verdict, 'stands', v.state = 'verified',
          'headlines', coalesce((select jsonb_object_agg(t.language, t.headline)
                                   from check_texts t where t.check_version_id = v.id), '{}'))
          from check_versions v where v.id = creatives.stamp_version_id)`.as('stamp'),
      sql<KeptSubtitles[]>`coalesce((
        select jsonb_agg(jsonb_build_object(
          'language', s.language, 'originalName', s.original_name, 'cues', s.cues, 'fileSha256', s.file_sha256,
          'url', '/api/creatives/' || s.creative_id || '/subtitles/' || s.language,
          'createdBy', member_ref(s.created_by), 'createdAt', s.created_at) order by s.language desc)
          from creative_subtitles s where s.creative_id = creatives.id), '[]')`.as('subtitles'),
    ])
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps, or with null forgets, what was chosen for single formats. */
export async function saveFramings(
  tx: DatabaseTransaction,
  creativeId: string,
  framings: Readonly<Record<string, FormatFraming | null>>,
): Promise<void> {
  for (const [format, chosen] of Object.entries(framings)) {
    if (chosen === null) {
      await tx
        .deleteFrom('creativeFramings')
        .where('creativeId', '=', creativeId)
        .where('format', '=', format)
        .execute();
      continue;
    }
    const { framing, crop, background } = chosen;
    const kept = {
      framing,
      crop: crop === null ? null : JSON.stringify(crop),
      background: background.toLowerCase(),
    };
    await tx
      .insertInto('creativeFramings')
      .values({ creativeId, format, ...kept })
      .onConflict((conflict) => conflict.columns(['creativeId', 'format']).doUpdateSet(kept))
      .execute();
  }
}

export interface NewSubtitles {
  creativeId: string;
  language: Language;
  fileSha256: string;
  originalName: string;
  cues: number;
  createdBy: string;
}

export async function putSubtitles(tx: DatabaseTransaction, subtitles: NewSubtitles): Promise<void> {
  const { creativeId, language, ...kept } = subtitles;
  await tx
    .insertInto('creativeSubtitles')
    .values(subtitles)
    .onConflict((conflict) =>
      conflict.columns(['creativeId', 'language']).doUpdateSet({ ...kept, createdAt: sql<string>`now()` }),
    )
    .execute();
}

/** False when there were none. */
export async function dropSubtitles(
  tx: DatabaseTransaction,
  creativeId: string,
  language: Language,
): Promise<boolean> {
  const gone = await tx
    .deleteFrom('creativeSubtitles')
    .where('creativeId', '=', creativeId)
    .where('language', '=', language)
    .returning('language')
    .executeTakeFirst();
  return gone !== undefined;
}

/** The organisation in each language: its name, and the words by which it says that it issued something. */
export interface Issuer {
  name: Names;
  issuedBy: Names;
  /** Of the visible area, for the disclosure of synthetic media. */
  disclosureShare: number;
}

export async function findIssuer(db: Reader): Promise<Issuer> {
  const rows = await db.selectFrom('organisationTexts').select(['language', 'name', 'issuedBy']).execute();
  const { disclosureShare } = await db
    .selectFrom('organisations')
    .select('disclosureShare')
    .executeTakeFirstOrThrow();
  return {
    disclosureShare,
    name: Object.fromEntries(rows.map(({ language, name }) => [language, name])),
    issuedBy: Object.fromEntries(rows.map(({ language, issuedBy }) => [language, issuedBy])),
  };
}

/** Whether it is a verified fact that the actor, a member of the desk, may know of. */
export async function isKnownFact(
  tx: DatabaseTransaction,
  factId: string,
  { appointments }: Actor,
): Promise<boolean> {
  const unitIds = appointments.map(({ unitId }) => unitId);
  const { rows } = await sql`
    select from check_versions v
      join checks k on k.id = v.check_id
      join claims l on l.id = k.lead_claim_id
     where v.id = ${factId} and v.state = 'verified'
       and (not l.restricted or exists (select from unit_paths up
             where up.unit_id = k.owner_unit_id and up.ancestor_id = any(${unitIds}::uuid[])))`.execute(tx);
  return rows.length > 0;
}

/** Counts a creative's version up; false when it is at another one by now. */
export async function bumpVersion(
  tx: DatabaseTransaction,
  { id, version }: { id: string; version: number },
): Promise<boolean> {
  const changed = await tx
    .updateTable('creatives')
    .set({ version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}
