import type { Capability } from '../contract/capabilities.js';
import { AppError } from '../errors.js';
import type { Actor } from './actor.js';

/** What permission needs to know of an object: where it belongs and who may not even know of it. */
export interface Guarded {
  /** The owner unit and all units above it. */
  ownerPath: readonly string[];
  restricted?: boolean;
  /** Who reported it, when reporters may see their own. */
  reporterId?: string;
}

export type Permission = 'granted' | 'refused' | 'hidden';

/** Whether the actor holds a capability anywhere. */
export function holds(actor: Actor, capability: Capability): boolean {
  return actor.appointments.some((appointment) => appointment.capabilities.includes(capability));
}

function isPlacedOver(actor: Actor, object: Guarded): boolean {
  return actor.appointments.some(({ unitId }) => object.ownerPath.includes(unitId));
}

function maySee(actor: Actor, object: Guarded): boolean {
  if (object.reporterId === actor.memberId) return true;
  if (!holds(actor, 'desk.read')) return false;
  return object.restricted !== true || isPlacedOver(actor, object);
}

/**
 * The one permission function. Desk members see the whole organisation's objects unless restricted to a unit they
 * are not placed on or above; others see only what they reported. To act, the capability must be held at or above
 * the object's owner unit; to read, seeing is enough. What may not be seen is `hidden`: it answers as if it did not exist.
 */
export function permission(actor: Actor, capability: Capability, object?: Guarded): Permission {
  if (object === undefined) return holds(actor, capability) ? 'granted' : 'refused';
  if (!maySee(actor, object)) return 'hidden';
  if (capability === 'desk.read') return 'granted';
  if (capability === 'claims.report' && holds(actor, capability)) return 'granted';
  const granted = actor.appointments.some(
    (appointment) =>
      appointment.capabilities.includes(capability) && object.ownerPath.includes(appointment.unitId),
  );
  return granted ? 'granted' : 'refused';
}

/** Throws `not_found` for what may not be seen and `not_allowed` for what may not be done. */
export function demand(actor: Actor, capability: Capability, object?: Guarded): void {
  const answer = permission(actor, capability, object);
  if (answer === 'hidden') throw new AppError('not_found');
  if (answer === 'refused') throw new AppError('not_allowed');
}

/** The unit a member's new objects belong to: the one named, or that of the appointment that lets them make it. */
export function ownerUnitFor(actor: Actor, capability: Capability): string {
  const appointment = actor.appointments.find(({ capabilities }) => capabilities.includes(capability));
  if (appointment === undefined) throw new AppError('not_allowed');
  return appointment.unitId;
}

/** For what belongs to the whole organisation: the capability must be held on a unit with none above it. */
export function demandAtTop(actor: Actor, capability: Capability): void {
  const held = actor.appointments.some(
    ({ capabilities, unitPath }) => capabilities.includes(capability) && unitPath.length === 1,
  );
  if (!held) throw new AppError('not_allowed');
}

/** The units a capability is held on; it reaches everything below them. */
export function unitsWith(actor: Actor, capability: Capability): string[] {
  return actor.appointments
    .filter(({ capabilities }) => capabilities.includes(capability))
    .map(({ unitId }) => unitId);
}
