import { type SqlBool, sql } from 'kysely';
import type { PackChangeKind, PackState } from '../contract/lists.js';
import type { PackListQuery, PackSummary, PackVersion } from '../contract/pack.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { amber, hiddenFrom, moment, titles } from './pack-fragments.repository.js';

type Handle = Database | DatabaseTransaction;

/** What decisions about one version of a pack need to know of it. */
export interface PackHead {
  id: string;
  packId: string;
  number: number;
  state: PackState;
  version: number;
  basedOn: string | null;
  approvedHash: string | null;
  /** Null when it has no end or its end has passed. */
  endsAt: string | null;
  expired: boolean;
  ownerUnitId: string;
  /** The owner unit and all units above it. */
  ownerPath: string[];
  /** It stands on a restricted claim that this reader may not know of. */
  hidden: boolean;
}

/** Reads one version's head; `lock` holds it until the transaction ends, so that decisions on it queue up. */
export async function findPackHead(
  db: Handle,
  { id, unitIds, lock }: { id: string; unitIds: readonly string[]; lock: boolean },
): Promise<PackHead | undefined> {
  // The lock comes first, in a statement of its own: what is read afterwards is what the last holder left.
  if (lock) await sql`select 1 from pack_versions where id = ${id} for update`.execute(db);
  const { rows } = await sql<PackHead>`
    select v.id, v.pack_id, v.number, v.state, v.version, v.based_on, v.approved_hash,
           coalesce(v.expires_at <= now(), false) as expired,
           case when v.expires_at > now() then v.expires_at end as ends_at,
           p.owner_unit_id, unit_path(p.owner_unit_id) as owner_path, ${hiddenFrom(unitIds)} as hidden
      from pack_versions v join packs p on p.id = v.pack_id
     where v.id = ${id}`.execute(db);
  return rows[0];
}

/** Summaries, newest first, one more than the limit so that the caller knows whether there are more. */
export async function listPacks(
  db: Handle,
  {
    query: { cursor, state },
    limit,
    unitIds,
  }: { query: PackListQuery; limit: number; unitIds: readonly string[] },
): Promise<PackSummary[]> {
  const after = cursor === undefined ? sql<SqlBool>`true` : sql<SqlBool>`v.id < ${cursor}`;
  const inState = state === undefined ? sql<SqlBool>`true` : sql<SqlBool>`v.state = ${state}`;
  const { rows } = await sql<PackSummary>`
    select v.id, v.pack_id, v.number, v.state, ${titles} as title, v.change_kind, v.change_note, v.expires_at,
           ${amber} as amber,
           (select count(*) from pack_facts f where f.pack_version_id = v.id) as facts,
           (select count(*) from pack_renditions r where r.pack_version_id = v.id) as renditions,
           member_ref(v.created_by) as created_by, v.created_at, v.submitted_at,
           member_ref(v.approved_by) as approved_by, v.approved_at, v.version
      from pack_versions v
     where ${after} and ${inState} and not ${hiddenFrom(unitIds)}
     order by v.id desc limit ${limit + 1}`.execute(db);
  return rows;
}

/** Everything of a version but its content and renditions. */
export type PackFrame = Omit<PackVersion, 'texts' | 'captions' | 'talkingPoints' | 'facts' | 'renditions'>;

export async function findPackFrame(db: Handle, id: string): Promise<PackFrame | undefined> {
  const { rows } = await sql<PackFrame>`
    select v.id, v.pack_id, v.number, v.state, ${titles} as title, v.change_kind, v.change_note, v.expires_at,
           ${amber} as amber,
           member_ref(v.created_by) as created_by, v.created_at, v.submitted_at,
           member_ref(v.approved_by) as approved_by, v.approved_at, v.version,
           unit_ref(p.owner_unit_id) as owner_unit, v.return_comment, pack_version_hash(v.id) as hash,
           coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name) order by m.name, m.id)
                       from pack_contributors pc join members m on m.id = pc.member_id
                      where pc.pack_version_id = v.id), '[]') as contributors,
           (select jsonb_build_object('reason', x.reason, 'noticedAt', ${moment('x.noticed_at')},
                     'dueAt', ${moment('x.due_at')}, 'recalledBy', member_ref(x.recalled_by),
                     'recalledAt', ${moment('x.recalled_at')})
              from recalls x where x.pack_version_id = v.id) as recall,
           (select jsonb_agg(jsonb_build_object('id', h.id, 'number', h.number, 'state', h.state) order by h.number desc)
              from pack_versions h where h.pack_id = v.pack_id) as history,
           coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'releasedAt', ${moment('r.released_at')},
                     'releasedBy', member_ref(r.released_by),
                     'units', (select count(*) from release_units u where u.release_id = r.id)) order by r.id desc)
              from releases r where r.pack_version_id = v.id), '[]') as releases
      from pack_versions v join packs p on p.id = v.pack_id
     where v.id = ${id}`.execute(db);
  return rows[0];
}

export interface NewVersion {
  packId: string;
  number: number;
  basedOn: string | null;
  changeKind: PackChangeKind | null;
  changeNote: string | null;
  expiresAt: string | null;
  createdBy: string;
}

export async function insertPack(
  tx: DatabaseTransaction,
  { ownerUnitId, createdBy }: { ownerUnitId: string; createdBy: string },
): Promise<string> {
  const { id } = await tx
    .insertInto('packs')
    .values({ ownerUnitId, createdBy })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function insertPackVersion(tx: DatabaseTransaction, version: NewVersion): Promise<string> {
  const { id } = await tx
    .insertInto('packVersions')
    .values({
      ...version,
      submittedBy: null,
      submittedAt: null,
      approvedBy: null,
      approvedAt: null,
      approvedHash: null,
      returnComment: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function lastNumber(tx: DatabaseTransaction, packId: string): Promise<number> {
  const { number } = await tx
    .selectFrom('packVersions')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('packId', '=', packId)
    .executeTakeFirstOrThrow();
  return number;
}

/** The unit and all above it; empty when there is no such unit today. */
export async function unitPath(db: Handle, unitId: string): Promise<string[]> {
  const { rows } = await sql<{ path: string[] }>`select unit_path(${unitId}) as path`.execute(db);
  return rows[0]?.path ?? [];
}
