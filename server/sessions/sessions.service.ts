import { createHash, randomBytes } from 'node:crypto';
import type { Static } from 'typebox';
import { type AuditEntry, appendAudit, type Change } from '../audit/change.js';
import { roleCapabilities } from '../contract/capabilities.js';
import type { Me, MeEdit, SessionList } from '../contract/session.js';
import { type Database, type DatabaseTransaction, transact } from '../database/database.js';
import { AppError } from '../errors.js';
import { type Actor, rolesInWords } from './actor.js';
import { passwordMatches, spendPasswordTime } from './passwords.js';
import { hasEnded, seenLongAgo, sessionLife } from './session.policy.js';
import {
  type Credentials,
  endSession,
  endSessionsOf,
  findCredentials,
  findSession,
  insertSession,
  listSessions,
  readMe,
  removeSpent,
  type SessionRow,
  setLanguage,
  touchSession,
} from './sessions.repository.js';
import type { SignInLimits } from './sign-in-limits.js';

export interface SignInRequest {
  login: string;
  password: string;
  /** What to call a device that is new. */
  deviceLabel: string;
  /** Where the request comes from. */
  address: string;
  /** The browser's own cookies: the device it was, the session it had. */
  deviceCookie?: string | null;
  previousToken?: string | null;
  requestId?: string;
}

export interface SignedIn {
  /** The cookie's secret; only its hash is kept. */
  token: string;
  deviceId: string;
  me: Me;
  /** When the session ends at the latest. */
  expiresAt: string;
}

