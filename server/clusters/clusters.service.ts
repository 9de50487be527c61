import type { Change, ChangeContext } from '../audit/change.js';
import type { Capability } from '../contract/capabilities.js';
import type { Claim, ClusterDetail, ClusterJoin } from '../contract/claim.js';
import type { ClaimState } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { readClusterDetail } from './cluster-detail.repository.js';
import { stateAfterMove } from './clusters.policy.js';
import {
  type ClusterMove,
  clusterOfClaim,
  countClaims,
  insertCluster,
  isKnownCluster,
  leadsCheck,
  lockClusters,
  moveClaim,
  moveStates,
  workOn,
} from './clusters.repository.js';

/** Claims that say the same thing, brought together and taken apart as recorded acts. */
export interface ClustersService {
  /** As far as the actor may know of it. */
  read(actor: Actor, claimId: string): Promise<ClusterDetail>;
  join(actor: Actor, claimId: string, join: ClusterJoin): Promise<Claim>;
  /** Gives the claim a fresh cluster of its own. */
  leave(actor: Actor, claimId: string): Promise<Claim>;
  /** For other features: nobody else joins, leaves, checks or verifies in this cluster until the transaction ends. */
  lock(tx: DatabaseTransaction, clusterId: string): Promise<void>;
  /** For other features: moves the cluster's claims that are in one of the states and tells of it; gives their ids. */
  moveStates(
    context: Pick<ChangeContext, 'tx' | 'live'>,
    move: { clusterId: string; from: readonly ClaimState[]; to: ClaimState },
  ): Promise<string[]>;
}

interface Subject {
  clusterId: string;
  state: ClaimState;
  restricted: boolean;
  ownerPath: readonly string[];
  reporterId: string;
}

export interface ClustersDependencies {
  db: Database;
  change: Change;
  audiences: { of(actor: Actor, within?: DatabaseTransaction): Promise<Viewer> };
  claims: {
    read(actor: Actor, id: string): Promise<Claim>;
    subject(actor: Actor, id: string, capability: Capability, tx?: DatabaseTransaction): Promise<Subject>;
    readWithin(tx: DatabaseTransaction, actor: Actor, id: string): Promise<Claim>;
  };
}

const leadStays = {
  hi: 'इस दावे पर तथ्य-जाँच टिकी है, इसलिए यह अपने समूह से नहीं हट सकता। दूसरे दावे को इस समूह में जोड़ें।',
  en: 'A check stands on this claim, so it stays in its cluster. Join the other claim to this cluster instead.',
};

/** The desk hears of open claims; a reporter outside it hears of its own. */
function tell(
  live: ChangeContext['live'],
  claim: { id: string } & Omit<Subject, 'clusterId' | 'state'>,
): void {
  const { id, restricted, ownerPath, reporterId } = claim;
  live({ topic: 'claim', id, ...(restricted && { ownerPath }) });
  live({ topic: 'claim', id, memberId: reporterId });
}

type Act = Pick<ClusterMove, 'act' | 'method' | 'score'>;

export function createClustersService({
  db,
  change,
  audiences,
  claims,
}: ClustersDependencies): ClustersService {
  /** `choose` gives the target, or null when there is nothing to do; it runs under the locks. */
  function move(
    actor: Actor,
    claimId: string,
    act: Act,
    target: string | null,
    choose: (tx: DatabaseTransaction, from: string) => Promise<string | null>,
  ): Promise<Claim> {
    return change(actor, async ({ tx, audit, live }) => {
      const before = await claims.subject(actor, claimId, 'claims.triage', tx);
      await lockClusters(tx, target === null ? [before.clusterId] : [before.clusterId, target]);
      const from = await clusterOfClaim(tx, claimId);
      if (from !== before.clusterId) throw new AppError('conflict');
      const subject = await claims.subject(actor, claimId, 'claims.triage', tx);
      const to = await choose(tx, from);
      if (to === null) return claims.readWithin(tx, actor, claimId);
      if (await leadsCheck(tx, claimId)) throw new AppError('conflict', { messages: leadStays });
      const state = stateAfterMove(subject.state, await workOn(tx, to));
      await moveClaim(tx, { claimId, from, to, state, memberId: actor.memberId, ...act });
      const payload = { from, to, method: act.method, score: act.score, state };
      audit({ act: `claim.${act.act}`, objectKind: 'claim', objectId: claimId, payload });
      tell(live, { ...subject, id: claimId });
      return claims.readWithin(tx, actor, claimId);
    });
  }

  return {
    async read(actor, claimId) {
      const { cluster } = await claims.read(actor, claimId);
      return readClusterDetail(db, await audiences.of(actor), cluster.id);
    },

    join(actor, claimId, { clusterId, method = 'person', score = null }) {
      return move(actor, claimId, { act: 'joined', method, score }, clusterId, async (tx, from) => {
        if (!(await isKnownCluster(tx, await audiences.of(actor, tx), clusterId)))
          throw new AppError('not_found');
        return from === clusterId ? null : clusterId;
      });
    },

    leave(actor, claimId) {
      return move(actor, claimId, { act: 'left', method: 'person', score: null }, null, async (tx, from) => {
        if ((await countClaims(tx, from)) > 1) return insertCluster(tx);
        return null;
      });
    },

    lock: (tx, clusterId) => lockClusters(tx, [clusterId]),

    async moveStates({ tx, live }, move) {
      const moved = await moveStates(tx, move);
      for (const claim of moved) tell(live, claim);
      return moved.map(({ id }) => id);
    },
  };
}
