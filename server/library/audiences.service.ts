import { sql } from 'kysely';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { Viewer } from '../database/visibility.js';
import type { Actor } from '../sessions/actor.js';
import { holds } from '../sessions/permission.policy.js';
import { audienceFor } from './audience.policy.js';

/** Says what a member may see, for searches and for lists. */
export interface Audiences {
  /** `within` is the transaction at hand; the pool otherwise. No query for desk members. */
  of(actor: Actor, within?: DatabaseTransaction): Promise<Viewer>;
}

export function createAudiences({ db }: { db: Database }): Audiences {
  return {
    async of(actor, within) {
      const { memberId } = actor;
      if (holds(actor, 'desk.read')) return { ...audienceFor(actor, new Set()), memberId };
      const unitIds = [...new Set(actor.appointments.map(({ unitId }) => unitId))];
      const { rows } = await sql<{ unitId: string }>`
        select unit_id from unnest(${unitIds}::uuid[]) unit_id
         where exists (select 1 from silence_over(unit_id, now()))`.execute(within ?? db);
      return { ...audienceFor(actor, new Set(rows.map(({ unitId }) => unitId))), memberId };
    },
  };
}
