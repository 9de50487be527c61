import type { Actor } from '../sessions/actor.js';
import { holds } from '../sessions/permission.policy.js';
import type { LiveEvent } from './live.js';

/**
 * Who may hear of a change. Desk members hear of everything but what is addressed to a unit they are not at or
 * below; district members hear only of releases and recalls addressed to their unit or one above it.
 */
export function mayHear(actor: Actor, event: LiveEvent): boolean {
  if (event.memberId !== undefined) return event.memberId === actor.memberId;
  const { unitId } = event;
  const placed = unitId !== undefined && actor.appointments.some(({ unitPath }) => unitPath.includes(unitId));
  const shared = event.topic === 'release' || event.topic === 'recall';
  if (holds(actor, 'desk.read')) return unitId === undefined || placed || shared;
  return shared && (unitId === undefined || placed);
}
