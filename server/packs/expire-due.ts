import { sql } from 'kysely';
import { appendAudit, liveChannel } from '../audit/change.js';
import { type Database, transact } from '../database/database.js';
import type { LiveEvent } from '../live/live.js';

/**
 * Ends released packs whose time has passed and tells how many. Readers do not wait for it: an overdue pack is
 * not live from the moment it is overdue. Nobody acts, so the audit log names the clock.
 */
export function expireDue({ db }: { db: Database }): Promise<number> {
  return transact(db, {}, async (tx) => {
    const due = await tx
      .updateTable('packVersions')
      .set({ state: 'expired' })
      .where('state', '=', 'released')
      .where('expiresAt', '<=', sql<string>`now()`)
      .returning(['id', 'expiresAt'])
      .execute();
    for (const { id } of due) {
      const event: LiveEvent = { topic: 'release', id };
      await sql`select pg_notify(${liveChannel}, ${JSON.stringify(event)})`.execute(tx);
    }
    await appendAudit(
      tx,
      { actorId: null, role: 'clock' },
      due.map(({ id, expiresAt }) => ({
        act: 'pack.expired',
        objectKind: 'pack',
        objectId: id,
        payload: { expiresAt },
      })),
    );
    return due.length;
  });
}
