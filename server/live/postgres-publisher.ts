import { sql } from 'kysely';
import { liveChannel } from '../audit/change.js';
import type { Database } from '../database/database.js';
import type { Live } from './live.js';

/** Sends live events without listening for any: what a worker needs. */
export function createPostgresPublisher({ db }: { db: Database }): Pick<Live, 'publish'> {
  return {
    async publish(event) {
      await sql`select pg_notify(${liveChannel}, ${JSON.stringify(event)})`.execute(db);
    },
  };
}
