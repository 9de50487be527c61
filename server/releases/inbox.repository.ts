import { type SqlBool, sql } from 'kysely';
import type { Names } from '../contract/common.js';
import type { PackChangeKind, PackState, Platform, ReceiptMark } from '../contract/lists.js';
import type { InboxItem, RecallNotice } from '../contract/release.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

type Handle = Database | DatabaseTransaction;

/** Which phone of whom is asking. */
export interface Reader {
  memberId: string;
  deviceId: string;
}

const titles = sql`coalesce((select jsonb_object_agg(t.language, t.title) from pack_texts t where t.pack_version_id = v.id), '{}')`;
const amber = sql<boolean>`pack_version_amber(v.id)`;

const marksOf = ({ memberId, deviceId }: Reader) => sql<
  ReceiptMark[]
>`coalesce((select jsonb_agg(x.mark order by x.at)
  from receipts x where x.release_id = r.id and x.member_id = ${memberId} and x.device_id = ${deviceId}), '[]')`;

/** The end of the silence over each unit, null where none is open. */
export async function findSilences(
  db: Handle,
  unitIds: readonly string[],
): Promise<{ unitId: string; until: string | null }[]> {
  const { rows } = await sql<{ unitId: string; until: string | null }>`
    select u as unit_id, (select max(w.ends_at) from silence_over(u, now()) w) as until
      from unnest(${[...unitIds]}::uuid[]) u`.execute(db);
  return rows;
}

/** Live packs released to these units, newest first and each once, one more than the limit. */
export async function listInbox(
  db: Handle,
  {
    unitIds,
    reader,
    cursor,
    limit,
  }: { unitIds: readonly string[]; reader: Reader; cursor?: string | undefined; limit: number },
): Promise<InboxItem[]> {
  const after = cursor === undefined ? sql<SqlBool>`true` : sql<SqlBool>`r.id < ${cursor}`;
  const { rows } = await sql<InboxItem>`
    with reached as (
      select distinct on (l.pack_version_id) l.pack_version_id, l.release_id
        from live_packs l join release_units u on u.release_id = l.release_id
       where u.unit_id = any(${[...unitIds]}::uuid[])
       order by l.pack_version_id, l.release_id
    )
    select r.id as release_id, v.number, ${titles} as title, r.released_at, ${amber} as amber, v.change_kind,
           carried.files, carried.bytes, carried.preview_url, ${marksOf(reader)} as marks
      from reached
      join releases r on r.id = reached.release_id
      join pack_versions v on v.id = reached.pack_version_id
      cross join lateral (
        select count(*) as files, coalesce(sum(f.size), 0)::float8 as bytes,
               (array_agg('/api/inbox/' || r.id || '/previews/' || n.id order by p.position)
                 filter (where c.preview_sha256 is not null))[1] as preview_url
          from pack_renditions p
          join renditions n on n.id = p.rendition_id
          join creatives c on c.id = n.creative_id
          join files f on f.sha256 = n.file_sha256
         where p.pack_version_id = v.id) carried
     where ${after}
     order by r.id desc limit ${limit + 1}`.execute(db);
  return rows;
}

/**
 * Recall notices for a phone: of packs that went to these units or that the phone itself took. What it took and has
 * not acknowledged stays; everything else goes a week after the acknowledgement or the recall.
 */
export async function findRecallNotices(
  db: Handle,
  { unitIds, reader, releaseId }: { unitIds: readonly string[]; reader: Reader; releaseId?: string },
): Promise<RecallNotice[]> {
  const wanted = releaseId === undefined ? sql<SqlBool>`true` : sql<SqlBool>`r.id = ${releaseId}`;
  const shown =
    releaseId === undefined
      ? sql<SqlBool>`(held and acknowledged_at is null) or (copy = 1 and coalesce(acknowledged_at, recalled_at) > now() - interval '7 days')`
      : sql<SqlBool>`true`;
  const { rows } = await sql<RecallNotice>`
    select release_id, title, reason, recalled_at, due_at,
           downloaded and acknowledged_at is null as owing, acknowledged_at is not null as acknowledged
      from (
        select r.id as release_id, ${titles} as title, x.reason, x.recalled_at, x.due_at,
               coalesce(mine.downloaded, false) as downloaded, mine.held, mine.acknowledged_at,
               row_number() over (partition by v.id order by mine.held desc, r.id) as copy
          from recalls x
          join pack_versions v on v.id = x.pack_version_id
          join releases r on r.pack_version_id = v.id
          cross join lateral (
            select bool_or(m.mark = 'downloaded') as downloaded, count(*) > 0 as held,
                   min(m.at) filter (where m.mark = 'recall_acknowledged') as acknowledged_at
              from receipts m
             where m.release_id = r.id and m.member_id = ${reader.memberId} and m.device_id = ${reader.deviceId}) mine
         where ${wanted} and (mine.held or exists (select 1 from release_units u
                 where u.release_id = r.id and u.unit_id = any(${[...unitIds]}::uuid[])))) notices
     where ${shown}
     order by downloaded and acknowledged_at is null desc, recalled_at desc, release_id desc`.execute(db);
  return rows;
}

