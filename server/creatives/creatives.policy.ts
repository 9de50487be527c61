import type { Capability } from '../contract/capabilities.js';
import type { LiveEvent } from '../live/live.js';
import type { Actor } from '../sessions/actor.js';
import { demand } from '../sessions/permission.policy.js';

/** What permission needs to know of a creative. */
export interface GuardedCreative {
  /** The owner unit and all units above it. */
  ownerPath: readonly string[];
  /** Units from which one may know of it, because it shows a restricted fact; null for the whole desk. */
  restrictedTo: readonly string[] | null;
}

/** Throws `not_found` for a creative that shows what the actor may not know of, and `not_allowed` as ever. */
export function demandCreative(actor: Actor, capability: Capability, creative: GuardedCreative): void {
  const { ownerPath, restrictedTo } = creative;
  if (restrictedTo !== null) demand(actor, 'desk.read', { ownerPath: restrictedTo, restricted: true });
  demand(actor, capability, { ownerPath });
}

/** Who may hear of a change of it. */
export function hearersOf({
  restrictedTo,
}: Pick<GuardedCreative, 'restrictedTo'>): Pick<LiveEvent, 'ownerPath'> {
  return restrictedTo === null ? {} : { ownerPath: restrictedTo };
}

/** The units the actor is placed on; what is restricted to one of them or above may be known. */
export function placesOf({ appointments }: Actor): string[] {
  return [...new Set(appointments.map(({ unitId }) => unitId))];
}
