import type { Static } from 'typebox';
import type { AuditPage, AuditQuery } from '../contract/administration.js';
import type { Database } from '../database/database.js';
import type { Actor } from '../sessions/actor.js';
import { demandAtTop } from '../sessions/permission.policy.js';
import { listAudit } from './audit.repository.js';
import { type Verification, verifyChain } from './verify-chain.js';

export interface AuditService {
  list(actor: Actor, query: AuditQuery): Promise<Static<typeof AuditPage>>;
  verify(actor: Actor): Promise<Verification>;
}

/** The log tells of the whole organisation, so only its top may read it. */
export function createAuditService({ db }: { db: Database }): AuditService {
  return {
    async list(actor, { before, limit = 50 }) {
      demandAtTop(actor, 'audit.read');
      const items = await listAudit(db, { before, limit });
      const last = items.at(-1)?.seq ?? 1;
      return { items, nextBefore: items.length === limit && last > 1 ? last : null };
    },

    async verify(actor) {
      demandAtTop(actor, 'audit.read');
      return verifyChain(db);
    },
  };
}