export interface SessionsService {
  /** Throws `wrong_password` for whatever is wrong, and `too_many_requests` before looking when there were too many. */
  signIn(request: SignInRequest): Promise<SignedIn>;
  /** Who holds this secret, as of this moment: nothing is remembered between requests. */
  authenticate(token: string): Promise<Actor | null>;
  signOut(actor: Actor): Promise<void>;
  me(actor: Actor): Promise<Me>;
  editMe(actor: Actor, edit: MeEdit): Promise<Me>;
  list(actor: Actor): Promise<Static<typeof SessionList>>;
  /** Ends one of the actor's own sessions. Throws `not_found` for any other. */
  revoke(actor: Actor, id: string): Promise<void>;
  /** Ends a member's sessions inside another's transaction; an actor who is the member keeps the present one. */
  revokeAllOf(tx: DatabaseTransaction, actor: Actor, memberId: string): Promise<number>;
  /** Housekeeping, to be called once a day. */
  removeSpent(): Promise<void>;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

function actorOf(row: SessionRow): Actor {
  const { memberId, name, language, sessionId, deviceId } = row;
  const appointments = row.appointments.map((held) => ({
    ...held,
    capabilities: roleCapabilities[held.role],
  }));
  return { memberId, name, language, sessionId, deviceId, appointments };
}

const rolesOf = (row: SessionRow) => row.appointments.map(({ role }) => role);

export function createSessionsService({
  db,
  change,
  limits,
}: {
  db: Database;
  change: Change;
  limits: SignInLimits;
}): SessionsService {
  async function audit(entry: AuditEntry, requestId: string | undefined): Promise<void> {
    await transact(db, {}, (tx) => appendAudit(tx, { actorId: null, role: 'none', requestId }, [entry]));
  }

  async function refuse(request: SignInRequest, reason: string, memberId: string | null): Promise<never> {
    // The login is left out: people type their password into the wrong field.
    const payload = { reason, address: request.address };
    await audit(
      { act: 'session.refused', objectKind: 'member', objectId: memberId, payload },
      request.requestId,
    );
    throw new AppError('wrong_password');
  }

  async function judge(request: SignInRequest, login: string): Promise<Credentials> {
    const found = await findCredentials(db, login);
    if (found === null) {
      await spendPasswordTime(request.password);
      return refuse(request, 'unknown_login', null);
    }
    const matches = await passwordMatches(found.passwordHash, request.password);
    if (!matches) return refuse(request, 'wrong_password', found.memberId);
    if (found.disabled) return refuse(request, 'disabled', found.memberId);
    return found;
  }

  async function describe(tx: Database | DatabaseTransaction, actor: Actor): Promise<Me> {
    const stored = await readMe(tx, actor.memberId);
    const capabilities = new Set(actor.appointments.flatMap((held) => held.capabilities));
    return { ...stored, deviceId: actor.deviceId, capabilities: [...capabilities] };
  }

  async function open(request: SignInRequest, { memberId, roles }: Credentials): Promise<SignedIn> {
    const token = randomBytes(32).toString('base64url');
    const { totalMs } = sessionLife(roles);
    const cookie = request.deviceCookie ?? '';
    const device = { id: uuid.test(cookie) ? cookie : null, label: request.deviceLabel };
    return transact(db, { actorId: memberId }, async (tx) => {
      if (request.previousToken) await endSession(tx, { tokenHash: hashOf(request.previousToken) });
      await insertSession(tx, { memberId, tokenHash: hashOf(token), totalMs, device });
      const row = await findSession(tx, hashOf(token));
      // Disabled in this very moment.
      if (row === null) throw new AppError('wrong_password');
      const actor = actorOf(row);
      const me = await describe(tx, actor);
      const payload = { address: request.address, deviceId: actor.deviceId };
      await appendAudit(tx, { actorId: memberId, role: rolesInWords(actor), requestId: request.requestId }, [
        { act: 'session.signed_in', objectKind: 'session', objectId: actor.sessionId, payload },
      ]);
      const expiresAt = new Date(Date.parse(row.now) + totalMs).toISOString();
      return { token, deviceId: actor.deviceId, me, expiresAt };
    });
  }

  return {
    async signIn(request) {
      // Phones like to begin a word with a capital letter.
      const login = request.login.trim().toLowerCase();
      const judgement = await limits.take({ login, address: request.address });
      if (!judgement.allowed) {
        const { retryAfterSeconds, first } = judgement;
        const payload = { reason: 'too_many', address: request.address };
        if (first) {
          await audit(
            { act: 'session.refused', objectKind: 'member', objectId: null, payload },
            request.requestId,
          );
        }
        throw new AppError('too_many_requests', { details: { retryAfterSeconds } });
      }
      const credentials = await judge(request, login);
      await limits.forgive({ login, address: request.address });
      return open(request, credentials);
    },

    async authenticate(token) {
      if (!/^[\w-]{43}$/.test(token)) return null;
      const row = await findSession(db, hashOf(token));
      if (row === null || hasEnded(row, rolesOf(row))) return null;
      if (seenLongAgo(row)) await touchSession(db, row);
      return actorOf(row);
    },

    async signOut(actor) {
      await change(actor, async ({ tx, audit: note }) => {
        await endSession(tx, { memberId: actor.memberId, id: actor.sessionId });
        note({ act: 'session.signed_out', objectKind: 'session', objectId: actor.sessionId });
      });
    },

    me: (actor) => describe(db, actor),

    async editMe(actor, { language }) {
      return change(actor, async ({ tx, audit: note }) => {
        await setLanguage(tx, actor.memberId, language);
        note({
          act: 'member.edited',
          objectKind: 'member',
          objectId: actor.memberId,
          payload: { language },
        });
        return describe(tx, actor);
      });
    },

    async list(actor) {
      const open = await listSessions(db, { memberId: actor.memberId, current: actor.sessionId });
      const now = new Date().toISOString();
      const roles = actor.appointments.map(({ role }) => role);
      return { items: open.filter((session) => session.current || !hasEnded({ ...session, now }, roles)) };
    },

    async revoke(actor, id) {
      await change(actor, async ({ tx, audit: note }) => {
        if ((await endSession(tx, { memberId: actor.memberId, id })) === null)
          throw new AppError('not_found');
        note({ act: 'session.revoked', objectKind: 'session', objectId: id });
      });
    },

    revokeAllOf: (tx, actor, memberId) =>
      endSessionsOf(tx, { memberId, except: actor.memberId === memberId ? actor.sessionId : null }),

    removeSpent: () => removeSpent(db),
  };
}
