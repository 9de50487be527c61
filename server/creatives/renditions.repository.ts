import { sql } from 'kysely';
import type { MemberRef, Names } from '../contract/common.js';
import type { Rendition } from '../contract/creative.js';
import type { FailureCode, Framing, Platform, RenditionState } from '../contract/lists.js';
import { defaultRecipe, type Recipe } from '../contract/recipe.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { GuardedCreative } from './creatives.policy.js';
import { failureOf } from './failure.policy.js';

type Reader = Database | DatabaseTransaction;

/** Which renditions: all of a creative, or those named. */
export type RenditionChoice = { creativeId: string } | { ids: readonly string[] };

/** Oldest first. */
export async function listRenditions(db: Reader, choice: RenditionChoice): Promise<Rendition[]> {
  const query = db
    .selectFrom('renditions')
    .innerJoin('formatVersions', 'formatVersions.id', 'renditions.formatVersionId')
    .innerJoin('formats', 'formats.code', 'formatVersions.format')
    .leftJoin('files', 'files.sha256', 'renditions.fileSha256')
    .select([
      'renditions.id',
      'renditions.creativeId',
      'renditions.language',
      'renditions.state',
      'renditions.failure',
      'renditions.failureDetails',
      'renditions.width',
      'renditions.height',
      'renditions.durationMs',
      'renditions.createdAt',
      'renditions.finishedAt',
      'formats.code',
      'formats.platform',
      'formats.kind',
      'formatVersions.number',
      'files.size',
      'files.mime',
      sql<Platform[]>`format_versions.spec->'platforms'`.as('platforms'),
      sql<Framing>`renditions.recipe->>'framing'`.as('framing'),
      // Recipes kept by older versions lack what did not exist yet.
      sql<Recipe>`${JSON.stringify(defaultRecipe({ framing: 'crop' }))}::jsonb || renditions.recipe`.as(
        'recipe',
      ),
      sql<boolean>`rendition_unmarked(renditions.id)`.as('unmarked'),
      sql<Names>`coalesce((select jsonb_object_agg(t.language, t.name) from format_texts t where t.format = formats.code), '{}')`.as(
        'name',
      ),
      sql<
        number | null
      >`case when renditions.state = 'processing' then (select j.progress from jobs j where j.id = renditions.job_id) end`.as(
        'progress',
      ),
      sql<MemberRef>`member_ref(renditions.created_by)`.as('createdBy'),
    ])
    .orderBy('renditions.id');
  const rows = await ('creativeId' in choice
    ? query.where('renditions.creativeId', '=', choice.creativeId)
    : query.where('renditions.id', '=', sql<string>`any(${[...choice.ids]}::uuid[])`)
  ).execute();
  return rows.map(({ code, number, platform, platforms, kind, name, failure, failureDetails, ...row }) => ({
    ...row,
    format: { code, number, platform, platforms, kind, name },
    failure: failureOf(failure, failureDetails),
    url: row.state === 'ready' ? `/api/renditions/${row.id}/file` : null,
  }));
}

/** What acting on a rendition, or handing out its file, needs. */
export interface RenditionRow extends GuardedCreative {
  id: string;
  creativeId: string;
  creativeKind: Rendition['format']['kind'];
  state: RenditionState;
  failure: FailureCode | null;
  jobId: string | null;
  originalName: string;
  formatCode: string;
  extension: string;
  file: { sha256: string; size: number; mime: string } | null;
}

