import { sql } from 'kysely';
import type { ClaimState, ClusterMethod } from '../contract/lists.js';
import type { DatabaseTransaction } from '../database/database.js';
import { mayKnowClaim, type Viewer } from '../database/visibility.js';

/** Held to the end of the transaction, in one order, so that joining, checking and verifying never interleave. */
export async function lockClusters(tx: DatabaseTransaction, ids: readonly string[]): Promise<void> {
  for (const id of [...new Set(ids)].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`cluster ${id}`}, 0))`.execute(tx);
  }
}

/** Where a claim is now: asked again under the lock. */
export async function clusterOfClaim(tx: DatabaseTransaction, claimId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('claims')
    .where('id', '=', claimId)
    .select('clusterId')
    .forUpdate()
    .executeTakeFirst();
  return row?.clusterId;
}

/** Whether there is a claim in the cluster that the viewer may know of. */
export async function isKnownCluster(
  tx: DatabaseTransaction,
  viewer: Viewer,
  clusterId: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('claims as c')
    .where('c.clusterId', '=', clusterId)
    .where(mayKnowClaim(viewer, 'c'))
    .select('c.id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What a cluster has come to: a live fact, a check under way, or neither. */
export async function workOn(
  tx: DatabaseTransaction,
  clusterId: string,
): Promise<{ fact: boolean; open: boolean }> {
  const rows = await tx
    .selectFrom('checkVersions')
    .where('clusterId', '=', clusterId)
    .where('state', 'in', ['verified', 'draft', 'in_review'])
    .select('state')
    .execute();
  const fact = rows.some(({ state }) => state === 'verified');
  return { fact, open: rows.length > (fact ? 1 : 0) };
}

export async function leadsCheck(tx: DatabaseTransaction, claimId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('checks')
    .where('leadClaimId', '=', claimId)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertCluster(tx: DatabaseTransaction): Promise<string> {
  const { id } = await tx.insertInto('clusters').defaultValues().returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function countClaims(tx: DatabaseTransaction, clusterId: string): Promise<number> {
  const { claims } = await tx
    .selectFrom('claims')
    .where('clusterId', '=', clusterId)
    .select((eb) => eb.fn.countAll<number>().as('claims'))
    .executeTakeFirstOrThrow();
  return claims;
}

export interface ClusterMove {
  claimId: string;
  from: string;
  to: string;
  state: ClaimState;
  act: 'joined' | 'left';
  method: ClusterMethod;
  score: number | null;
  memberId: string;
}

/** Moves the claim and records the act; leaving undoes the act that brought it in. */
export async function moveClaim(tx: DatabaseTransaction, move: ClusterMove): Promise<void> {
  const { claimId, from, to, state, act, method, score, memberId } = move;
  await tx
    .updateTable('claims')
    .set({ clusterId: to, state, version: sql`version + 1`, updatedAt: sql`now()` })
    .where('id', '=', claimId)
    .execute();
  const brought =
    act === 'left'
      ? await tx
          .selectFrom('clusterActs')
          .where('claimId', '=', claimId)
          .where('act', '=', 'joined')
          .where('toClusterId', '=', from)
          .orderBy('at', 'desc')
          .select('id')
          .limit(1)
          .executeTakeFirst()
      : undefined;
  await tx
    .insertInto('clusterActs')
    .values({
      claimId,
      act: brought === undefined ? act : 'undone',
      fromClusterId: from,
      toClusterId: to,
      method,
      score,
      undoes: brought?.id ?? null,
      memberId,
    })
    .execute();
}

export interface MovedClaim {
  id: string;
  restricted: boolean;
  ownerPath: string[];
  reporterId: string;
}

/** Moves every claim of a cluster that is in one of the states; gives those moved. */
export async function moveStates(
  tx: DatabaseTransaction,
  { clusterId, from, to }: { clusterId: string; from: readonly ClaimState[]; to: ClaimState },
): Promise<MovedClaim[]> {
  return tx
    .updateTable('claims')
    .set({ state: to, stateReason: null, version: sql`version + 1`, updatedAt: sql`now()` })
    .where('clusterId', '=', clusterId)
    .where('state', 'in', from)
    .returning(['id', 'restricted', 'reporterId', sql<string[]>`unit_path(owner_unit_id)`.as('ownerPath')])
    .execute();
}
