import type { Actor } from '../sessions/actor.js';
import { holds } from '../sessions/permission.policy.js';
import type { LiveEvent } from './live.js';

/**
 * Who may hear of a change. Desk members hear of everything but what is restricted to a unit they are not placed on
 * or above; district members hear only of releases and recalls addressed to their unit or one above it.
 */
export function mayHear(actor: Actor, event: LiveEvent): boolean {
  if (event.memberId !== undefined) return event.memberId === actor.memberId;
  const { unitId, ownerPath } = event;
  if (holds(actor, 'desk.read')) {
    return ownerPath === undefined || actor.appointments.some((held) => ownerPath.includes(held.unitId));
  }
  if (event.topic !== 'release' && event.topic !== 'recall') return false;
  return unitId === undefined || actor.appointments.some(({ unitPath }) => unitPath.includes(unitId));
}
