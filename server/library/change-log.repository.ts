import { sql } from 'kysely';
import { type ChangeLog, FollowerUnknownError } from '../../search/change-log.js';
import type { Database } from '../database/database.js';
import type { IndexDocuments } from './index-documents.repository.js';

/** Longer than any write transaction may run: behind it every commit has shown itself. */
const safeMinutes = 10;
/** A follower not heard of for this long is taken for dead and must fill its index again. */
const asleepMinutes = 60;
const tidyEveryMs = 60_000;

/** Highest sequence below which nothing can appear any more. */
const safeFloor = sql<number>`(select coalesce(max(seq), 0) from index_changes
  where at < now() - make_interval(mins => ${safeMinutes}))`;

/** The change log over `index_changes`: what the database's triggers noted, and who has seen to it. */
export function createChangeLog({
  db,
  documents,
}: {
  db: Database;
  documents: Pick<IndexDocuments, 'all'>;
}): ChangeLog {
  let tidiedAt = 0;

  /** Moves floors up over what was acknowledged, forgets the dead and deletes what nobody needs; one process at a time. */
  async function tidy(): Promise<void> {
    if (Date.now() - tidiedAt < tidyEveryMs) return;
    tidiedAt = Date.now();
    await db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ mine: boolean }>`
        select pg_try_advisory_xact_lock(hashtext('tathya.index_tidy')) as mine`.execute(tx);
      if (rows[0]?.mine !== true) return;
      await sql`delete from index_followers
        where seen_at < now() - make_interval(mins => ${asleepMinutes})`.execute(tx);
      await sql`update index_followers f set floor_seq = greatest(f.floor_seq, least(${safeFloor},
        coalesce((select min(c.seq) - 1 from index_changes c where c.seq > f.floor_seq
          and not exists (select 1 from index_acks a where a.follower = f.name and a.seq = c.seq)), ${safeFloor})))`.execute(
        tx,
      );
      await sql`delete from index_acks a using index_followers f
        where f.name = a.follower and a.seq <= f.floor_seq`.execute(tx);
      await sql`delete from index_changes where seq <= least(${safeFloor},
        coalesce((select min(floor_seq) from index_followers), ${safeFloor}))`.execute(tx);
    });
  }

  return {
    async register(follower) {
      await db.deleteFrom('indexAcks').where('follower', '=', follower).execute();
      await db
        .insertInto('indexFollowers')
        .values({ name: follower, floorSeq: safeFloor })
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet({ floorSeq: sql`excluded.floor_seq`, seenAt: sql`now()` }),
        )
        .execute();
    },

    async pending(follower, limit) {
      const known = await db
        .selectFrom('indexFollowers')
        .where('name', '=', follower)
        .select(['floorSeq', sql<boolean>`seen_at < now() - interval '1 minute'`.as('quiet')])
        .executeTakeFirst();
      if (known === undefined) throw new FollowerUnknownError(follower);
      if (known.quiet) {
        await db
          .updateTable('indexFollowers')
          .set({ seenAt: sql`now()` })
          .where('name', '=', follower)
          .execute();
      }
      await tidy();
      return db
        .selectFrom('indexChanges as c')
        .where('c.seq', '>', known.floorSeq)
        .where(
          sql<boolean>`not exists (select 1 from index_acks a where a.follower = ${follower} and a.seq = c.seq)`,
        )
        .orderBy('c.seq')
        .limit(limit)
        .select(['c.seq', 'c.kind', 'c.objectId'])
        .execute();
    },

    async acknowledge(follower, seqs) {
      if (seqs.length === 0) return;
      await sql`insert into index_acks (follower, seq)
        select ${follower}, seq from unnest(${seqs}::bigint[]) seq
         where exists (select 1 from index_followers where name = ${follower})
        on conflict do nothing`.execute(db);
    },

    async forget(follower) {
      await db.deleteFrom('indexFollowers').where('name', '=', follower).execute();
    },

    allDocuments: () => documents.all(),
  };
}

/** Makes every follower begin again: each finds itself unknown and fills its index anew. */
export async function forgetFollowers(db: Database): Promise<void> {
  await db.deleteFrom('indexFollowers').execute();
}
