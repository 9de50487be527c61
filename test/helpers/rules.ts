import { sql } from 'kysely';
import { type Database, type DatabaseTransaction, transact } from '../../server/database/database.js';
import type { World } from './world.js';

/** What the database said no with: the code before the colon, or its SQLSTATE. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!(cause instanceof Error)) throw error;
    const state = 'code' in cause ? String(cause.code) : '';
    return state === 'TATHY' ? (cause.message.split(':')[0] ?? '') : state;
  }
  throw new Error('the database allowed it');
}

export type As = <T>(memberId: string | null, work: (tx: DatabaseTransaction) => Promise<T>) => Promise<T>;

export function actingOn(db: Database): As {
  return (memberId, work) => transact(db, { actorId: memberId }, work);
}

async function oneId(rows: Promise<{ id: string }>): Promise<string> {
  return (await rows).id;
}

/** A claim in its own cluster, and a draft check of it by a member. */
export async function draftCheck(
  as: As,
  world: World,
  author: string,
): Promise<{ claim: string; check: string; version: string; cluster: string }> {
  return as(author, async (tx) => {
    const cluster = await oneId(
      tx.insertInto('clusters').defaultValues().returning('id').executeTakeFirstOrThrow(),
    );
    const claim = await oneId(
      tx
        .insertInto('claims')
        .values({
          clusterId: cluster,
          kind: 'other',
          text: 'नदी का पुल टूट गया',
          language: 'hi',
          reporterId: author,
          ownerUnitId: world.units.S,
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const check = await oneId(
      tx
        .insertInto('checks')
        .values({ clusterId: cluster, leadClaimId: claim, ownerUnitId: world.units.S, createdBy: author })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    const version = await oneId(
      tx
        .insertInto('checkVersions')
        .values({ checkId: check, clusterId: cluster, number: 1, verdict: 'false', createdBy: author })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    await tx
      .insertInto('checkTexts')
      .values({
        checkVersionId: version,
        language: 'hi',
        headline: 'पुल सुरक्षित है',
        summary: 'विभाग ने पुष्टि की।',
      })
      .execute();
    return { claim, check, version, cluster };
  });
}

export async function addEvidence(
  as: As,
  {
    check,
    version,
    author,
    tier = 'press',
    url,
  }: {
    check: string;
    version: string;
    author: string;
    tier?: 'primary' | 'official' | 'press' | 'social';
    url: string;
  },
): Promise<string> {
  return as(author, async (tx) => {
    const { id } = await tx
      .insertInto('evidence')
      .values({ checkId: check, publisher: `Publisher of ${url}`, tier, url, createdBy: author })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx.insertInto('checkEvidence').values({ checkVersionId: version, evidenceId: id }).execute();
    return id;
  });
}

export async function submitCheck(as: As, version: string, author: string): Promise<void> {
  await as(author, (tx) =>
    tx.updateTable('checkVersions').set({ state: 'in_review' }).where('id', '=', version).execute(),
  );
}

export async function shownHash(db: Database, version: string): Promise<string> {
  const { rows } = await sql<{ hash: string }>`select check_version_hash(${version}) as hash`.execute(db);
  return rows[0]?.hash ?? '';
}

export async function verifyCheck(
  as: As,
  db: Database,
  version: string,
  reviewer: string,
  extra: { exceptionAcceptedBy?: string } = {},
): Promise<void> {
  const hash = await shownHash(db, version);
  await as(reviewer, (tx) =>
    tx
      .updateTable('checkVersions')
      .set({ state: 'verified', verifiedBy: reviewer, verifiedHash: hash, ...extra })
      .where('id', '=', version)
      .execute(),
  );
}

/** A verified fact made by the researcher and verified by the reviewer; gives its check version's id and the rest. */
export async function verifiedFact(as: As, db: Database, world: World) {
  const { researcher, reviewer } = world.members;
  const made = await draftCheck(as, world, researcher);
  const first = await addEvidence(as, {
    ...made,
    author: researcher,
    tier: 'official',
    url: 'https://example.org/one',
  });
  const second = await addEvidence(as, { ...made, author: researcher, url: 'https://example.org/two' });
  await submitCheck(as, made.version, researcher);
  await verifyCheck(as, db, made.version, reviewer);
  return { ...made, evidence: [first, second] as const };
}

/** A check with two sources, submitted and waiting for a second person. */
export async function checkInReview(as: As, world: World, author = world.members.researcher) {
  const made = await draftCheck(as, world, author);
  const one = await addEvidence(as, { ...made, author, tier: 'official', url: 'https://example.org/a' });
  const two = await addEvidence(as, { ...made, author, url: 'https://example.org/b' });
  await submitCheck(as, made.version, author);
  return { ...made, one, two };
}
