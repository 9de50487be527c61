import { createHash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../database/database.js';
import { signInLimits } from './session.policy.js';

export interface Attempt {
  login: string;
  address: string;
}

export type Judgement =
  | { allowed: true }
  /** `first` is true for the one attempt that met the limit, so that a flood is told of once. */
  | { allowed: false; retryAfterSeconds: number; first: boolean };

/** Counts sign-ins in the database, so that all processes share the count and a restart forgives nothing. */
export interface SignInLimits {
  /** Counts an attempt before its password is looked at: attempts sent together cannot slip by. */
  take(attempt: Attempt): Promise<Judgement>;
  /** Takes back the count of an attempt that turned out right. */
  forgive(attempt: Attempt): Promise<void>;
}

/** What the library asks of a client of PostgreSQL, over our pool. */
function storeClient(db: Database) {
  return {
    async query({ text, values = [] }: { text: string; values?: unknown[] }) {
      const { rows, numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, values));
      return { rows, rowCount: Number(numAffectedRows ?? rows.length) };
    },
  };
}

export function createSignInLimits({ db }: { db: Database }): SignInLimits {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: storeClient(db),
      storeType: 'pool',
      schemaName: 'tathya',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: signInLimits.windowSeconds,
    });
  const byAddress = limiter('sign-in-address', signInLimits.perAddress);
  const byAccount = limiter('sign-in-account', signInLimits.perAccount);

  async function take(counter: RateLimiterPostgres, key: string): Promise<Judgement> {
    try {
      await counter.consume(key);
      return { allowed: true };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return {
        allowed: false,
        retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)),
        first: refusal.consumedPoints === counter.points + 1,
      };
    }
  }

  // What is typed as a name is at times a password, so it is not written down.
  const accountKey = (login: string) => createHash('sha256').update(login).digest('hex');

  return {
    async take({ login, address }) {
      // The address first: one that is over its limit can no longer lock accounts.
      const judgement = await take(byAddress, address);
      return judgement.allowed ? take(byAccount, accountKey(login)) : judgement;
    },
    async forgive({ login, address }) {
      await byAccount.delete(accountKey(login));
      await byAddress.reward(address);
    },
  };
}
