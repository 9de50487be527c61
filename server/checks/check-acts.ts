import type { Change, ChangeContext } from '../audit/change.js';
import type { Capability } from '../contract/capabilities.js';
import type { CheckVersion } from '../contract/check.js';
import type { ClaimState } from '../contract/lists.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import type { Viewer } from '../database/visibility.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { demand } from '../sessions/permission.policy.js';
import { type CheckSubject, findVersionSubject, readVersion } from './checks.repository.js';

/** What checks need of clusters. */
export interface ClusterClaims {
  lock(tx: DatabaseTransaction, clusterId: string): Promise<void>;
  moveStates(
    context: Pick<ChangeContext, 'tx' | 'live'>,
    move: { clusterId: string; from: readonly ClaimState[]; to: ClaimState },
  ): Promise<string[]>;
  tellReporters(
    context: Pick<ChangeContext, 'tx' | 'live'>,
    which: { clusterId: string; state: ClaimState },
  ): Promise<void>;
}

export interface CheckActsDependencies {
  db: Database;
  change: Change;
  audiences: { of(actor: Actor, within?: DatabaseTransaction): Promise<Viewer> };
}

export interface VersionAct extends ChangeContext {
  subject: CheckSubject;
  /** The version as it is now, to be shown with a refusal or judged. */
  read(): Promise<CheckVersion>;
}

/** What every use case on one version of a check begins and ends with. */
export interface CheckActs {
  read(actor: Actor, id: string): Promise<CheckVersion>;
  /** For use cases with a transaction of their own. */
  readWithin(tx: DatabaseTransaction, actor: Actor, id: string): Promise<CheckVersion>;
  /** Throws unless the actor may do this to the version. */
  subject(actor: Actor, id: string, capability: Capability, tx?: DatabaseTransaction): Promise<CheckSubject>;
  /** One audited transaction; answers with the version as it then is, or with another one `work` names. */
  act(
    actor: Actor,
    id: string,
    capability: Capability,
    work: (act: VersionAct) => Promise<string | undefined>,
  ): Promise<CheckVersion>;
}

/** The desk hears of open checks; of restricted ones those placed on their unit or above it. */
export function tellOfCheck(
  live: ChangeContext['live'],
  id: string,
  { restricted, ownerPath }: { restricted: boolean; ownerPath: readonly string[] },
): void {
  live({ topic: 'check', id, ...(restricted && { ownerPath }) });
}

export function createCheckActs({ db, change, audiences }: CheckActsDependencies): CheckActs {
  async function readIn(reader: Database | DatabaseTransaction, viewer: Viewer, id: string) {
    const version = await readVersion(reader, viewer, id);
    if (version === undefined) throw new AppError('not_found');
    return version;
  }

  async function readWithin(tx: DatabaseTransaction, actor: Actor, id: string): Promise<CheckVersion> {
    return readIn(tx, await audiences.of(actor, tx), id);
  }

  async function subject(actor: Actor, id: string, capability: Capability, tx?: DatabaseTransaction) {
    const found = await findVersionSubject(tx ?? db, id);
    if (found === undefined) throw new AppError('not_found');
    demand(actor, capability, found);
    return found;
  }

  return {
    subject,
    readWithin,
    async read(actor, id) {
      return readIn(db, await audiences.of(actor), id);
    },
    act(actor, id, capability, work) {
      return change(actor, async (context) => {
        const { tx, live } = context;
        const found = await subject(actor, id, capability, tx);
        const read = () => readWithin(tx, actor, id);
        const shown = (await work({ ...context, subject: found, read })) ?? id;
        tellOfCheck(live, shown, found);
        return readWithin(tx, actor, shown);
      });
    },
  };
}
