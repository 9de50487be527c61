import type { Static } from 'typebox';
import type { Change } from '../audit/change.js';
import type {
  AppointmentDraft,
  Member,
  MemberDraft,
  MemberEdit,
  MemberPage,
  UnitListQuery,
} from '../contract/administration.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { pageOf, usualPage } from '../database/page.js';
import { AppError, type Messages } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { hashPassword } from '../sessions/passwords.js';
import { demand, unitsWith } from '../sessions/permission.policy.js';
import {
  administeredBy,
  endAppointmentNow,
  findAppointment,
  haveAdministrators,
  insertAppointment,
  lockAdministrators,
  readToday,
} from './appointments.repository.js';
import {
  bumpMember,
  findMember,
  insertMember,
  isWhollyWithin,
  listMembers,
  loginIsTaken,
  updateMember,
} from './members.repository.js';
import { type PasswordFault, passwordFault } from './password.policy.js';

export interface MembersService {
  /** Those with an appointment in the actor's part of the organisation, newest first. */
  list(actor: Actor, query: UnitListQuery): Promise<Static<typeof MemberPage>>;
  create(actor: Actor, draft: MemberDraft): Promise<Member>;
  /**
   * Disabling or a new password ends the member's sessions. Throws `not_allowed` for someone who also serves outside
   * the actor's part, and `conflict` when a unit would be left without an administrator.
   */
  edit(actor: Actor, id: string, version: number, edit: MemberEdit): Promise<Member>;
  appoint(actor: Actor, id: string, draft: AppointmentDraft): Promise<Member>;
  /** Ends it at once; one that is over already stays as it is. */
  endAppointment(actor: Actor, id: string): Promise<void>;
}

export interface MembersDependencies {
  db: Database;
  change: Change;
  /** What this feature asks of units and of sessions. */
  units: { path(unitId: string): Promise<readonly string[]> };
  sessions: { revokeAllOf(tx: DatabaseTransaction, actor: Actor, memberId: string): Promise<number> };
}

const passwordMessages: Readonly<Record<PasswordFault, Messages>> = {
  common: {
    hi: 'यह पासवर्ड बहुत आम है। कोई दूसरा चुनें, जैसे कुछ असंबद्ध शब्द।',
    en: 'This password is too common. Choose another, such as a few unrelated words.',
  },
  like_login: { hi: 'पासवर्ड साइन-इन नाम जैसा न हो।', en: 'The password must not be the sign-in name.' },
  one_character: { hi: 'एक ही अक्षर दोहराया गया है।', en: 'It is one character repeated.' },
};

function wrongField(path: string, messages: Messages): AppError {
  return new AppError('invalid_input', { fields: [{ path, messages }] });
}

function assertPassword(password: string, login: string): void {
  const fault = passwordFault(password, login);
  if (fault !== null) throw wrongField('/password', passwordMessages[fault]);
}

