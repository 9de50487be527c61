import { sql } from 'kysely';
import type { Member } from '../contract/administration.js';
import type { Language } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { startingWith } from '../database/page.js';

type Handle = Database | DatabaseTransaction;

// Appointments taken back before they ever held are left out.
const memberColumns = sql`
  m.id, m.login, m.name, m.language, m.disabled_at is not null as disabled, m.version,
  coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'unit', unit_ref(a.unit_id), 'role', a.role,
              'title', (select jsonb_object_agg(t.language, t.name) from title_texts t where t.title = a.title),
              'validFrom', a.valid_from, 'validTo', a.valid_to) order by a.valid_from desc, a.id desc)
              from appointments a where a.member_id = m.id and (a.valid_to is null or a.valid_to > a.valid_from)), '[]') as appointments`;

/** Members with an appointment, of whatever time, at or below one of the units. */
const within = (unitIds: readonly string[]) => sql`exists (
  select from appointments b join unit_paths p on p.unit_id = b.unit_id
   where b.member_id = m.id and p.ancestor_id = any(${[...unitIds]}::uuid[]))`;

export interface MemberListQuery {
  /** Whose members: units with everything below them. */
  unitIds: readonly string[];
  /** Only those at or below this unit. */
  parentId?: string | undefined;
  cursor?: string | undefined;
  /** Beginning of the login or of a word of the name. */
  q?: string | undefined;
  limit: number;
}

/** Newest first; one more than `limit` tells of a further page. */
export async function listMembers(db: Handle, query: MemberListQuery): Promise<Member[]> {
  const conditions = [within(query.unitIds)];
  if (query.parentId !== undefined) conditions.push(within([query.parentId]));
  if (query.cursor !== undefined) conditions.push(sql`m.id < ${query.cursor}`);
  if (query.q !== undefined) {
    const pattern = startingWith(query.q);
    conditions.push(
      sql`(m.login like ${pattern} or lower(m.name) like ${pattern} or lower(m.name) like ${`% ${pattern}`})`,
    );
  }
  const { rows } = await sql<Member>`
    select ${memberColumns} from members m where ${sql.join(conditions, sql` and `)}
     order by m.id desc limit ${query.limit + 1}`.execute(db);
  return rows;
}

/** With `unitIds` only when the member is found within them. */
export async function findMember(
  db: Handle,
  id: string,
  unitIds?: readonly string[],
): Promise<Member | null> {
  const visible = unitIds === undefined ? sql`true` : within(unitIds);
  const { rows } = await sql<Member>`
    select ${memberColumns} from members m where m.id = ${id} and ${visible}`.execute(db);
  return rows[0] ?? null;
}

/** Whether every appointment that has not ended (when all have, every one) lies at or below one of the units. */
export async function isWhollyWithin(
  db: Handle,
  memberId: string,
  unitIds: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ whole: boolean }>`
    with held as (
      select unit_id, valid_to is null or valid_to > greatest(valid_from, today()) as lasting
        from appointments where member_id = ${memberId}
    )
    select not exists (
      select from held h where (h.lasting or not exists (select from held where lasting)) and not exists (
        select from unit_paths p where p.unit_id = h.unit_id and p.ancestor_id = any(${[...unitIds]}::uuid[]))
    ) as whole`.execute(db);
  return rows[0]?.whole ?? false;
}

export async function loginIsTaken(tx: DatabaseTransaction, login: string): Promise<boolean> {
  const row = await tx.selectFrom('members').select('id').where('login', '=', login).executeTakeFirst();
  return row !== undefined;
}

export async function insertMember(
  tx: DatabaseTransaction,
  member: { login: string; name: string; passwordHash: string; language: Language },
): Promise<string> {
  const { id } = await tx.insertInto('members').values(member).returning('id').executeTakeFirstOrThrow();
  return id;
}

export interface MemberChange {
  id: string;
  version: number;
  name?: string | undefined;
  disabled?: boolean | undefined;
  passwordHash?: string | undefined;
}

/** False when the version is no longer the one given. */
export async function updateMember(tx: DatabaseTransaction, change: MemberChange): Promise<boolean> {
  const { id, version, name = null, disabled = null, passwordHash = null } = change;
  const { numAffectedRows } = await sql`
    update members set name = coalesce(${name}, name), password_hash = coalesce(${passwordHash}, password_hash),
           disabled_at = case when ${disabled}::boolean is null then disabled_at
                              when ${disabled}::boolean then coalesce(disabled_at, now()) end,
           version = version + 1
     where id = ${id} and version = ${version}`.execute(tx);
  return Boolean(numAffectedRows);
}

export async function bumpMember(tx: DatabaseTransaction, id: string): Promise<void> {
  await sql`update members set version = version + 1 where id = ${id}`.execute(tx);
}
