import { sql } from 'kysely';
import type { Language, Role } from '../contract/lists.js';
import type { HeldAppointment, Me, SessionInfo } from '../contract/session.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { SessionTimes } from './session.policy.js';

type Handle = Database | DatabaseTransaction;

export interface Credentials {
  memberId: string;
  passwordHash: string;
  disabled: boolean;
  roles: Role[];
}

export async function findCredentials(db: Handle, login: string): Promise<Credentials | null> {
  const { rows } = await sql<Credentials>`
    select m.id as member_id, m.password_hash, m.disabled_at is not null as disabled,
           (select coalesce(jsonb_agg(a.role), '[]') from appointments_in_force a where a.member_id = m.id) as roles
      from members m where m.login = ${login}`.execute(db);
  return rows[0] ?? null;
}

/** A session with all that deciding about its requests takes. */
export interface SessionRow extends SessionTimes {
  sessionId: string;
  deviceId: string;
  memberId: string;
  name: string;
  language: Language;
  appointments: { id: string; unitId: string; unitCode: string; unitPath: string[]; role: Role }[];
}

/** One query, at every request: what an administrator changes counts from the next one on. */
export async function findSession(db: Handle, tokenHash: string): Promise<SessionRow | null> {
  const { rows } = await sql<SessionRow>`
    select s.id as session_id, s.device_id, s.created_at, s.last_seen_at, now() as now, m.id as member_id, m.name, m.language,
           (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'unitId', a.unit_id, 'unitCode', u.code,
                     'unitPath', to_jsonb(unit_path(a.unit_id)), 'role', a.role) order by a.id), '[]')
              from appointments_in_force a join units u on u.id = a.unit_id where a.member_id = m.id) as appointments
      from sessions s join members m on m.id = s.member_id
     where s.token_hash = ${tokenHash} and s.revoked_at is null and s.expires_at > now() and m.disabled_at is null`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function touchSession(db: Handle, row: { sessionId: string; deviceId: string }): Promise<void> {
  await sql`
    with device as (update devices set last_seen_at = now() where id = ${row.deviceId})
    update sessions set last_seen_at = now() where id = ${row.sessionId}`.execute(db);
}

export interface NewSession {
  memberId: string;
  tokenHash: string;
  totalMs: number;
  /** The device the browser says it is, and what to call it when it is new. */
  device: { id: string | null; label: string };
}

/** Opens a session on the device named, when it is this member's own, else on a new one. */
export async function insertSession(tx: DatabaseTransaction, session: NewSession): Promise<void> {
  const { memberId, tokenHash, totalMs, device } = session;
  await sql`
    with known as (
      update devices set last_seen_at = now() where id = ${device.id}::uuid and member_id = ${memberId} returning id
    ), made as (
      insert into devices (member_id, label) select ${memberId}, ${device.label} where not exists (select from known)
      returning id
    )
    insert into sessions (token_hash, member_id, device_id, expires_at)
    select ${tokenHash}, ${memberId}, id, now() + ${totalMs} * interval '1 millisecond'
      from (select id from known union all select id from made) device`.execute(tx);
}

/** Ends one session that is still open; null when there is none. */
export async function endSession(
  tx: DatabaseTransaction,
  session: { memberId: string; id: string } | { tokenHash: string },
): Promise<string | null> {
  const which =
    'id' in session
      ? sql`id = ${session.id} and member_id = ${session.memberId}`
      : sql`token_hash = ${session.tokenHash}`;
  const { rows } = await sql<{ id: string }>`
    update sessions set revoked_at = now() where ${which} and revoked_at is null and expires_at > now() returning id`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

/** Ends every session of a member but one. */
export async function endSessionsOf(
  tx: DatabaseTransaction,
  { memberId, except }: { memberId: string; except: string | null },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update sessions set revoked_at = now()
     where member_id = ${memberId} and revoked_at is null and id is distinct from ${except}::uuid`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

export async function listSessions(
  db: Handle,
  { memberId, current }: { memberId: string; current: string },
): Promise<SessionInfo[]> {
  const { rows } = await sql<SessionInfo>`
    select s.id, d.label as device, s.created_at, s.last_seen_at, s.id = ${current} as current
      from sessions s join devices d on d.id = s.device_id
     where s.member_id = ${memberId} and s.revoked_at is null and s.expires_at > now()
     order by s.last_seen_at desc, s.id desc limit 100`.execute(db);
  return rows;
}

type StoredMe = Pick<Me, 'member' | 'organisation'> & { appointments: HeldAppointment[] };

export async function readMe(db: Handle, memberId: string): Promise<StoredMe> {
  const { rows } = await sql<StoredMe>`
    select jsonb_build_object('id', m.id, 'name', m.name, 'login', m.login, 'language', m.language) as member,
           (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'unit', unit_ref(a.unit_id), 'role', a.role, 'title',
                     (select jsonb_object_agg(t.language, t.name) from title_texts t where t.title = a.title)) order by a.id), '[]')
              from appointments_in_force a where a.member_id = m.id) as appointments,
           (select jsonb_build_object('profile', o.profile,
                     'name', coalesce(jsonb_object_agg(t.language, t.name) filter (where t.language is not null), '{}'),
                     'issuedBy', coalesce(jsonb_object_agg(t.language, t.issued_by) filter (where t.language is not null), '{}'))
              from organisations o left join organisation_texts t on t.organisation_id = o.id group by o.profile) as organisation
      from members m where m.id = ${memberId}`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('the member who is signed in is not there');
  return row;
}

export async function setLanguage(
  tx: DatabaseTransaction,
  memberId: string,
  language: Language,
): Promise<void> {
  await tx
    .updateTable('members')
    .set((row) => ({ language, version: row('version', '+', 1) }))
    .where('id', '=', memberId)
    .execute();
}

/** Removes what no longer means anything: sessions ended for a month, keys older than a day, spent counters. */
export async function removeSpent(db: Handle): Promise<void> {
  await sql`delete from sessions where least(expires_at, revoked_at) < now() - interval '30 days'`.execute(
    db,
  );
  await sql`delete from idempotency_keys where created_at < now() - interval '24 hours'`.execute(db);
  await sql`delete from rate_limits where expire < extract(epoch from now()) * 1000`.execute(db);
}