export function createMembersService({ db, change, units, sessions }: MembersDependencies): MembersService {
  const reach = (actor: Actor) => unitsWith(actor, 'people.manage');

  async function found(tx: Database | DatabaseTransaction, id: string): Promise<Member> {
    const member = await findMember(tx, id);
    if (member === null) throw new AppError('not_found');
    return member;
  }

  /** A member of another part of the organisation is as one that does not exist. */
  async function foundFor(actor: Actor, id: string): Promise<Member> {
    const member = await findMember(db, id, reach(actor));
    if (member === null) throw new AppError('not_found');
    return member;
  }

  async function assertAppointment(actor: Actor, draft: AppointmentDraft, place: string): Promise<void> {
    const ownerPath = await units.path(draft.unitId);
    if (ownerPath.length === 0) {
      throw wrongField(`${place}/unitId`, { hi: 'यह इकाई नहीं मिली।', en: 'There is no such unit.' });
    }
    demand(actor, 'people.manage', { ownerPath });
    const { validTo } = draft;
    if (validTo !== undefined && validTo <= (draft.validFrom ?? (await readToday(db)))) {
      const messages = { hi: 'अंत शुरुआत के बाद होना चाहिए।', en: 'It must end after it begins.' };
      throw wrongField(`${place}/validTo`, messages);
    }
  }

  async function insertAppointments(
    tx: DatabaseTransaction,
    actor: Actor,
    memberId: string,
    drafts: readonly AppointmentDraft[],
  ): Promise<void> {
    for (const draft of drafts) {
      const id = await insertAppointment(tx, { ...draft, memberId, createdBy: actor.memberId });
      if (id === null) {
        const messages = {
          hi: 'इस इकाई में यह भूमिका पहले से दी गई है।',
          en: 'This role in this unit is already held on some of these days.',
        };
        throw new AppError('conflict', { messages });
      }
    }
  }

  async function assertAdministered(tx: DatabaseTransaction, unitIds: readonly string[]): Promise<void> {
    if (await haveAdministrators(tx, unitIds)) return;
    const messages = {
      hi: 'यह अंतिम प्रशासक है। पहले किसी और को प्रशासक बनाएँ।',
      en: 'This is the last administrator. Appoint another one first.',
    };
    throw new AppError('conflict', { messages });
  }

  return {
    async list(actor, { limit = usualPage, cursor, parentId, q }) {
      const rows = await listMembers(db, { unitIds: reach(actor), cursor, parentId, q, limit });
      return pageOf(rows, limit);
    },

    async create(actor, draft) {
      for (const [index, appointment] of draft.appointments.entries()) {
        await assertAppointment(actor, appointment, `/appointments/${index}`);
      }
      assertPassword(draft.password, draft.login);
      const passwordHash = await hashPassword(draft.password);
      const { login, language = 'hi', appointments } = draft;
      const name = draft.name.trim().normalize('NFC');
      return change(actor, async ({ tx, audit, live }) => {
        if (await loginIsTaken(tx, login)) {
          const messages = { hi: 'यह साइन-इन नाम किसी और का है।', en: 'This sign-in name is taken.' };
          throw new AppError('conflict', { messages, fields: [{ path: '/login', messages }] });
        }
        const id = await insertMember(tx, { login, name, passwordHash, language });
        await insertAppointments(tx, actor, id, appointments);
        audit({
          act: 'member.created',
          objectKind: 'member',
          objectId: id,
          payload: { login, appointments },
        });
        live({ topic: 'member', id });
        return found(tx, id);
      });
    },

    async edit(actor, id, version, { name, disabled, password }) {
      const member = await foundFor(actor, id);
      if (!(await isWhollyWithin(db, id, reach(actor)))) throw new AppError('not_allowed');
      if (password !== undefined) assertPassword(password, member.login);
      const passwordHash = password === undefined ? undefined : await hashPassword(password);
      return change(actor, async ({ tx, audit, live }) => {
        if (disabled) await lockAdministrators(tx);
        const administered = disabled ? await administeredBy(tx, id) : [];
        const edit = { id, version, name: name?.trim().normalize('NFC'), disabled, passwordHash };
        if (!(await updateMember(tx, edit)))
          throw new AppError('stale_version', { details: { current: await found(tx, id) } });
        await assertAdministered(tx, administered);
        const ended = disabled || passwordHash ? await sessions.revokeAllOf(tx, actor, id) : 0;
        audit({
          act: 'member.edited',
          objectKind: 'member',
          objectId: id,
          payload: { name, disabled, passwordChanged: password !== undefined, sessionsEnded: ended },
        });
        live({ topic: 'member', id });
        return found(tx, id);
      });
    },

    async appoint(actor, id, draft) {
      await foundFor(actor, id);
      await assertAppointment(actor, draft, '');
      return change(actor, async ({ tx, audit, live }) => {
        await insertAppointments(tx, actor, id, [draft]);
        await bumpMember(tx, id);
        audit({ act: 'member.appointed', objectKind: 'member', objectId: id, payload: draft });
        live({ topic: 'member', id });
        live({ topic: 'member', id, memberId: id });
        return found(tx, id);
      });
    },

    async endAppointment(actor, id) {
      const appointment = await findAppointment(db, id);
      if (appointment === null) throw new AppError('not_found');
      await foundFor(actor, appointment.memberId);
      demand(actor, 'people.manage', { ownerPath: appointment.unitPath });
      if (appointment.over) return;
      const { memberId, unitId, role } = appointment;
      await change(actor, async ({ tx, audit, live }) => {
        await lockAdministrators(tx);
        const administered = role === 'admin' ? await administeredBy(tx, memberId) : [];
        await endAppointmentNow(tx, id);
        await assertAdministered(tx, administered);
        await bumpMember(tx, memberId);
        audit({
          act: 'member.appointment_ended',
          objectKind: 'member',
          objectId: memberId,
          payload: { appointmentId: id, unitId, role },
        });
        live({ topic: 'member', id: memberId });
        live({ topic: 'member', id: memberId, memberId });
      });
    },
  };
}
