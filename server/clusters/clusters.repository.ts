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

/** Why a claim has to stay where it is: a check stands on it, perhaps with a fact in a released pack. */
export async function heldBy(
  tx: DatabaseTransaction,
  claimId: string,
): Promise<'check' | 'released_fact' | null> {
  const row = await tx
    .selectFrom('checks as k')
    .where('k.leadClaimId', '=', claimId)
    .select(
      sql<boolean>`exists (select from check_versions v join pack_facts f on f.check_version_id = v.id
        join pack_versions p on p.id = f.pack_version_id where v.check_id = k.id and p.state = 'released')`.as(
        'released',
      ),
    )
    .executeTakeFirst();
  if (row === undefined) return null;
  return row.released ? 'released_fact' : 'check';
}

/** Gives what the cluster was about before. */
export async function updateTopic(
  tx: DatabaseTransaction,
  clusterId: string,
  topic: string | null,
): Promise<string | null> {
  const before = await tx
    .selectFrom('clusters')
    .where('id', '=', clusterId)
    .select('topic')
    .forUpdate()
    .executeTakeFirstOrThrow();
  await tx.updateTable('clusters').set({ topic }).where('id', '=', clusterId).execute();
  return before.topic;
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
  // What a claim is about goes with it where nobody has said so yet.
  await sql`update clusters set topic = came.topic from clusters came
    where clusters.id = ${to}::uuid and clusters.topic is null and came.id = ${from}::uuid and came.topic is not null`.execute(
    tx,
  );
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

/** Who reported the cluster's claims in that state, each once, with one of their claims. */
export async function reportersOf(
  tx: DatabaseTransaction,
  { clusterId, state }: { clusterId: string; state: ClaimState },
): Promise<{ id: string; reporterId: string }[]> {
  return tx
    .selectFrom('claims')
    .where('clusterId', '=', clusterId)
    .where('state', '=', state)
    .distinctOn('reporterId')
    .orderBy('reporterId')
    .select(['id', 'reporterId'])
    .execute();
}
