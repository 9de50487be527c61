import type { Capability } from '../contract/capabilities.js';
import type { PackVersion } from '../contract/pack.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import { demand } from '../sessions/permission.policy.js';
import { findPackContent, findPackRenditions } from './pack-content.repository.js';
import { findPackFrame, findPackHead, type PackHead } from './packs.repository.js';

type Handle = Database | DatabaseTransaction;

export function unitsOf(actor: Actor): string[] {
  return actor.appointments.map(({ unitId }) => unitId);
}

/** Gives a version's head to whom may do this with it; what may not be seen answers `not_found`. */
export async function requirePack(
  db: Handle,
  {
    actor,
    capability,
    id,
    lock = false,
  }: { actor: Actor; capability: Capability; id: string; lock?: boolean },
): Promise<PackHead> {
  const head = await findPackHead(db, { id, unitIds: unitsOf(actor), lock });
  if (head === undefined || head.hidden) throw new AppError('not_found');
  demand(actor, capability, { ownerPath: head.ownerPath });
  return head;
}

/** The whole version as the desk sees it, in three queries however much it holds. */
export async function showPack(db: Handle, id: string): Promise<PackVersion> {
  const frame = await findPackFrame(db, id);
  const content = await findPackContent(db, id);
  if (frame === undefined || content === undefined) throw new AppError('not_found');
  return { ...frame, ...content, renditions: await findPackRenditions(db, id) };
}
