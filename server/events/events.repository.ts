import { sql } from 'kysely';
import type { Event, EventDraft, SilenceWindowDraft } from '../contract/administration.js';
import type { Database, DatabaseTransaction } from '../database/database.js';

type Handle = Database | DatabaseTransaction;

const eventColumns = sql`
  e.id, e.kind, e.starts_on, e.ends_on, e.version, unit_ref(e.owner_unit_id) as owner_unit,
  coalesce((select jsonb_object_agg(t.language, t.name) from event_texts t where t.event_id = e.id), '{}') as name,
  coalesce((select jsonb_agg(jsonb_build_object('unit', unit_ref(s.unit_id), 'pollOpensAt', s.poll_opens_at,
                                                'pollClosesAt', s.poll_closes_at) order by u.code)
              from event_seats s join units u on u.id = s.unit_id where s.event_id = e.id), '[]') as seats,
  coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'unit', unit_ref(w.unit_id), 'startsAt', w.starts_at,
                                                'endsAt', w.ends_at) order by w.starts_at, w.id)
              from silence_windows w where w.event_id = e.id), '[]') as silence`;

/** All of them, newest first: an organisation has a handful a year. */
export async function listEvents(db: Handle): Promise<Event[]> {
  const { rows } =
    await sql<Event>`select ${eventColumns} from events e order by e.id desc limit 500`.execute(db);
  return rows;
}

export async function findEvent(db: Handle, id: string): Promise<Event | null> {
  const { rows } = await sql<Event>`select ${eventColumns} from events e where e.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export async function insertEvent(
  tx: DatabaseTransaction,
  draft: EventDraft,
  createdBy: string,
): Promise<string> {
  const { kind, ownerUnitId, startsOn = null, endsOn = null } = draft;
  const { id } = await tx
    .insertInto('events')
    .values({ kind, ownerUnitId, startsOn, endsOn, createdBy })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { hi, en } = draft.name;
  await tx
    .insertInto('eventTexts')
    .values([
      { eventId: id, language: 'hi', name: hi },
      ...(en === undefined ? [] : [{ eventId: id, language: 'en' as const, name: en }]),
    ])
    .execute();
  const seats = (draft.seats ?? []).map(({ unitId, pollOpensAt = null, pollClosesAt = null }) => ({
    eventId: id,
    unitId,
    pollOpensAt,
    pollClosesAt,
  }));
  if (seats.length > 0) await tx.insertInto('eventSeats').values(seats).execute();
  return id;
}

/** Counts the change, so that whoever edits the event sees that it is another one now. */
async function bumpEvent(tx: DatabaseTransaction, id: string): Promise<void> {
  await sql`update events set version = version + 1 where id = ${id}`.execute(tx);
}

export async function insertSilence(
  tx: DatabaseTransaction,
  window: SilenceWindowDraft & { eventId: string; createdBy: string },
): Promise<string> {
  const { id } = await tx
    .insertInto('silenceWindows')
    .values(window)
    .returning('id')
    .executeTakeFirstOrThrow();
  await bumpEvent(tx, window.eventId);
  return id;
}

export interface SilenceRow {
  eventId: string;
  unitId: string;
  startsAt: string;
  endsAt: string;
  ownerUnitId: string;
}

export async function findSilence(db: Handle, id: string): Promise<SilenceRow | null> {
  const { rows } = await sql<SilenceRow>`
    select w.event_id, w.unit_id, w.starts_at, w.ends_at, e.owner_unit_id
      from silence_windows w join events e on e.id = w.event_id where w.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** False when it is gone already. */
export async function deleteSilence(
  tx: DatabaseTransaction,
  { id, eventId }: { id: string; eventId: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from silence_windows where id = ${id}`.execute(tx);
  if (!numAffectedRows) return false;
  await bumpEvent(tx, eventId);
  return true;
}
