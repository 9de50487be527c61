import { mayMove, packMoves } from '../contract/life-cycles.js';
import type { PackVersion } from '../contract/pack.js';
import type { RecallRequest } from '../contract/release.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import type { ReleasesDependencies } from './dependencies.js';
import { eventsFor, noticedLater } from './releases.policy.js';
import { insertRecall } from './releases.repository.js';
import { findUnitsHolding } from './route.repository.js';

/** Takes a version back that is or was out: released, superseded or expired. State is read from the database at every request, so it holds at once. */
export function recallPack(
  { change, packs }: ReleasesDependencies,
  actor: Actor,
  { id, request: { reason, noticedAt } }: { id: string; request: RecallRequest },
): Promise<PackVersion> {
  return change(actor, async ({ tx, audit, live }) => {
    const head = await packs.require(tx, { actor, capability: 'packs.recall', id, lock: true });
    if (!mayMove(packMoves, head.state, 'recalled')) throw new AppError('wrong_state');
    if (noticedAt !== undefined && new Date(noticedAt).getTime() > Date.now()) {
      throw new AppError('invalid_input', { fields: [{ path: '/noticedAt', messages: noticedLater }] });
    }
    const { dueAt } = await insertRecall(tx, {
      packVersionId: id,
      reason,
      noticedAt: noticedAt ?? null,
      recalledBy: actor.memberId,
    });
    await tx.updateTable('packVersions').set({ state: 'recalled' }).where('id', '=', id).execute();
    audit({ act: 'pack.recalled', objectKind: 'pack', objectId: id, payload: { reason, noticedAt, dueAt } });
    const unitIds = await findUnitsHolding(tx, id);
    for (const event of eventsFor('recall', { id, unitIds })) live(event);
    live({ topic: 'pack', id });
    return packs.show(tx, id);
  });
}
