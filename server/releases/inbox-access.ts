import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import {
  inboxAppointments,
  nearestPost,
  type Post,
  recalledError,
  silenceOver,
  silentError,
  unitsSeen,
} from './inbox.policy.js';
import { findInboxRelease, findRecallNotices, findSilences, type InboxRelease } from './inbox.repository.js';

type Handle = Database | DatabaseTransaction;

/** The posts of a member with the silence over each, now. */
export async function postsOf(db: Handle, actor: Actor): Promise<Post[]> {
  const held = inboxAppointments(actor);
  const silences = await findSilences(
    db,
    held.map(({ unitId }) => unitId),
  );
  return held.map(({ unitId, unitPath }) => ({
    unitId,
    path: unitPath,
    silentUntil: silences.find((silence) => silence.unitId === unitId)?.until ?? null,
  }));
}

export interface HeldRelease {
  release: InboxRelease;
  posts: Post[];
  /** The unit a mark is written under. */
  unitId: string;
}

/** A release that reached this member, whatever became of it; any other answers as if it did not exist. */
export async function requireHeld(db: Handle, actor: Actor, releaseId: string): Promise<HeldRelease> {
  const posts = await postsOf(db, actor);
  const release = await findInboxRelease(db, { releaseId, unitIds: unitsSeen(posts), reader: actor });
  if (release === undefined) throw new AppError('not_found');
  // Whoever moved on since still holds the files and must hear of a recall.
  const kept = release.state === 'recalled' ? release.heldUnitId : null;
  const unitId = nearestPost(posts, release.releasedTo)?.unitId ?? kept;
  if (unitId === null) throw new AppError('not_found');
  return { release, posts, unitId };
}

/** A release this member may open now; says so when it was taken back, has ended, or silence is in force. */
export async function requireLive(db: Handle, actor: Actor, releaseId: string): Promise<HeldRelease> {
  const held = await requireHeld(db, actor, releaseId);
  const { release, posts } = held;
  if (release.state === 'recalled') {
    const [notice] = await findRecallNotices(db, { unitIds: unitsSeen(posts), reader: actor, releaseId });
    throw notice === undefined ? new AppError('recalled') : recalledError(notice);
  }
  if (release.state !== 'released' || release.overdue) throw new AppError('gone');
  const until = silenceOver(posts.filter((post) => nearestPost([post], release.releasedTo) !== undefined));
  if (until !== null) throw silentError(until, release);
  return held;
}
