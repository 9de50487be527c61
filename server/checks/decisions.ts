import type { CheckVersion, ReturnDecision, VerifyDecision, VoidDecision } from '../contract/check.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import type { CheckActs, ClusterClaims } from './check-acts.js';
import { insertNextVersion, returnVersion, verifyVersion, voidVersion } from './check-writes.repository.js';
import { findNewestOfCluster } from './checks.repository.js';

/** What a second person decides about a check, and what becomes of a fact. */
export interface Decisions {
  /**
   * Makes the version in review the cluster's one live fact. The database refuses the work of one's own
   * (`own_work`), too few sources and anything that is not what was shown (`version_shown_differs`).
   */
  verify(actor: Actor, id: string, decision: VerifyDecision): Promise<CheckVersion>;
  return(actor: Actor, id: string, decision: ReturnDecision): Promise<CheckVersion>;
  /** Opens the next version of a live fact, which stands until that one is verified. */
  correct(actor: Actor, id: string): Promise<CheckVersion>;
  /** Takes a fact back; the claims it answered are open again. */
  void(actor: Actor, id: string, decision: VoidDecision): Promise<CheckVersion>;
}

export function createDecisions({ acts, clusters }: { acts: CheckActs; clusters: ClusterClaims }): Decisions {
  return {
    verify(actor, id, { hash, acceptException = false }) {
      return acts.act(actor, id, 'checks.verify', async ({ tx, audit, live, subject }) => {
        const { clusterId } = subject;
        await clusters.lock(tx, clusterId);
        const decision = { id, memberId: actor.memberId, hash, acceptException };
        if (!(await verifyVersion(tx, decision))) throw new AppError('wrong_state');
        const move = { clusterId, from: ['new', 'triaged', 'checking'], to: 'answered' } as const;
        const claims = await clusters.moveStates({ tx, live }, move);
        // Those who were told of the version before are told of this one.
        await clusters.tellReporters({ tx, live }, { clusterId, state: 'answered' });
        const payload = { hash, acceptException, claims };
        audit({ act: 'check.verified', objectKind: 'check_version', objectId: id, payload });
        return undefined;
      });
    },

    return(actor, id, { comment }) {
      return acts.act(actor, id, 'checks.verify', async ({ tx, audit }) => {
        if (!(await returnVersion(tx, { id, comment }))) throw new AppError('wrong_state');
        audit({ act: 'check.returned', objectKind: 'check_version', objectId: id, payload: { comment } });
        return undefined;
      });
    },

    correct(actor, id) {
      return acts.act(actor, id, 'checks.write', async ({ tx, audit, subject }) => {
        const { clusterId } = subject;
        await clusters.lock(tx, clusterId);
        const newest = await findNewestOfCluster(tx, clusterId);
        // Someone else has begun: two people correct one fact together.
        const open = newest?.state === 'draft' || newest?.state === 'in_review';
        if (open && newest.id !== id) return newest.id;
        if (newest?.id !== id || newest.state !== 'verified') throw new AppError('wrong_state');
        const next = await insertNextVersion(tx, { fromId: id, memberId: actor.memberId, keepVerdict: true });
        const payload = { basedOn: id };
        audit({ act: 'check.correction_started', objectKind: 'check_version', objectId: next, payload });
        return next;
      });
    },

    void(actor, id, { reason }) {
      return acts.act(actor, id, 'checks.verify', async ({ tx, audit, live, subject }) => {
        const { clusterId } = subject;
        await clusters.lock(tx, clusterId);
        if (!(await voidVersion(tx, { id, reason }))) throw new AppError('wrong_state');
        const move = { clusterId, from: ['answered'], to: 'checking' } as const;
        const claims = await clusters.moveStates({ tx, live }, move);
        audit({
          act: 'check.voided',
          objectKind: 'check_version',
          objectId: id,
          payload: { reason, claims },
        });
        return undefined;
      });
    },
  };
}
