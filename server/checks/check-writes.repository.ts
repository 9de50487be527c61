import { sql } from 'kysely';
import type { CheckEdit, CheckTexts, EvidenceDraft } from '../contract/check.js';
import { languages } from '../contract/lists.js';
import type { DatabaseTransaction } from '../database/database.js';
import { recordFile } from '../database/record-file.js';

/** A check of the cluster with its first draft; gives the draft's id. */
export async function insertCheck(
  tx: DatabaseTransaction,
  {
    clusterId,
    leadClaimId,
    ownerUnitId,
    memberId,
  }: { clusterId: string; leadClaimId: string; ownerUnitId: string; memberId: string },
): Promise<string> {
  const { id: checkId } = await tx
    .insertInto('checks')
    .values({ clusterId, leadClaimId, ownerUnitId, createdBy: memberId })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await tx
    .insertInto('checkVersions')
    .values({ checkId, clusterId, number: 1, createdBy: memberId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * The next draft, with texts and sources of the version it is based on. After a void fact the verdict must be
 * found anew, so it is not carried over.
 */
export async function insertNextVersion(
  tx: DatabaseTransaction,
  { fromId, memberId, keepVerdict }: { fromId: string; memberId: string; keepVerdict: boolean },
): Promise<string> {
  const from = await tx
    .selectFrom('checkVersions')
    .where('id', '=', fromId)
    .selectAll()
    .executeTakeFirstOrThrow();
  const { id } = await tx
    .insertInto('checkVersions')
    .values({
      checkId: from.checkId,
      clusterId: from.clusterId,
      number: from.number + 1,
      basedOn: from.id,
      verdict: keepVerdict ? from.verdict : null,
      authenticity: from.authenticity,
      asOf: from.asOf,
      reviewBy: from.reviewBy,
      sourceException: from.sourceException,
      createdBy: memberId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`insert into check_texts (check_version_id, language, headline, summary)
    select ${id}::uuid, language, headline, summary from check_texts where check_version_id = ${from.id}::uuid`.execute(
    tx,
  );
  await sql`insert into check_evidence (check_version_id, evidence_id, stance)
    select ${id}::uuid, evidence_id, stance from check_evidence where check_version_id = ${from.id}::uuid`.execute(
    tx,
  );
  return id;
}

async function putTexts(tx: DatabaseTransaction, versionId: string, texts: CheckTexts): Promise<void> {
  for (const language of languages) {
    const text = texts[language];
    if (text === undefined) continue;
    const { headline, summary, correctionNote = null } = text;
    await tx
      .insertInto('checkTexts')
      .values({ checkVersionId: versionId, language, headline, summary, correctionNote })
      .onConflict((conflict) =>
        conflict.columns(['checkVersionId', 'language']).doUpdateSet({ headline, summary, correctionNote }),
      )
      .execute();
  }
}

/** Writes what is given if the version still is the one seen; the database counts it up. False when it is not. */
export async function updateDraft(
  tx: DatabaseTransaction,
  { id, version, edit }: { id: string; version: number; edit: CheckEdit },
): Promise<boolean> {
  const { texts, ...fields } = edit;
  const { numUpdatedRows } = await tx
    .updateTable('checkVersions')
    .set({ ...fields, updatedAt: sql`now()` })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  if (texts !== undefined) await putTexts(tx, id, texts);
  return true;
}

export async function insertEvidence(
  tx: DatabaseTransaction,
  {
    versionId,
    checkId,
    draft,
    memberId,
  }: { versionId: string; checkId: string; draft: EvidenceDraft; memberId: string },
): Promise<string> {
  const { stance = 'refutes', capturedAt, ...source } = draft;
  const { id } = await tx
    .insertInto('evidence')
    .values({
      checkId,
      url: source.url ?? null,
      publisher: source.publisher,
      quote: source.quote ?? null,
      tier: source.tier,
      interestNote: source.interestNote ?? null,
      ...(capturedAt !== undefined && { capturedAt }),
      createdBy: memberId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('checkEvidence')
    .values({ checkVersionId: versionId, evidenceId: id, stance })
    .execute();
  return id;
}

/** Takes a source out of a draft; it is gone for good when no other version stands on it. */
export async function removeEvidence(
  tx: DatabaseTransaction,
  { versionId, evidenceId }: { versionId: string; evidenceId: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('checkEvidence')
    .where('checkVersionId', '=', versionId)
    .where('evidenceId', '=', evidenceId)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  await tx
    .deleteFrom('evidence')
    .where('id', '=', evidenceId)
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('checkEvidence').select('evidenceId').where('evidenceId', '=', evidenceId)),
      ),
    )
    .execute();
  return true;
}

/** Attaches the captured copy unless there is one already: a proof is not exchanged. */
export async function captureFile(
  tx: DatabaseTransaction,
  { evidenceId, sha256, size, mime }: { evidenceId: string; sha256: string; size: number; mime: string },
): Promise<boolean> {
  await recordFile(tx, { sha256, size, mime });
  const { numUpdatedRows } = await tx
    .updateTable('evidence')
    .set({ fileSha256: sha256 })
    .where('id', '=', evidenceId)
    .where('fileSha256', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Asks for verification if the draft still is the one seen. */
export async function submitDraft(
  tx: DatabaseTransaction,
  { id, version }: { id: string; version: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('checkVersions')
    .set({ state: 'in_review' })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Verifies what was shown; the database compares the hash, the people and the sources. False when it is not in review. */
export async function verifyVersion(
  tx: DatabaseTransaction,
  {
    id,
    memberId,
    hash,
    acceptException,
  }: { id: string; memberId: string; hash: string; acceptException: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('checkVersions')
    .set({
      state: 'verified',
      verifiedBy: memberId,
      verifiedHash: hash,
      ...(acceptException && {
        exceptionAcceptedBy: sql`case when source_exception is not null then ${memberId}::uuid end`,
      }),
    })
    .where('id', '=', id)
    .where('state', '=', 'in_review')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function returnVersion(
  tx: DatabaseTransaction,
  { id, comment }: { id: string; comment: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('checkVersions')
    .set({ state: 'draft', returnComment: comment })
    .where('id', '=', id)
    .where('state', '=', 'in_review')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function voidVersion(
  tx: DatabaseTransaction,
  { id, reason }: { id: string; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('checkVersions')
    .set({ state: 'void', voidReason: reason })
    .where('id', '=', id)
    .where('state', '=', 'verified')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
