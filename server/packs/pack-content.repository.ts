import { sql } from 'kysely';
import { describeFailure } from '../contract/describe-failure.js';
import { type FailureDetails, failures } from '../contract/failures.js';
import { type FailureCode, type Language, languages } from '../contract/lists.js';
import type { PackEdit, PackRendition, PackVersion } from '../contract/pack.js';
import { defaultRecipe } from '../contract/recipe.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

type Handle = Database | DatabaseTransaction;

/** The words and facts of a version: what the desk edits and what a district reads. */
export type PackContent = Pick<PackVersion, 'texts' | 'captions' | 'talkingPoints' | 'facts'>;

export async function findPackContent(db: Handle, id: string): Promise<PackContent | undefined> {
  const { rows } = await sql<PackContent>`
    select coalesce((select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'sourcesSlip', t.sources_slip))
                       from pack_texts t where t.pack_version_id = v.id), '{}') as texts,
           coalesce((select jsonb_agg(jsonb_build_object('language', c.language, 'platform', c.platform, 'text', c.text)
                              order by c.language desc, c.platform)
                       from pack_captions c where c.pack_version_id = v.id), '[]') as captions,
           coalesce((select jsonb_object_agg(p.language, p.points)
                       from (select language, jsonb_agg(text order by position) as points from pack_talking_points
                              where pack_version_id = v.id group by language) p), '{}') as talking_points,
           coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'state', c.state, 'verdict', c.verdict,
                                'authenticity', c.authenticity, 'asOf', c.as_of,
                                'texts', coalesce((select jsonb_object_agg(t.language, jsonb_build_object(
                                    'headline', t.headline, 'summary', t.summary, 'correctionNote', t.correction_note))
                                  from check_texts t where t.check_version_id = c.id), '{}')) order by c.id)
                       from pack_facts f join check_versions c on c.id = f.check_version_id
                      where f.pack_version_id = v.id), '[]') as facts
      from pack_versions v where v.id = ${id}`.execute(db);
  return rows[0];
}

interface RenditionRow extends Omit<PackRendition, 'failure'> {
  failure: FailureCode | null;
  failureDetails: FailureDetails | null;
}

function failureInWords(code: FailureCode, details: FailureDetails): PackRendition['failure'] {
  const text = (language: Language) => describeFailure({ code, details, language }).text;
  return { code, text: { hi: text('hi'), en: text('en') }, retryable: !failures[code].final };
}

/** The renditions of a version in the composer's order, with the alt texts of what they show. */
export async function findPackRenditions(db: Handle, id: string): Promise<PackRendition[]> {
  const { rows } = await sql<RenditionRow>`
    select r.id, r.creative_id,
           jsonb_build_object('code', o.code, 'number', fv.number, 'platform', o.platform,
             'platforms', coalesce(fv.spec -> 'platforms', jsonb_build_array(o.platform)), 'kind', o.kind,
             'name', coalesce((select jsonb_object_agg(t.language, t.name) from format_texts t where t.format = o.code), '{}')) as format,
           coalesce(r.recipe ->> 'framing', fv.spec ->> 'defaultFraming', 'fit') as framing,
           ${JSON.stringify(defaultRecipe({ framing: 'fit' }))}::jsonb || r.recipe as recipe, rendition_unmarked(r.id) as unmarked,
           r.language, r.state, r.failure, r.failure_details,
           case when r.state = 'processing' then (select j.progress::float8 from jobs j where j.id = r.job_id) end as progress,
           r.width, r.height, r.duration_ms, fl.size, fl.mime,
           case when r.state = 'ready' then '/api/renditions/' || r.id || '/file' end as url,
           member_ref(r.created_by) as created_by, r.created_at, r.finished_at,
           case when c.preview_sha256 is not null then '/api/creatives/' || c.id || '/preview' end as preview_url,
           coalesce((select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'altText', t.alt_text))
                       from creative_texts t where t.creative_id = c.id), '{}') as texts
      from pack_renditions p
      join renditions r on r.id = p.rendition_id
      join creatives c on c.id = r.creative_id
      join format_versions fv on fv.id = r.format_version_id
      join formats o on o.code = fv.format
      left join files fl on fl.sha256 = r.file_sha256
     where p.pack_version_id = ${id}
     order by p.position, r.id`.execute(db);
  return rows.map(({ failureDetails, failure, ...row }) => ({
    ...row,
    failure: failure === null ? null : failureInWords(failure, failureDetails ?? {}),
  }));
}

/** Writes what an edit gives; what it leaves out stays. A list or a set of languages replaces the stored one. */
export async function writePackContent(
  tx: DatabaseTransaction,
  packVersionId: string,
  { texts, captions, talkingPoints, factIds, renditionIds }: PackEdit,
): Promise<void> {
  if (texts !== undefined) {
    const rows = languages.flatMap((language) => {
      const text = texts[language];
      return text === undefined ? [] : [{ packVersionId, language, ...text }];
    });
    await tx.deleteFrom('packTexts').where('packVersionId', '=', packVersionId).execute();
    if (rows.length > 0) await tx.insertInto('packTexts').values(rows).execute();
  }
  if (captions !== undefined) {
    await tx.deleteFrom('packCaptions').where('packVersionId', '=', packVersionId).execute();
    const rows = captions.map((caption) => ({ packVersionId, ...caption }));
    if (rows.length > 0) await tx.insertInto('packCaptions').values(rows).execute();
  }
  if (talkingPoints !== undefined) {
    const rows = languages.flatMap((language) =>
      (talkingPoints[language] ?? []).map((text, index) => ({
        packVersionId,
        language,
        position: index + 1,
        text,
      })),
    );
    await tx.deleteFrom('packTalkingPoints').where('packVersionId', '=', packVersionId).execute();
    if (rows.length > 0) await tx.insertInto('packTalkingPoints').values(rows).execute();
  }
  if (factIds !== undefined) {
    await tx.deleteFrom('packFacts').where('packVersionId', '=', packVersionId).execute();
    const rows = factIds.map((checkVersionId) => ({ packVersionId, checkVersionId }));
    if (rows.length > 0) await tx.insertInto('packFacts').values(rows).execute();
  }
  if (renditionIds !== undefined) {
    await tx.deleteFrom('packRenditions').where('packVersionId', '=', packVersionId).execute();
    const rows = renditionIds.map((renditionId, position) => ({ packVersionId, renditionId, position }));
    if (rows.length > 0) await tx.insertInto('packRenditions').values(rows).execute();
  }
}

