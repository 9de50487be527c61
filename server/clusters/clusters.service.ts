import type { Change, ChangeContext } from '../audit/change.js';
import type { Capability } from '../contract/capabilities.js';
import type { Claim, ClaimDraft, ClusterDetail, ClusterJoin, ClusterTopic } from '../contract/claim.js';
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
  heldBy,
  insertCluster,
  isKnownCluster,
  lockClusters,
  moveClaim,
  moveStates,
  reportersOf,
  updateTopic,
  workOn,
} from './clusters.repository.js';

/** Claims that say the same thing, brought together and taken apart as recorded acts. */
export interface ClustersService {
  /** Logs a claim and, when asked to, brings it into a cluster: both or neither. */
  log(actor: Actor, draft: ClaimDraft): Promise<Claim>;
  /** As far as the actor may know of it. */
  read(actor: Actor, claimId: string): Promise<ClusterDetail>;
  join(actor: Actor, claimId: string, join: ClusterJoin): Promise<Claim>;
  /** Gives the claim a fresh cluster of its own. */
  leave(actor: Actor, claimId: string): Promise<Claim>;
  /** Says what the claim's cluster is about, and so its fact. */
  setTopic(actor: Actor, claimId: string, topic: ClusterTopic): Promise<Claim>;
  /** For other features: nobody else joins, leaves, checks or verifies in this cluster until the transaction ends. */
  lock(tx: DatabaseTransaction, clusterId: string): Promise<void>;
  /** For other features: moves the cluster's claims that are in one of the states and tells of it; gives their ids. */
  moveStates(
    context: Pick<ChangeContext, 'tx' | 'live'>,
    move: { clusterId: string; from: readonly ClaimState[]; to: ClaimState },
  ): Promise<string[]>;
  /** For other features: tells those who reported the cluster's claims in that state. */
  tellReporters(
    context: Pick<ChangeContext, 'tx' | 'live'>,
    which: { clusterId: string; state: ClaimState },
  ): Promise<void>;
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
    create(
      actor: Actor,
      draft: Omit<ClaimDraft, 'join'>,
      also: (context: ChangeContext, claimId: string) => Promise<void>,
    ): Promise<Claim>;
    subject(actor: Actor, id: string, capability: Capability, tx?: DatabaseTransaction): Promise<Subject>;
    readWithin(tx: DatabaseTransaction, actor: Actor, id: string): Promise<Claim>;
  };
  topics: { demandKnown(tx: DatabaseTransaction, code: string): Promise<void> };
}

const stays = {
  check: {
    hi: 'इस दावे पर तथ्य-जाँच टिकी है, इसलिए यह अपने समूह से नहीं हट सकता। दूसरे दावे को इस समूह में जोड़ें।',
    en: 'A check stands on this claim, so it stays in its cluster. Join the other claim to this cluster instead.',
  },
  released_fact: {
    hi: 'इस दावे का अपना तथ्य जारी पैक में है, इसलिए इसे दूसरे समूह में नहीं रखा जा सकता। दूसरे दावे को इस समूह में जोड़ें।',
    en: 'This claim’s own fact stands in a released pack, so it cannot be moved under another. Join the other claim to this cluster instead.',
  },
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
  topics,
}: ClustersDependencies): ClustersService {
  /** `choose` gives the target, or null when there is nothing to do; it runs under the locks. */
  async function move(
    { tx, audit, live }: ChangeContext,
    actor: Actor,
    claimId: string,
    act: Act,
    target: string | null,
    choose: (tx: DatabaseTransaction, from: string) => Promise<string | null>,
  ): Promise<void> {
    const before = await claims.subject(actor, claimId, 'claims.triage', tx);
    await lockClusters(tx, target === null ? [before.clusterId] : [before.clusterId, target]);
    const from = await clusterOfClaim(tx, claimId);
    if (from !== before.clusterId) throw new AppError('conflict');
    const subject = await claims.subject(actor, claimId, 'claims.triage', tx);
    const to = await choose(tx, from);
    if (to === null) return;
    const held = await heldBy(tx, claimId);
    if (held !== null) throw new AppError('conflict', { messages: stays[held] });
    const state = stateAfterMove(subject.state, await workOn(tx, to));
    await moveClaim(tx, { claimId, from, to, state, memberId: actor.memberId, ...act });
    const payload = { from, to, method: act.method, score: act.score, state };
    audit({ act: `claim.${act.act}`, objectKind: 'claim', objectId: claimId, payload });
    tell(live, { ...subject, id: claimId });
  }

  function join(
    context: ChangeContext,
    actor: Actor,
    claimId: string,
    { clusterId, method = 'person', score }: ClusterJoin,
  ): Promise<void> {
    const act: Act = { act: 'joined', method, score: score ?? null };
    return move(context, actor, claimId, act, clusterId, async (tx, from) => {
      if (!(await isKnownCluster(tx, await audiences.of(actor, tx), clusterId)))
        throw new AppError('not_found');
      return from === clusterId ? null : clusterId;
    });
  }

  return {
    async read(actor, claimId) {
      const { cluster } = await claims.read(actor, claimId);
      return readClusterDetail(db, await audiences.of(actor), cluster.id);
    },

    log(actor, { join: wanted, ...draft }) {
      return claims.create(actor, draft, async (context, claimId) => {
        if (wanted !== undefined) await join(context, actor, claimId, wanted);
      });
    },

    join(actor, claimId, wanted) {
      return change(actor, async (context) => {
        await join(context, actor, claimId, wanted);
        return claims.readWithin(context.tx, actor, claimId);
      });
    },

    leave(actor, claimId) {
      return change(actor, async (context) => {
        const act: Act = { act: 'left', method: 'person', score: null };
        await move(context, actor, claimId, act, null, async (tx, from) =>
          (await countClaims(tx, from)) > 1 ? insertCluster(tx) : null,
        );
        return claims.readWithin(context.tx, actor, claimId);
      });
    },

    setTopic(actor, claimId, { topic }) {
      return change(actor, async ({ tx, audit, live }) => {
        const subject = await claims.subject(actor, claimId, 'claims.triage', tx);
        if (topic !== null) await topics.demandKnown(tx, topic);
        const { clusterId } = subject;
        const from = await updateTopic(tx, clusterId, topic);
        if (from !== topic) {
          const payload = { clusterId, from, to: topic };
          audit({ act: 'claim.topic_set', objectKind: 'claim', objectId: claimId, payload });
          tell(live, { ...subject, id: claimId });
        }
        return claims.readWithin(tx, actor, claimId);
      });
    },

    lock: (tx, clusterId) => lockClusters(tx, [clusterId]),

    async moveStates({ tx, live }, move) {
      const moved = await moveStates(tx, move);
      for (const claim of moved) tell(live, claim);
      return moved.map(({ id }) => id);
    },

    async tellReporters({ tx, live }, which) {
      for (const { id, reporterId } of await reportersOf(tx, which)) {
        live({ topic: 'claim', id, memberId: reporterId });
      }
    },
  };
}
