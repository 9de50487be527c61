import { sql } from 'kysely';
import type { AppearanceDraft, ClaimDraft } from '../contract/claim.js';
import type { ClaimState, MediaKind } from '../contract/lists.js';
import type { DatabaseTransaction } from '../database/database.js';
import { recordFile } from '../database/record-file.js';

/** Writes a claim in a cluster of its own, with the act that says so, and gives its id. */
export async function insertClaim(
  tx: DatabaseTransaction,
  { draft, reporterId, ownerUnitId }: { draft: ClaimDraft; reporterId: string; ownerUnitId: string },
): Promise<string> {
  const { claimant, appearances = [], topic = null } = draft;
  const cluster = await tx.insertInto('clusters').values({ topic }).returning('id').executeTakeFirstOrThrow();
  const claim = await tx
    .insertInto('claims')
    .values({
      clusterId: cluster.id,
      kind: draft.kind ?? 'other',
      text: draft.text,
      language: draft.language,
      claimantName: claimant?.name ?? null,
      claimantKind: claimant?.kind ?? 'unknown',
      claimantUrl: claimant?.url ?? null,
      reporterId,
      ownerUnitId,
      restricted: draft.restricted ?? false,
      reachEstimate: draft.reachEstimate ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('clusterActs')
    .values({ claimId: claim.id, act: 'created', toClusterId: cluster.id, memberId: reporterId })
    .execute();
  await insertAppearances(tx, claim.id, reporterId, appearances);
  return claim.id;
}

export async function insertAppearances(
  tx: DatabaseTransaction,
  claimId: string,
  memberId: string,
  appearances: readonly AppearanceDraft[],
): Promise<void> {
  if (appearances.length === 0) return;
  await tx
    .insertInto('claimAppearances')
    .values(
      appearances.map(({ channel, url, seenAt, unitId }) => ({
        claimId,
        channel,
        url: url ?? null,
        seenAt,
        unitId: unitId ?? null,
        createdBy: memberId,
      })),
    )
    .execute();
}

/** Counts the claim's version up, so that whoever looked at it before knows it as stale. */
export async function touchClaim(tx: DatabaseTransaction, id: string): Promise<void> {
  await tx
    .updateTable('claims')
    .set({ version: sql`version + 1`, updatedAt: sql`now()` })
    .where('id', '=', id)
    .execute();
}

/** Moves a claim if it still is the version seen; false when it is not. */
export async function updateClaimState(
  tx: DatabaseTransaction,
  { id, version, state, reason }: { id: string; version: number; state: ClaimState; reason: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('claims')
    .set({ state, stateReason: reason, version: sql`version + 1`, updatedAt: sql`now()` })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes the claim if it is free, its lease ran out or it is the member's already. */
export async function takeLease(
  tx: DatabaseTransaction,
  { id, memberId, minutes }: { id: string; memberId: string; minutes: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('claims')
    .set({
      assigneeId: memberId,
      leaseUntil: sql`now() + make_interval(mins => ${minutes})`,
      version: sql`version + 1`,
      updatedAt: sql`now()`,
    })
    .where('id', '=', id)
    .where(sql<boolean>`(lease_until is null or lease_until <= now() or assignee_id = ${memberId}::uuid)`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Frees the claim if the member holds it or nobody does any more. */
export async function dropLease(
  tx: DatabaseTransaction,
  { id, memberId }: { id: string; memberId: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('claims')
    .set({ assigneeId: null, leaseUntil: null, version: sql`version + 1`, updatedAt: sql`now()` })
    .where('id', '=', id)
    .where(sql<boolean>`(lease_until is null or lease_until <= now() or assignee_id = ${memberId}::uuid)`)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface NewMedia {
  claimId: string;
  sha256: string;
  size: number;
  mime: string;
  kind: MediaKind;
  name: string;
  memberId: string;
}

/** Hangs a stored file on a claim; the same file a second time changes nothing and gives null. */
export async function insertMedia(tx: DatabaseTransaction, media: NewMedia): Promise<string | null> {
  const { sha256, size, mime } = media;
  await recordFile(tx, { sha256, size, mime });
  const row = await tx
    .insertInto('claimMedia')
    .values({
      claimId: media.claimId,
      fileSha256: sha256,
      kind: media.kind,
      name: media.name,
      createdBy: media.memberId,
    })
    .onConflict((conflict) => conflict.columns(['claimId', 'fileSha256']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Notes that the reporter has opened the claim as its live fact answers it now. */
export async function insertAnswerSeen(
  tx: DatabaseTransaction,
  { id, withFact }: { id: string; withFact: boolean },
): Promise<void> {
  await sql`insert into answers_seen (claim_id, check_version_id, with_fact)
    select c.id, v.id, ${withFact} from claims c join check_versions v on v.cluster_id = c.cluster_id
     where c.id = ${id}::uuid and c.state = 'answered' and v.state = 'verified'
    on conflict do nothing`.execute(tx);
}
