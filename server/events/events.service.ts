import type { Static } from 'typebox';
import type { Change } from '../audit/change.js';
import type { Event, EventDraft, EventList, SilenceWindowDraft } from '../contract/administration.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { demand } from '../sessions/permission.policy.js';
import {
  deleteSilence,
  findEvent,
  findSilence,
  insertEvent,
  insertSilence,
  listEvents,
} from './events.repository.js';

export interface EventsService {
  list(): Promise<Static<typeof EventList>>;
  create(actor: Actor, draft: EventDraft): Promise<Event>;
  /** Silences a unit of the actor's for an event of the actor's; takes effect at once, also on packs already released. */
  addSilence(actor: Actor, eventId: string, draft: SilenceWindowDraft): Promise<Event>;
  removeSilence(actor: Actor, id: string): Promise<void>;
}

/** What this feature asks of units. */
interface UnitPaths {
  path(unitId: string): Promise<readonly string[]>;
}

function wrongField(path: string, hi: string, en: string): AppError {
  return new AppError('invalid_input', { fields: [{ path, messages: { hi, en } }] });
}

export function createEventsService({
  db,
  change,
  units,
}: {
  db: Database;
  change: Change;
  units: UnitPaths;
}): EventsService {
  async function demandUnit(actor: Actor, unitId: string, field: string): Promise<void> {
    const ownerPath = await units.path(unitId);
    if (ownerPath.length === 0) throw wrongField(field, 'यह इकाई नहीं मिली।', 'There is no such unit.');
    demand(actor, 'events.manage', { ownerPath });
  }

  async function found(tx: Database | DatabaseTransaction, id: string): Promise<Event> {
    const event = await findEvent(tx, id);
    if (event === null) throw new AppError('not_found');
    return event;
  }

  return {
    async list() {
      return { items: await listEvents(db) };
    },

    async create(actor, draft) {
      await demandUnit(actor, draft.ownerUnitId, '/ownerUnitId');
      if (draft.startsOn !== undefined && draft.endsOn !== undefined && draft.endsOn < draft.startsOn)
        throw wrongField('/endsOn', 'अंत शुरुआत से पहले है।', 'It ends before it begins.');
      return change(actor, async ({ tx, audit }) => {
        const id = await insertEvent(tx, draft, actor.memberId);
        audit({ act: 'event.created', objectKind: 'event', objectId: id, payload: draft });
        return found(tx, id);
      });
    },

    async addSilence(actor, eventId, draft) {
      const { ownerUnit } = await found(db, eventId);
      await demandUnit(actor, ownerUnit.id, '/id');
      // Else a district's administrator could silence the whole state.
      await demandUnit(actor, draft.unitId, '/unitId');
      if (Date.parse(draft.endsAt) <= Date.parse(draft.startsAt))
        throw wrongField('/endsAt', 'अंत शुरुआत के बाद होना चाहिए।', 'It must end after it begins.');
      return change(actor, async ({ tx, audit }) => {
        const id = await insertSilence(tx, { ...draft, eventId, createdBy: actor.memberId });
        audit({
          act: 'silence.added',
          objectKind: 'silence_window',
          objectId: id,
          payload: { eventId, ...draft },
        });
        return found(tx, eventId);
      });
    },

    async removeSilence(actor, id) {
      const window = await findSilence(db, id);
      if (window === null) throw new AppError('not_found');
      await demandUnit(actor, window.ownerUnitId, '/id');
      await demandUnit(actor, window.unitId, '/id');
      await change(actor, async ({ tx, audit }) => {
        if (!(await deleteSilence(tx, { id, eventId: window.eventId }))) throw new AppError('not_found');
        audit({ act: 'silence.removed', objectKind: 'silence_window', objectId: id, payload: window });
      });
    },
  };
}
