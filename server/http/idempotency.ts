import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { idempotencyDone } from '../audit/change.js';
import type { Database } from '../database/database.js';
import { AppError } from '../errors.js';

export interface IdempotentRequest {
  memberId: string;
  key: string;
  /** Endpoint and address, so that a key cannot answer another question. */
  route: string;
  body: unknown;
}

export type Claimed = { repeat: false } | { repeat: true; body: unknown };

export interface Idempotency {
  /** Takes the key for this request, or gives the first answer back. A request still under way is waited for. */
  claim(request: IdempotentRequest): Promise<Claimed>;
  /** Lets the key be used again after a refusal that changed nothing. */
  release(request: IdempotentRequest): Promise<void>;
}

const pending = 0;
/** A first request without an outcome for this long has died; its change, kept in one transaction, never happened. */
const abandonedAfterMs = 60_000;

export function createIdempotency({ db }: { db: Database }): Idempotency {
  function hashOf(request: IdempotentRequest): string {
    return createHash('sha256')
      .update(JSON.stringify([request.route, request.body ?? null]))
      .digest('hex');
  }

  async function tryClaim(request: IdempotentRequest): Promise<boolean> {
    const { memberId, key, route } = request;
    const inserted = await db
      .insertInto('idempotencyKeys')
      .values({ memberId, key, route, requestHash: hashOf(request), status: pending })
      .onConflict((conflict) =>
        conflict
          .columns(['memberId', 'key'])
          .doUpdateSet({ createdAt: new Date().toISOString() })
          .where('idempotencyKeys.status', '=', pending)
          .where('idempotencyKeys.createdAt', '<', new Date(Date.now() - abandonedAfterMs).toISOString()),
      )
      .returning('key')
      .executeTakeFirst();
    return inserted !== undefined;
  }

  return {
    async claim(request) {
      const deadline = Date.now() + 10_000;
      for (;;) {
        if (await tryClaim(request)) return { repeat: false };
        const row = await db
          .selectFrom('idempotencyKeys')
          .select(['requestHash', 'status', 'body'])
          .where('memberId', '=', request.memberId)
          .where('key', '=', request.key)
          .executeTakeFirst();
        if (row !== undefined) {
          if (row.requestHash !== hashOf(request)) throw new AppError('idempotency_mismatch');
          if (row.status === idempotencyDone) return { repeat: true, body: row.body };
        }
        if (Date.now() > deadline) throw new AppError('unavailable', { details: { retryAfterSeconds: 5 } });
        await wait(50);
      }
    },
    async release({ memberId, key }) {
      await db
        .deleteFrom('idempotencyKeys')
        .where('memberId', '=', memberId)
        .where('key', '=', key)
        .where('status', '=', pending)
        .execute();
    },
  };
}
