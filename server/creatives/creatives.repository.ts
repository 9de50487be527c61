import { sql } from 'kysely';
import type { MemberRef, UnitRef } from '../contract/common.js';
import type {
  CreativeEdit,
  CreativeListQuery,
  CreativeSummary,
  CreativeTexts,
  CreativeUploadFields,
} from '../contract/creative.js';
import { type FailureCode, languages } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { GuardedCreative } from './creatives.policy.js';
import { failureOf } from './failure.policy.js';
import { saveFramings } from './framings.repository.js';

type Reader = Database | DatabaseTransaction;

/** A creative without its renditions, and what permission needs of it. */
export interface FoundCreative extends GuardedCreative {
  creative: CreativeSummary;
}

interface CreativeRow extends Omit<CreativeSummary, 'failure' | 'previewUrl' | 'restricted'> {
  failure: FailureCode | null;
  failureDetails: unknown;
  previewSha256: string | null;
  ownerPath: string[];
  restrictedTo: string[] | null;
}

const restrictedTo = sql<string[] | null>`creative_restricted_to(creatives.id)`;

/** What a list leaves out is exactly what a single read answers `not_found` for. */
function mayKnow(unitIds: readonly string[]) {
  return sql<boolean>`coalesce(${restrictedTo} && ${[...unitIds]}::uuid[], true)`;
}

function creativeRows(db: Reader) {
  return db
    .selectFrom('creatives')
    .innerJoin('files', 'files.sha256', 'creatives.fileSha256')
    .select([
      'creatives.id',
      'creatives.kind',
      'creatives.origin',
      'creatives.originalName',
      'creatives.rights',
      'creatives.credit',
      'creatives.aiDeclaration',
      'creatives.aiTool',
      'creatives.inspection',
      'creatives.failure',
      'creatives.failureDetails',
      'creatives.width',
      'creatives.height',
      'creatives.durationMs',
      'creatives.hasAudio',
      'creatives.c2paPresent',
      'creatives.previewSha256',
      'creatives.supersedesId',
      'creatives.checkVersionId',
      'creatives.createdAt',
      'creatives.version',
      'files.size',
      'files.mime',
      'files.sha256',
      sql<CreativeTexts>`coalesce((
        select jsonb_object_agg(t.language, jsonb_build_object('title', t.title, 'altText', t.alt_text))
          from creative_texts t where t.creative_id = creatives.id), '{}')`.as('texts'),
      sql<
        CreativeSummary['focal']
      >`jsonb_build_object('x', focal_x, 'y', focal_y, 'confirmed', focal_confirmed)`.as('focal'),
      sql<CreativeSummary['renditionCounts']>`(
        select jsonb_build_object(
          'queued', count(*) filter (where r.state = 'queued'), 'processing', count(*) filter (where r.state = 'processing'),
          'ready', count(*) filter (where r.state = 'ready'), 'failed', count(*) filter (where r.state = 'failed'))
          from renditions r where r.creative_id = creatives.id)`.as('renditionCounts'),
      sql<UnitRef>`unit_ref(creatives.owner_unit_id)`.as('ownerUnit'),
      sql<MemberRef>`member_ref(creatives.created_by)`.as('createdBy'),
      sql<string[]>`unit_path(creatives.owner_unit_id)`.as('ownerPath'),
      restrictedTo.as('restrictedTo'),
      sql<CreativeSummary['card']>`(
        select jsonb_build_object('template', d.template, 'language', d.language, 'address', d.leads_to, 'factState', v.state)
          from cards d join check_versions v on v.id = creatives.check_version_id
         where d.creative_id = creatives.id)`.as('card'),
    ]);
}

function toFound({ failure, failureDetails, previewSha256, ...found }: CreativeRow): FoundCreative {
  const { ownerPath, restrictedTo: known, ...row } = found;
  return {
    ownerPath,
    restrictedTo: known,
    creative: {
      ...row,
      restricted: known !== null,
      failure: failureOf(failure, failureDetails),
      previewUrl: previewSha256 === null ? null : `/api/creatives/${row.id}/preview`,
    },
  };
}

export async function findCreative(db: Reader, id: string): Promise<FoundCreative | null> {
  const row = await creativeRows(db).where('creatives.id', '=', id).executeTakeFirst();
  return row === undefined ? null : toFound(row);
}

