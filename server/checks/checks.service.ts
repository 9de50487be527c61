import type { Change } from '../audit/change.js';
import type { Capability } from '../contract/capabilities.js';
import type { CheckDraft, CheckEdit, CheckListQuery, CheckPage, CheckVersion } from '../contract/check.js';
import type { ClaimState } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import type { Quotas } from '../uploads/quotas.js';
import { type ClusterClaims, createCheckActs, tellOfCheck, type VersionAct } from './check-acts.js';
import { insertCheck, insertNextVersion, submitDraft, updateDraft } from './check-writes.repository.js';
import { demandCheckable, demandDates, demandReady } from './checks.policy.js';
import { findNewestOfCluster, listVersions } from './checks.repository.js';
import { createDecisions, type Decisions } from './decisions.js';
import { createEvidenceService, type EvidenceService } from './evidence.service.js';

/** The work on what a cluster's claims say, version by version, until a second person verifies it. */
export interface ChecksService extends Decisions, EvidenceService {
  list(actor: Actor, query: CheckListQuery): Promise<CheckPage>;
  read(actor: Actor, id: string): Promise<CheckVersion>;
  /** Opens what there is of the cluster's check: its open version, else its live fact, else a new draft. */
  start(actor: Actor, draft: CheckDraft): Promise<CheckVersion>;
  /** `version` is the one the actor looked at; an older one is refused with the draft as it is now. */
  edit(actor: Actor, id: string, version: number, edit: CheckEdit): Promise<CheckVersion>;
  submit(actor: Actor, id: string, version: number): Promise<CheckVersion>;
}

interface ClaimSubject {
  clusterId: string;
  state: ClaimState;
  ownerUnitId: string;
  ownerPath: readonly string[];
  restricted: boolean;
}

export interface ChecksDependencies {
  db: Database;
  change: Change;
  audiences: { of(actor: Actor, within?: DatabaseTransaction): Promise<Viewer> };
  quotas: Pick<Quotas, 'confirm'>;
  claims: {
    subject(
      actor: Actor,
      id: string,
      capability: Capability,
      tx?: DatabaseTransaction,
    ): Promise<ClaimSubject>;
  };
  clusters: ClusterClaims;
}

async function stale({ read }: VersionAct): Promise<never> {
  throw new AppError('stale_version', { details: { current: await read() } });
}

export function createChecksService(dependencies: ChecksDependencies): ChecksService {
  const { db, change, audiences, claims, clusters, quotas } = dependencies;
  const acts = createCheckActs({ db, change, audiences });

  return {
    ...createDecisions({ acts, clusters }),
    ...createEvidenceService({ db, change, acts, quotas }),
    read: acts.read,

    async list(actor, query) {
      return listVersions(db, await audiences.of(actor), query);
    },

    start(actor, { claimId }) {
      const { memberId } = actor;
      return change(actor, async ({ tx, audit, live }) => {
        const { clusterId } = await claims.subject(actor, claimId, 'checks.write', tx);
        await clusters.lock(tx, clusterId);
        // Asked again under the lock: it may just have joined another cluster.
        const claim = await claims.subject(actor, claimId, 'checks.write', tx);
        if (claim.clusterId !== clusterId) throw new AppError('conflict');
        const newest = await findNewestOfCluster(tx, clusterId);
        if (newest !== undefined && newest.state !== 'void') {
          return acts.readWithin(tx, actor, newest.id);
        }
        demandCheckable(claim.state);
        const id =
          newest === undefined
            ? await insertCheck(tx, {
                clusterId,
                leadClaimId: claimId,
                ownerUnitId: claim.ownerUnitId,
                memberId,
              })
            : await insertNextVersion(tx, {
                fromId: (await acts.subject(actor, newest.id, 'checks.write', tx)).id,
                memberId,
                keepVerdict: false,
              });
        const move = { clusterId, from: ['new', 'triaged'], to: 'checking' } as const;
        const moved = await clusters.moveStates({ tx, live }, move);
        const payload = { claimId, clusterId, basedOn: newest?.id ?? null, claims: moved };
        audit({ act: 'check.started', objectKind: 'check_version', objectId: id, payload });
        tellOfCheck(live, id, newest ?? claim);
        return acts.readWithin(tx, actor, id);
      });
    },

    edit(actor, id, version, edit) {
      return acts.act(actor, id, 'checks.write', async (act) => {
        const { tx, subject, audit, read } = act;
        if (subject.version !== version) return stale(act);
        if (subject.state !== 'draft') throw new AppError('wrong_state');
        const { asOf, reviewBy } = await read();
        demandDates({ asOf, reviewBy, ...edit });
        if (!(await updateDraft(tx, { id, version, edit }))) return stale(act);
        audit({ act: 'check.edited', objectKind: 'check_version', objectId: id, payload: edit });
        return undefined;
      });
    },

    submit(actor, id, version) {
      return acts.act(actor, id, 'checks.write', async (act) => {
        const { tx, subject, audit, read } = act;
        if (subject.version !== version) return stale(act);
        if (subject.state !== 'draft') throw new AppError('wrong_state');
        demandReady(await read());
        if (!(await submitDraft(tx, { id, version }))) return stale(act);
        audit({ act: 'check.submitted', objectKind: 'check_version', objectId: id });
        return undefined;
      });
    },
  };
}
