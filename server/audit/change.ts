import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, type DatabaseTransaction, transact } from '../database/database.js';
import type { LiveEvent } from '../live/live.js';
import { type Actor, rolesInWords } from '../sessions/actor.js';

/** One line of the audit log. The payload can be erased later; its hash stays in the chain. */
export interface AuditEntry {
  /** `noun.verb`, such as `pack.recalled`. */
  act: string;
  objectKind: string;
  objectId: string | null;
  payload?: unknown;
}

/** What a use case works with: the transaction, and what is to be told when it commits. */
export interface ChangeContext {
  tx: DatabaseTransaction;
  audit(entry: AuditEntry): void;
  live(event: LiveEvent): void;
}

/**
 * Runs a use case as one transaction: the change, its audit rows, its live events and the answer kept for an
 * idempotent repeat are all there or none is.
 */
export type Change = <T>(actor: Actor, work: (context: ChangeContext) => Promise<T>) => Promise<T>;

/** `idempotency_keys.status` once the answer is stored. */
export const idempotencyDone = 1;

/** Channel of PostgreSQL NOTIFY that carries live events between processes. */
export const liveChannel = 'tathya_live';

function payloadHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Appends audit rows; the database numbers and chains them. */
export async function appendAudit(
  tx: DatabaseTransaction,
  who: { actorId: string | null; role: string; requestId?: string | undefined },
  entries: readonly AuditEntry[],
): Promise<void> {
  for (const { act, objectKind, objectId, payload } of entries) {
    const text = JSON.stringify(payload ?? {});
    const row = await tx
      .insertInto('audit')
      .values({
        seq: 0,
        actorId: who.actorId,
        role: who.role,
        act,
        objectKind,
        objectId,
        requestId: who.requestId ?? null,
        payloadHash: payloadHash(text),
        previousHash: '',
        hash: '',
      })
      .returning('seq')
      .executeTakeFirstOrThrow();
    await tx.insertInto('auditPayloads').values({ seq: row.seq, payload: text }).execute();
  }
}

/**
 * The answer another request with the same key has stored meanwhile: a slow first upload outlives the time after which
 * its key may be taken again, and then the two meet here. The key's row is held until the transaction ends.
 */
async function earlierAnswer(tx: DatabaseTransaction, actor: Actor): Promise<{ body: unknown } | null> {
  if (actor.idempotencyKey === undefined) return null;
  const row = await tx
    .selectFrom('idempotencyKeys')
    .select(['status', 'body'])
    .where('memberId', '=', actor.memberId)
    .where('key', '=', actor.idempotencyKey)
    .forUpdate()
    .executeTakeFirst();
  return row?.status === idempotencyDone ? { body: row.body } : null;
}

export function createChange({ db }: { db: Database }): Change {
  return (actor, work) =>
    transact(db, { actorId: actor.memberId }, async (tx) => {
      const repeat = await earlierAnswer(tx, actor);
      // Checked edge: the same use case stored this answer for the same key.
      if (repeat !== null) return repeat.body as Awaited<ReturnType<typeof work>>;
      const entries: AuditEntry[] = [];
      const events: LiveEvent[] = [];
      const result = await work({
        tx,
        audit: (entry) => entries.push(entry),
        live: (event) => events.push(event),
      });
      if (actor.idempotencyKey !== undefined) {
        await tx
          .updateTable('idempotencyKeys')
          .set({ body: JSON.stringify(result ?? null), status: idempotencyDone })
          .where('memberId', '=', actor.memberId)
          .where('key', '=', actor.idempotencyKey)
          .execute();
      }
      for (const event of events) {
        await sql`select pg_notify(${liveChannel}, ${JSON.stringify(event)})`.execute(tx);
      }
      // Last, because the chain lets one transaction at a time pass.
      await appendAudit(
        tx,
        { actorId: actor.memberId, role: rolesInWords(actor), requestId: actor.requestId },
        entries,
      );
      return result;
    });
}