/**
 * Copies all content into the next version. A fact corrected since is replaced by the live fact of its cluster;
 * a void one without successor stays, so that the composer sees why the pack is amber.
 */
export async function copyPackContent(
  tx: DatabaseTransaction,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await sql`insert into pack_texts (pack_version_id, language, title, sources_slip)
    select ${to}, language, title, sources_slip from pack_texts where pack_version_id = ${from}`.execute(tx);
  await sql`insert into pack_captions (pack_version_id, language, platform, text)
    select ${to}, language, platform, text from pack_captions where pack_version_id = ${from}`.execute(tx);
  await sql`insert into pack_talking_points (pack_version_id, language, position, text)
    select ${to}, language, position, text from pack_talking_points where pack_version_id = ${from}`.execute(
    tx,
  );
  await sql`insert into pack_facts (pack_version_id, check_version_id)
    select distinct ${to}::uuid, case when c.state = 'verified' then c.id else coalesce(live.id, c.id) end
      from pack_facts f
      join check_versions c on c.id = f.check_version_id
      left join check_versions live on live.cluster_id = c.cluster_id and live.state = 'verified'
     where f.pack_version_id = ${from}`.execute(tx);
  await sql`insert into pack_renditions (pack_version_id, rendition_id, position)
    select ${to}, rendition_id, position from pack_renditions where pack_version_id = ${from}`.execute(tx);
}

/** The jobs that still make what a version pins. */
export async function findOpenJobs(tx: DatabaseTransaction, packVersionId: string): Promise<string[]> {
  const { rows } = await sql<{ jobId: string }>`
    select distinct r.job_id from pack_renditions p join renditions r on r.id = p.rendition_id
     where p.pack_version_id = ${packVersionId} and r.state in ('queued','processing') and r.job_id is not null`.execute(
    tx,
  );
  return rows.map(({ jobId }) => jobId);
}

/** What an edit wants to pin, as the database knows it. */
export interface PinnableFact {
  id: string;
  verified: boolean;
  pinned: boolean;
}

/** Of the given facts those that exist and that a member of these units may know of. */
export async function findPinnableFacts(
  tx: DatabaseTransaction,
  {
    packVersionId,
    factIds,
    unitIds,
  }: { packVersionId: string | null; factIds: readonly string[]; unitIds: readonly string[] },
): Promise<PinnableFact[]> {
  const { rows } = await sql<PinnableFact>`
    select c.id, c.state = 'verified' as verified,
           exists (select 1 from pack_facts f where f.pack_version_id = ${packVersionId} and f.check_version_id = c.id) as pinned
      from check_versions c
      join checks k on k.id = c.check_id
      join claims l on l.id = k.lead_claim_id
     where c.id = any(${[...factIds]}::uuid[])
       and (not l.restricted or exists (select 1 from unit_paths up
             where up.unit_id = k.owner_unit_id and up.ancestor_id = any(${[...unitIds]}::uuid[])))`.execute(
    tx,
  );
  return rows;
}

/** Of the given renditions those that exist and that a member of these units may know of. */
export async function findKnownRenditions(
  tx: DatabaseTransaction,
  renditionIds: readonly string[],
  unitIds: readonly string[],
): Promise<string[]> {
  if (renditionIds.length === 0) return [];
  const rows = await tx
    .selectFrom('renditions')
    .select('id')
    .where('id', 'in', [...renditionIds])
    .where(sql<boolean>`coalesce(creative_restricted_to(creative_id) && ${[...unitIds]}::uuid[], true)`)
    .execute();
  return rows.map(({ id }) => id);
}

/** Headlines of the leading fact and the sources of all, from which a pack's title and sources slip can start. */
export async function findWordsForPack(
  tx: DatabaseTransaction,
  { leadId, factIds }: { leadId: string; factIds: readonly string[] },
): Promise<{ headlines: { language: Language; headline: string }[]; sources: string[] }> {
  const headlines = await tx
    .selectFrom('checkTexts')
    .select(['language', 'headline'])
    .where('checkVersionId', '=', leadId)
    .execute();
  const sources = await tx
    .selectFrom('checkEvidence')
    .innerJoin('evidence', 'evidence.id', 'checkEvidence.evidenceId')
    .select(['evidence.id', 'evidence.publisher', 'evidence.url'])
    .distinct()
    .where('checkEvidence.checkVersionId', 'in', [...factIds])
    .orderBy('evidence.id')
    .execute();
  return {
    headlines,
    sources: sources.map(({ publisher, url }) => (url === null ? publisher : `${publisher}: ${url}`)),
  };
}