export async function findRendition(db: Reader, id: string): Promise<RenditionRow | null> {
  const { rows } = await sql<RenditionRow>`
    select r.id, r.creative_id, c.kind as creative_kind, r.state, r.failure, r.job_id, unit_path(c.owner_unit_id) as owner_path,
           creative_restricted_to(c.id) as restricted_to,
           c.original_name, v.format as format_code, v.spec->>'extension' as extension,
           case when f.sha256 is not null then jsonb_build_object('sha256', f.sha256, 'size', f.size, 'mime', f.mime) end as file
      from renditions r
      join creatives c on c.id = r.creative_id
      join format_versions v on v.id = r.format_version_id
      left join files f on f.sha256 = r.file_sha256
     where r.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Locks a rendition until the transaction ends and gives its state. */
export async function lockRendition(tx: DatabaseTransaction, id: string): Promise<RenditionState | null> {
  const row = await tx
    .selectFrom('renditions')
    .where('id', '=', id)
    .select('state')
    .forUpdate()
    .executeTakeFirst();
  return row?.state ?? null;
}

export interface WantedRendition {
  creativeId: string;
  formatVersionId: string;
  recipe: Recipe;
  recipeKey: string;
  fileKey: string | null;
  language: Recipe['language'];
  createdBy: string;
}

export interface EnteredRendition {
  id: string;
  recipeKey: string;
  state: RenditionState;
  /** False when it was there already. */
  created: boolean;
}

/** Enters the renditions that are not there yet; gives all of them, locked until the transaction ends. */
export async function enterRenditions(
  tx: DatabaseTransaction,
  creativeId: string,
  wanted: readonly WantedRendition[],
): Promise<EnteredRendition[]> {
  const created = await tx
    .insertInto('renditions')
    .values(wanted.map(({ recipe, ...row }) => ({ ...row, recipe: JSON.stringify(recipe) })))
    .onConflict((conflict) => conflict.columns(['creativeId', 'recipeKey']).doNothing())
    .returning('id')
    .execute();
  const mine = new Set(created.map(({ id }) => id));
  const rows = await tx
    .selectFrom('renditions')
    .where('creativeId', '=', creativeId)
    .where(
      'recipeKey',
      'in',
      wanted.map(({ recipeKey }) => recipeKey),
    )
    .select(['id', 'recipeKey', 'state'])
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => ({ ...row, created: mine.has(row.id) }));
}

/** Takes over files that were made already, for another format or another creative of the same file; gives the ids that are ready by it. */
export async function shareFinished(tx: DatabaseTransaction, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update renditions r set state = 'processing'
     where r.id = any(${[...ids]}::uuid[]) and r.state = 'queued'
       and exists (select from renditions t where t.file_key = r.file_key and t.state = 'ready')
    returning r.id`.execute(tx);
  const shared = rows.map(({ id }) => id);
  if (shared.length > 0) {
    await sql`
      update renditions r set state = 'ready', file_sha256 = t.file_sha256, width = t.width, height = t.height,
             duration_ms = t.duration_ms, probe = t.probe, finished_at = now()
        from (select distinct on (file_key) * from renditions
               where state = 'ready' and file_key is not null order by file_key, id) t
       where r.id = any(${shared}::uuid[]) and t.file_key = r.file_key`.execute(tx);
  }
  return shared;
}

/** failed → queued. */
export async function queueAgain(tx: DatabaseTransaction, ids: readonly string[]): Promise<void> {
  await sql`
    update renditions set state = 'queued', failure = null, failure_details = null, finished_at = null
     where id = any(${[...ids]}::uuid[]) and state = 'failed'`.execute(tx);
}

export async function assignJob(
  tx: DatabaseTransaction,
  ids: readonly string[],
  jobId: string,
): Promise<void> {
  await sql`update renditions set job_id = ${jobId} where id = any(${[...ids]}::uuid[])`.execute(tx);
}

/** queued or processing → failed as cancelled. */
export async function markCancelled(tx: DatabaseTransaction, id: string): Promise<void> {
  await sql`
    update renditions set state = 'failed', failure = 'cancelled', failure_details = '{}', finished_at = now()
     where id = ${id} and state in ('queued','processing')`.execute(tx);
}

/** Whether a job has not begun and will, and whether there is anything left for it to make. */
export async function jobStanding(db: Reader, jobId: string): Promise<{ open: boolean; wanted: boolean }> {
  const { rows } = await sql<{ open: boolean; wanted: boolean }>`
    select j.state = 'queued' and not j.cancel_requested as open,
           exists (select from renditions r where r.job_id = j.id and r.state in ('queued','processing')) as wanted
      from jobs j where j.id = ${jobId}`.execute(db);
  return rows[0] ?? { open: false, wanted: false };
}

/** Whether a pack that has not gone out yet pins one of these. */
export async function packWaitsFor(tx: DatabaseTransaction, ids: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select from pack_renditions p join pack_versions v on v.id = p.pack_version_id
     where p.rendition_id = any(${[...ids]}::uuid[]) and v.state in ('draft','in_review','approved') limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}
