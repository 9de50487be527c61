import type { Capability } from '../contract/capabilities.js';
import type { Language, Role } from '../contract/lists.js';

/** An appointment in force today. */
export interface ActingAppointment {
  id: string;
  unitId: string;
  unitCode: string;
  /** The unit and all units above it. */
  unitPath: readonly string[];
  role: Role;
  capabilities: readonly Capability[];
}

/** Who asks for something: the first argument of every use case. */
export interface Actor {
  memberId: string;
  name: string;
  language: Language;
  sessionId: string;
  deviceId: string;
  appointments: readonly ActingAppointment[];
  /** For the audit log and problem bodies. */
  requestId?: string;
  /** Set when the request carries an `Idempotency-Key`: the outcome is stored with the change itself. */
  idempotencyKey?: string;
}

/** The roles held, in words that outlive the appointment: `reviewer RJ, observer RJ-D86`. */
export function rolesInWords(actor: Actor): string {
  return actor.appointments.map(({ role, unitCode }) => `${role} ${unitCode}`).join(', ') || 'none';
}