/** Newest first; one more than `limit` tells of a further page. */
export async function listCreatives(
  db: Database,
  options: CreativeListQuery & { limit: number; createdBy: string | null; unitIds: readonly string[] },
): Promise<CreativeSummary[]> {
  const { cursor, limit, kind, createdBy, unitIds } = options;
  let query = creativeRows(db).where(mayKnow(unitIds));
  if (cursor !== undefined) query = query.where('creatives.id', '<', cursor);
  if (kind !== undefined) query = query.where('creatives.kind', '=', kind);
  if (createdBy !== null) query = query.where('creatives.createdBy', '=', createdBy);
  const rows = await query
    .orderBy('creatives.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map((row) => toFound(row).creative);
}

/** The newest creative of each of these files, but for those that turned out to be unusable. */
export async function knownCreatives(
  db: Database,
  hashes: readonly string[],
  unitIds: readonly string[],
): Promise<CreativeSummary[]> {
  const rows = await creativeRows(db)
    .where(mayKnow(unitIds))
    .distinctOn('creatives.fileSha256')
    .where('creatives.fileSha256', '=', sql<string>`any(${[...hashes]}::text[])`)
    .where('creatives.inspection', '<>', 'failed')
    .orderBy('creatives.fileSha256')
    .orderBy('creatives.id', 'desc')
    .execute();
  return rows.map((row) => toFound(row).creative);
}

export interface StoredCreativeFile extends GuardedCreative {
  sha256: string;
  size: number;
  mime: string;
  originalName: string;
}

/** The original's file, or its preview's. */
export async function findCreativeFile(
  db: Database,
  id: string,
  which: 'original' | 'preview',
): Promise<StoredCreativeFile | null> {
  const column = which === 'original' ? 'creatives.fileSha256' : 'creatives.previewSha256';
  const row = await db
    .selectFrom('creatives')
    .innerJoin('files', 'files.sha256', column)
    .where('creatives.id', '=', id)
    .select([
      'files.sha256',
      'files.size',
      'files.mime',
      'creatives.originalName',
      sql<string[]>`unit_path(creatives.owner_unit_id)`.as('ownerPath'),
      restrictedTo.as('restrictedTo'),
    ])
    .executeTakeFirst();
  return row ?? null;
}

/** The unit and all above it; null when there is no such unit. */
export async function findUnitPath(db: Reader, unitId: string): Promise<string[] | null> {
  const row = await db
    .selectFrom('units')
    .where('id', '=', unitId)
    .select(sql<string[]>`unit_path(id)`.as('path'))
    .executeTakeFirst();
  return row?.path ?? null;
}

export interface NewCreative {
  file: { sha256: string; kind: CreativeSummary['kind']; originalName: string };
  fields: Omit<CreativeUploadFields, 'title' | 'language' | 'altText' | 'ownerUnitId'>;
  /** The fact it was generated from; uploads have none. */
  madeFrom?: string;
  texts: CreativeTexts;
  ownerUnitId: string;
  createdBy: string;
}

export async function insertCreative(tx: DatabaseTransaction, creative: NewCreative): Promise<string> {
  const { file, fields, madeFrom, texts, ownerUnitId, createdBy } = creative;
  const { id } = await tx
    .insertInto('creatives')
    .values({
      ...fields,
      ...(madeFrom !== undefined && { origin: 'generated' as const, checkVersionId: madeFrom }),
      kind: file.kind,
      fileSha256: file.sha256,
      originalName: file.originalName,
      ownerUnitId,
      createdBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await saveTexts(tx, id, texts);
  return id;
}

async function saveTexts(tx: DatabaseTransaction, creativeId: string, texts: CreativeTexts): Promise<void> {
  for (const language of languages) {
    const text = texts[language];
    if (text === undefined) continue;
    await tx
      .insertInto('creativeTexts')
      .values({ creativeId, language, ...text })
      .onConflict((conflict) => conflict.columns(['creativeId', 'language']).doUpdateSet(text))
      .execute();
  }
}

/** False when the creative is at another version by now. A focal point given by a person is confirmed by it. */
export async function updateCreative(
  tx: DatabaseTransaction,
  { id, version, edit }: { id: string; version: number; edit: CreativeEdit },
): Promise<boolean> {
  const { texts, focal, framings, stampFactId, imprint, ...fields } = edit;
  const changed = await tx
    .updateTable('creatives')
    .set({
      ...fields,
      ...(focal && { focalX: focal.x, focalY: focal.y, focalConfirmed: true }),
      ...(stampFactId !== undefined && { stampVersionId: stampFactId }),
      ...(imprint !== undefined && { imprint: imprint && JSON.stringify(imprint) }),
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) return false;
  if (texts) await saveTexts(tx, id, texts);
  if (framings) await saveFramings(tx, id, framings);
  return true;
}
