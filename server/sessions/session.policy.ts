import type { Role } from '../contract/lists.js';

/** How long a session lives, in milliseconds: without use, and in all. */
export interface SessionLife {
  idleMs: number;
  totalMs: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** Desk sessions end soon (OWASP ASVS 7.3: both limits); phones of district teams stay signed in for a campaign. */
export function sessionLife(roles: readonly Role[]): SessionLife {
  const onlyDistrict = roles.length > 0 && roles.every((role) => role === 'district');
  return onlyDistrict
    ? { idleMs: 30 * day, totalMs: 90 * day }
    : { idleMs: 2 * 60 * minute, totalMs: 12 * 60 * minute };
}

/** The times of a session, as ISO texts; `now` is the database's clock. */
export interface SessionTimes {
  createdAt: string;
  lastSeenAt: string;
  now: string;
}

/** Judged by the roles held now: a phone whose owner became a reviewer is a desk from then on. */
export function hasEnded({ createdAt, lastSeenAt, now }: SessionTimes, roles: readonly Role[]): boolean {
  const { idleMs, totalMs } = sessionLife(roles);
  const moment = Date.parse(now);
  return moment - Date.parse(lastSeenAt) >= idleMs || moment - Date.parse(createdAt) >= totalMs;
}

/** Being seen is written at most this often, so that reading stays reading. */
export function seenLongAgo({ lastSeenAt, now }: SessionTimes): boolean {
  return Date.parse(now) - Date.parse(lastSeenAt) >= minute;
}

/** Wrong passwords allowed in a quarter of an hour: per account, and per address over all accounts. */
export const signInLimits = { perAccount: 10, perAddress: 100, windowSeconds: 15 * 60 } as const;
