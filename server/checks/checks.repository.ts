import { sql } from 'kysely';
import type {
  CheckListQuery,
  CheckPage,
  CheckTexts,
  CheckVersion,
  CheckVersionSummary,
  Evidence,
} from '../contract/check.js';
import type { MemberRef, UnitRef } from '../contract/common.js';
import type { CheckState } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { pageOf, usualPage } from '../database/page.js';
import { mayKnowCheck, type Viewer } from '../database/visibility.js';

type Reader = Database | DatabaseTransaction;

/** Texts of the version `v`, by language. */
export const textsOfVersion = sql<CheckTexts>`coalesce((
  select jsonb_object_agg(t.language, jsonb_build_object(
    'headline', t.headline, 'summary', t.summary, 'correctionNote', t.correction_note))
    from check_texts t where t.check_version_id = v.id), '{}')`;

/** Versions with what a list shows; one statement for any number of them. */
function versionRows(db: Reader, viewer: Viewer) {
  return db
    .selectFrom('checkVersions as v')
    .innerJoin('checks as k', 'k.id', 'v.checkId')
    .innerJoin('claims as l', 'l.id', 'k.leadClaimId')
    .where(mayKnowCheck(viewer))
    .select([
      'v.id',
      'v.checkId',
      'v.clusterId',
      'v.number',
      'v.state',
      'v.verdict',
      'v.authenticity',
      'v.asOf',
      'v.reviewBy',
      'v.createdAt',
      'v.submittedAt',
      'v.verifiedAt',
      'v.version',
      textsOfVersion.as('texts'),
      sql<MemberRef>`member_ref(v.created_by)`.as('createdBy'),
      sql<MemberRef | null>`member_ref(v.verified_by)`.as('verifiedBy'),
      sql<CheckVersionSummary['leadClaim']>`jsonb_build_object(
        'id', l.id, 'text', l.text, 'language', l.language)`.as('leadClaim'),
    ]);
}

/** A page of check versions the viewer may know of, newest first. */
export async function listVersions(
  db: Reader,
  viewer: Viewer,
  { state, cursor, limit = usualPage }: CheckListQuery,
): Promise<CheckPage> {
  const rows = await versionRows(db, viewer)
    .$if(state !== undefined, (query) => query.where('v.state', '=', state ?? 'draft'))
    .$if(cursor !== undefined, (query) => query.where('v.id', '<', cursor ?? ''))
    .orderBy('v.id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit);
}

/** The sources versions stand on; also which version each belongs to. */
export async function evidenceOf(
  db: Reader,
  versionId: string,
  { withFiles }: { withFiles: boolean },
): Promise<Evidence[]> {
  const rows = await db
    .selectFrom('checkEvidence as ce')
    .innerJoin('evidence as e', 'e.id', 'ce.evidenceId')
    .leftJoin('files as f', 'f.sha256', 'e.fileSha256')
    .where('ce.checkVersionId', '=', versionId)
    .orderBy('e.id')
    .select(['e.id', 'e.url', 'e.publisher', 'e.quote', 'e.tier', 'ce.stance', 'e.interestNote'])
    .select(['e.capturedAt', 'f.sha256', 'f.size', 'f.mime'])
    .select(sql<MemberRef>`member_ref(e.created_by)`.as('createdBy'))
    .execute();
  return rows.map(({ sha256, size, mime, ...source }) => ({
    ...source,
    file:
      withFiles && sha256 !== null && size !== null && mime !== null
        ? { sha256, size, mime, url: `/api/evidence/${source.id}/file` }
        : null,
  }));
}

/** One version with everything the reviewer is shown, if the viewer may know of it. */
export async function readVersion(db: Reader, viewer: Viewer, id: string): Promise<CheckVersion | undefined> {
  const row = await versionRows(db, viewer)
    .where('v.id', '=', id)
    .select(['v.sourceException', 'v.returnComment', 'v.voidReason'])
    .select([
      sql<UnitRef>`unit_ref(k.owner_unit_id)`.as('ownerUnit'),
      sql<MemberRef | null>`member_ref(v.exception_accepted_by)`.as('exceptionAcceptedBy'),
      sql<MemberRef[]>`coalesce((select jsonb_agg(member_ref(p.member_id) order by p.member_id)
        from check_contributors p where p.check_version_id = v.id), '[]')`.as('contributors'),
      sql<string>`check_version_hash(v.id)`.as('hash'),
      sql<{ id: string; number: number; state: CheckState }[]>`(
        select jsonb_agg(jsonb_build_object('id', h.id, 'number', h.number, 'state', h.state) order by h.number desc)
          from check_versions h where h.check_id = v.check_id)`.as('history'),
    ])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...row, evidence: await evidenceOf(db, id, { withFiles: true }) };
}

/** What permission and the life cycle ask of a version before it is changed. */
export interface CheckSubject {
  id: string;
  checkId: string;
  clusterId: string;
  number: number;
  state: CheckState;
  version: number;
  leadClaimId: string;
  ownerUnitId: string;
  ownerPath: string[];
  restricted: boolean;
}

function subjects(db: Reader) {
  return db
    .selectFrom('checkVersions as v')
    .innerJoin('checks as k', 'k.id', 'v.checkId')
    .innerJoin('claims as l', 'l.id', 'k.leadClaimId')
    .select(['v.id', 'v.checkId', 'v.clusterId', 'v.number', 'v.state', 'v.version'])
    .select(['k.leadClaimId', 'k.ownerUnitId', 'l.restricted'])
    .select(sql<string[]>`unit_path(k.owner_unit_id)`.as('ownerPath'));
}

export async function findVersionSubject(db: Reader, id: string): Promise<CheckSubject | undefined> {
  return subjects(db).where('v.id', '=', id).executeTakeFirst();
}

/** The newest version of a cluster's check, and so the only one that can be open. */
export async function findNewestOfCluster(db: Reader, clusterId: string): Promise<CheckSubject | undefined> {
  return subjects(db)
    .where('v.clusterId', '=', clusterId)
    .orderBy('v.number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** A source, the newest version standing on it and the file captured of it. */
export async function findEvidence(db: Reader, id: string) {
  return db
    .selectFrom('evidence as e')
    .innerJoin('checkVersions as v', 'v.checkId', 'e.checkId')
    .leftJoin('files as f', 'f.sha256', 'e.fileSha256')
    .where('e.id', '=', id)
    .orderBy('v.number', 'desc')
    .select(['e.id', 'e.publisher', 'v.id as versionId', 'f.sha256', 'f.size', 'f.mime'])
    .limit(1)
    .executeTakeFirst();
}
