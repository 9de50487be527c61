import { sql } from 'kysely';
import type { AppointmentDraft } from '../contract/administration.js';
import type { Role } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

/** The organisation's day, YYYY-MM-DD. */
export async function readToday(db: Database | DatabaseTransaction): Promise<string> {
  const { rows } = await sql<{ day: string }>`select today() as day`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('the database did not say what day it is');
  return row.day;
}

export interface NewAppointment extends AppointmentDraft {
  memberId: string;
  createdBy: string;
}

/** Null when the member already holds the same role in the same unit on one of the days. */
export async function insertAppointment(
  tx: DatabaseTransaction,
  appointment: NewAppointment,
): Promise<string | null> {
  const { memberId, unitId, role, title = null, validFrom = null, validTo = null, createdBy } = appointment;
  const { rows } = await sql<{ id: string }>`
    insert into appointments (member_id, unit_id, role, title, valid_from, valid_to, created_by)
    select ${memberId}, ${unitId}, ${role}, ${title}, days.first, ${validTo}::date, ${createdBy}
      from (select coalesce(${validFrom}::date, today()) as first) days
     where not exists (select from appointments a
                        where a.member_id = ${memberId} and a.unit_id = ${unitId} and a.role = ${role}
                          and daterange(a.valid_from, a.valid_to) && daterange(days.first, ${validTo}::date))
    returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

export interface AppointmentRow {
  id: string;
  memberId: string;
  unitId: string;
  role: Role;
  unitPath: string[];
  /** Today is past its last day, or it was taken back before its first. */
  over: boolean;
}

export async function findAppointment(
  db: Database | DatabaseTransaction,
  id: string,
): Promise<AppointmentRow | null> {
  const { rows } = await sql<AppointmentRow>`
    select a.id, a.member_id, a.unit_id, a.role, to_jsonb(unit_path(a.unit_id)) as unit_path,
           coalesce(a.valid_to <= greatest(a.valid_from, today()), false) as over
      from appointments a where a.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Ends it from this moment; one that has not begun never will. */
export async function endAppointmentNow(tx: DatabaseTransaction, id: string): Promise<void> {
  await sql`
    update appointments set valid_to = greatest(valid_from, today())
     where id = ${id} and (valid_to is null or valid_to > greatest(valid_from, today()))`.execute(tx);
}

/** Makes other changes that may take the last administrator away wait. */
export async function lockAdministrators(tx: DatabaseTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('tathya.administrators'))`.execute(tx);
}

/** Units a member is administrator of today. */
export async function administeredBy(tx: DatabaseTransaction, memberId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('appointmentsInForce')
    .select('unitId')
    .where('memberId', '=', memberId)
    .where('role', '=', 'admin')
    .execute();
  return rows.map(({ unitId }) => unitId);
}

/** Whether each of the units has, at it or above it, an administrator who can sign in. */
export async function haveAdministrators(
  tx: DatabaseTransaction,
  unitIds: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ all: boolean }>`
    select not exists (
      select from unnest(${[...unitIds]}::uuid[]) unit(id) where not exists (
        select from unit_paths p join appointments_in_force a on a.unit_id = p.ancestor_id and a.role = 'admin'
          join members m on m.id = a.member_id and m.disabled_at is null
         where p.unit_id = unit.id)
    ) as "all"`.execute(tx);
  return rows[0]?.all ?? false;
}
