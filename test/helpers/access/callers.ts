import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Role } from '../../../server/contract/lists.js';
import type { TestApp } from '../app.js';
import { type Client, createClient } from '../client.js';
import type { UnitCode } from '../world.js';

/**
 * The columns of the matrix, in this order. `disabled` is a reviewer of the whole whose session is still open but who
 * was disabled meanwhile; the last three sit at a desk of the second district only.
 */
export const callers = [
  'anonymous',
  'disabled',
  'researcher',
  'designer',
  'reviewer',
  'observer',
  'admin',
  'district.a',
  'district.b',
  'assembly.a',
  'desk.d2',
  'reviewer.d2',
  'admin.d2',
] as const;
export type Caller = (typeof callers)[number];

/** Those the small organisation does not have. */
const newcomers: readonly { login: Caller; roles: readonly Role[]; unit: UnitCode }[] = [
  { login: 'disabled', roles: ['reviewer'], unit: 'S' },
  { login: 'desk.d2', roles: ['researcher', 'designer'], unit: 'D2' },
  { login: 'reviewer.d2', roles: ['reviewer'], unit: 'D2' },
  { login: 'admin.d2', roles: ['admin'], unit: 'D2' },
];

export interface Callers {
  /** Member id of each but the anonymous. */
  ids: Record<Exclude<Caller, 'anonymous'>, string>;
  as(caller: Caller): Promise<Client>;
  /** A further session of the same member, for what ends sessions. */
  freshly(caller: Caller): Promise<Client & { sessionId: string }>;
}

/** Opens a session the way signing in does, without the second a password takes. */
export async function openSession(
  house: TestApp,
  memberId: string,
): Promise<{ sessionId: string; cookie: string }> {
  const token = randomBytes(32).toString('base64url');
  const tokenHash = createHash('sha256').update(token).digest('hex');
  const { rows } = await sql<{ id: string }>`
    with device as (insert into devices (member_id, label) values (${memberId}, 'Matrix') returning id)
    insert into sessions (token_hash, member_id, device_id, expires_at)
    select ${tokenHash}, ${memberId}, id, now() + interval '1 hour' from device returning id`.execute(
    house.db,
  );
  return { sessionId: rows[0]?.id ?? '', cookie: `tathya_session=${token}` };
}

export async function addMember(
  house: TestApp,
  { login, roles, unit }: { login: string; roles: readonly Role[]; unit: UnitCode },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with member as (
      insert into members (login, name, password_hash)
      select ${login}, ${`Person ${login}`}, password_hash from members where login = 'observer' returning id
    ), held as (
      insert into appointments (member_id, unit_id, role, valid_from)
      select id, ${house.world.units[unit]}, role, '2026-01-01' from member, unnest(${[...roles]}::text[]) role
    ) select id from member`.execute(house.ownerDb);
  return rows[0]?.id ?? '';
}

/** Everyone the matrix asks as, signed in; one of them disabled since. */
export async function createCallers(house: TestApp): Promise<Callers> {
  const added: Partial<Record<Caller, string>> = {};
  for (const newcomer of newcomers) added[newcomer.login] = await addMember(house, newcomer);
  // Checked edge: what the small organisation lacks was added just above.
  const ids = { ...house.world.members, ...added } as Callers['ids'];
  const clients = new Map<Caller, Client>([['anonymous', house.anonymous]]);

  async function freshly(caller: Caller) {
    if (caller === 'anonymous') return { ...house.anonymous, sessionId: '' };
    const { sessionId, cookie } = await openSession(house, ids[caller]);
    return { ...createClient(house.app, cookie), sessionId };
  }

  for (const caller of callers.slice(1)) clients.set(caller, await freshly(caller));
  const disabled = await clients.get('disabled')?.inject({ method: 'GET', url: '/api/me' });
  if (disabled?.statusCode !== 200) throw new Error('the member to be disabled never was signed in');
  await sql`update members set disabled_at = now() where login = 'disabled'`.execute(house.ownerDb);

  return {
    ids,
    freshly,
    async as(caller) {
      const client = clients.get(caller);
      if (client === undefined) throw new Error(`nobody is called ${caller}`);
      return client;
    },
  };
}