/** A release as one phone stands to it. */
export interface InboxRelease {
  releaseId: string;
  packVersionId: string;
  number: number;
  state: PackState;
  /** Past its end, though the clock may not have marked it yet. */
  overdue: boolean;
  title: Names;
  releasedAt: string;
  expiresAt: string | null;
  changeKind: PackChangeKind | null;
  changeNote: string | null;
  amber: boolean;
  /** Of the reader's units those it went to. */
  releasedTo: string[];
  marks: ReceiptMark[];
  /** The unit of this phone's first mark. */
  heldUnitId: string | null;
  issuedBy: Names;
  timeZone: string;
}

export async function findInboxRelease(
  db: Handle,
  { releaseId, unitIds, reader }: { releaseId: string; unitIds: readonly string[]; reader: Reader },
): Promise<InboxRelease | undefined> {
  const { rows } = await sql<InboxRelease>`
    select r.id as release_id, v.id as pack_version_id, v.number, v.state, coalesce(v.expires_at <= now(), false) as overdue,
           ${titles} as title, r.released_at, v.expires_at, v.change_kind, v.change_note, ${amber} as amber,
           array(select u.unit_id::text from release_units u
                  where u.release_id = r.id and u.unit_id = any(${[...unitIds]}::uuid[])) as released_to,
           ${marksOf(reader)} as marks,
           (select x.unit_id from receipts x where x.release_id = r.id and x.member_id = ${reader.memberId}
               and x.device_id = ${reader.deviceId} order by x.at, x.id limit 1) as held_unit_id,
           coalesce((select jsonb_object_agg(o.language, o.issued_by) from organisation_texts o), '{}') as issued_by,
           coalesce((select o.time_zone from organisations o), 'Asia/Kolkata') as time_zone
      from releases r join pack_versions v on v.id = r.pack_version_id
     where r.id = ${releaseId}`.execute(db);
  return rows[0];
}

/** Holds the version of a release as it is until the transaction ends: a recall waits for it, or is seen by it. */
export async function holdRelease(tx: DatabaseTransaction, releaseId: string): Promise<void> {
  await sql`select 1 from pack_versions v join releases r on r.pack_version_id = v.id
    where r.id = ${releaseId} for share of v`.execute(tx);
}

/** A file of a released pack, and the small picture of it. */
export interface PackFile {
  id: string;
  format: { code: string; platform: Platform; name: Names };
  mime: string;
  size: number;
  sha256: string;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  altText: Names;
  preview: { sha256: string; size: number; mime: string } | null;
}

export async function findPackFiles(db: Handle, packVersionId: string): Promise<PackFile[]> {
  const { rows } = await sql<PackFile>`
    select n.id,
           jsonb_build_object('code', o.code, 'platform', o.platform, 'name',
             coalesce((select jsonb_object_agg(t.language, t.name) from format_texts t where t.format = o.code), '{}')) as format,
           f.mime, f.size, f.sha256, n.width, n.height, n.duration_ms,
           coalesce((select jsonb_object_agg(t.language, t.alt_text) from creative_texts t
                      where t.creative_id = c.id and t.alt_text <> ''), '{}') as alt_text,
           (select jsonb_build_object('sha256', s.sha256, 'size', s.size, 'mime', s.mime)
              from files s where s.sha256 = c.preview_sha256) as preview
      from pack_renditions p
      join renditions n on n.id = p.rendition_id
      join creatives c on c.id = n.creative_id
      join format_versions fv on fv.id = n.format_version_id
      join formats o on o.code = fv.format
      join files f on f.sha256 = n.file_sha256
     where p.pack_version_id = ${packVersionId}
     order by p.position, n.id`.execute(db);
  return rows;
}
