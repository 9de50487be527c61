import type { Change, ChangeContext } from '../audit/change.js';
import type { Capability } from '../contract/capabilities.js';
import { mayMove, packMoves } from '../contract/life-cycles.js';
import type { PackState } from '../contract/lists.js';
import type { ApproveDecision, NextVersion, PackVersion } from '../contract/pack.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { copyPackContent } from './pack-content.repository.js';
import { requirePack, showPack } from './pack-desk.js';
import { insertPackVersion, lastNumber, type PackHead } from './packs.repository.js';

interface Move {
  id: string;
  capability: Capability;
  to: PackState;
  act: string;
  payload?: unknown;
  /** Refuses what the state alone allows. */
  check?(head: PackHead, context: ChangeContext): Promise<void> | void;
  /** Columns that change with the state. */
  set?: { approvedBy?: string; approvedHash?: string; returnComment?: string };
}

/** Moves a version along its life cycle. One decision at a time: of two at once the second finds it moved. */
function movePack(
  change: Change,
  actor: Actor,
  { id, capability, to, act, payload, check, set = {} }: Move,
): Promise<PackVersion> {
  return change(actor, async (context) => {
    const { tx, audit, live } = context;
    const head = await requirePack(tx, { actor, capability, id, lock: true });
    if (head.state === to || !mayMove(packMoves, head.state, to)) throw new AppError('wrong_state');
    await check?.(head, context);
    await tx
      .updateTable('packVersions')
      .set({ state: to, ...set })
      .where('id', '=', id)
      .execute();
    audit({ act, objectKind: 'pack', objectId: id, payload: { from: head.state, ...Object(payload) } });
    live({ topic: 'pack', id });
    return showPack(tx, id);
  });
}

export function submitPack(
  change: Change,
  actor: Actor,
  { id, version }: { id: string; version: number },
): Promise<PackVersion> {
  return movePack(change, actor, {
    id,
    capability: 'packs.compose',
    to: 'in_review',
    act: 'pack.submitted',
    async check(head, { tx }) {
      if (head.version !== version) {
        throw new AppError('stale_version', { details: { current: await showPack(tx, id) } });
      }
    },
  });
}

/** The database judges: nobody's own work, sound facts and files, and exactly the version shown. */
export function approvePack(
  change: Change,
  actor: Actor,
  { id, decision: { hash } }: { id: string; decision: ApproveDecision },
): Promise<PackVersion> {
  return movePack(change, actor, {
    id,
    capability: 'packs.approve',
    to: 'approved',
    act: 'pack.approved',
    payload: { hash },
    set: { approvedBy: actor.memberId, approvedHash: hash },
  });
}

export function returnPack(
  change: Change,
  actor: Actor,
  { id, comment }: { id: string; comment: string },
): Promise<PackVersion> {
  return movePack(change, actor, {
    id,
    capability: 'packs.approve',
    to: 'draft',
    act: 'pack.returned',
    payload: { comment },
    set: { returnComment: comment },
  });
}

/** Ends a released pack: its files answer `gone` from now on. */
export function expirePack(change: Change, actor: Actor, id: string): Promise<PackVersion> {
  return movePack(change, actor, { id, capability: 'packs.release', to: 'expired', act: 'pack.expired' });
}

const continued: readonly PackState[] = ['released', 'recalled', 'expired'];

/** Opens the next version of a pack that went out, with everything in it; `conflict` when one is open already. */
export function nextPack(
  change: Change,
  actor: Actor,
  { id, next: { changeKind, changeNote } }: { id: string; next: NextVersion },
): Promise<PackVersion> {
  return change(actor, async ({ tx, audit, live }) => {
    const head = await requirePack(tx, { actor, capability: 'packs.compose', id, lock: true });
    const last = await lastNumber(tx, head.packId);
    if (!continued.includes(head.state)) throw new AppError('wrong_state');
    if (head.number !== last) throw new AppError('conflict');
    const nextId = await insertPackVersion(tx, {
      packId: head.packId,
      number: last + 1,
      basedOn: id,
      changeKind,
      changeNote,
      expiresAt: head.endsAt,
      createdBy: actor.memberId,
    });
    await copyPackContent(tx, { from: id, to: nextId });
    audit({
      act: 'pack.continued',
      objectKind: 'pack',
      objectId: nextId,
      payload: { basedOn: id, changeKind, changeNote },
    });
    live({ topic: 'pack', id: nextId });
    return showPack(tx, nextId);
  });
}
