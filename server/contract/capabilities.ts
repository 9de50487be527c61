import type { Role } from './lists.js';

/** What a person may do, each held in the subtree of the unit they are appointed to. */
export const capabilities = [
  'desk.read',
  'claims.read',
  'claims.report',
  'claims.triage',
  'checks.write',
  'checks.verify',
  'creatives.write',
  'packs.compose',
  'packs.approve',
  'packs.release',
  'packs.recall',
  'inbox.read',
  'library.read',
  'people.manage',
  'units.manage',
  'events.manage',
  'organisation.manage',
  'jobs.manage',
  'audit.read',
] as const;
export type Capability = (typeof capabilities)[number];

/** An administrator runs people, units and events, and may not approve by being one. */
export const roleCapabilities: Readonly<Record<Role, readonly Capability[]>> = {
  researcher: [
    'desk.read',
    'claims.read',
    'claims.report',
    'claims.triage',
    'checks.write',
    'packs.compose',
    'library.read',
  ],
  designer: ['desk.read', 'claims.read', 'claims.report', 'creatives.write', 'packs.compose', 'library.read'],
  reviewer: [
    'desk.read',
    'claims.read',
    'claims.report',
    'claims.triage',
    'checks.verify',
    'packs.approve',
    'packs.release',
    'packs.recall',
    'library.read',
  ],
  district: ['claims.read', 'claims.report', 'inbox.read', 'library.read'],
  observer: ['desk.read', 'claims.read', 'library.read'],
  admin: [
    'desk.read',
    'claims.read',
    'library.read',
    'people.manage',
    'units.manage',
    'events.manage',
    'organisation.manage',
    'jobs.manage',
    'audit.read',
  ],
};
