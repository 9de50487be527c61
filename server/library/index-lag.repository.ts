import { sql } from 'kysely';
import type { Database } from '../database/database.js';

/** How far a follower of the change log is behind, in milliseconds; null when the log does not know it. */
export type IndexLag = (follower: string) => Promise<number | null>;

/** Asks the database, so that any process can tell how any index stands. */
export function createIndexLag({ db }: { db: Database }): IndexLag {
  return async (follower) => {
    const { rows } = await sql<{ ms: number }>`
      select coalesce(extract(epoch from now() - min(c.at)) * 1000, 0)::float8 as ms
        from index_followers f
        left join index_changes c on c.seq > f.floor_seq
         and not exists (select from index_acks a where a.follower = f.name and a.seq = c.seq)
       where f.name = ${follower}
       group by f.name`.execute(db);
    return rows[0]?.ms ?? null;
  };
}
