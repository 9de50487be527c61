import type { ColumnType, Generated } from 'kysely';
import type { EventKind, Language, OrganisationProfile, Role } from '../contract/lists.js';

/** The organisation, its units, people, sessions and events. */

export interface OrganisationsTable {
  id: Generated<boolean>;
  profile: OrganisationProfile;
  timeZone: Generated<string>;
  recallHours: Generated<number>;
  disclosureShare: Generated<number>;
  memberDayBytes: Generated<number>;
  freeDiskBytes: Generated<number>;
  version: Generated<number>;
  updatedAt: Generated<string>;
}

export interface OrganisationTextsTable {
  organisationId: Generated<boolean>;
  language: Language;
  name: string;
  issuedBy: string;
}

export interface UnitTypesTable {
  code: string;
  rank: number;
}

export interface UnitTypeTextsTable {
  unitType: string;
  language: Language;
  name: string;
}

export interface UnitsTable {
  id: Generated<string>;
  code: string;
  type: string;
  validFrom: Generated<string>;
  validTo: string | null;
  version: Generated<number>;
  createdAt: Generated<string>;
}

export interface UnitTextsTable {
  unitId: string;
  language: Language;
  name: string;
}

export interface UnitParentsTable {
  unitId: string;
  parentId: string;
  validFrom: string;
  validTo: string | null;
}

export interface LinkRelationsTable {
  code: string;
}

export interface UnitLinksTable {
  unitId: string;
  relation: string;
  otherId: string;
  validFrom: Generated<string>;
  validTo: string | null;
}

export interface UnitPathsTable {
  unitId: string;
  ancestorId: string;
  depth: number;
}

export interface MembersTable {
  id: Generated<string>;
  login: string;
  name: string;
  passwordHash: string;
  language: Generated<Language>;
  disabledAt: string | null;
  version: Generated<number>;
  createdAt: Generated<string>;
}

export interface TitlesTable {
  code: string;
}

export interface TitleTextsTable {
  title: string;
  language: Language;
  name: string;
}

export interface AppointmentsTable {
  id: Generated<string>;
  memberId: string;
  unitId: string;
  role: Role;
  title: string | null;
  validFrom: Generated<string>;
  validTo: string | null;
  createdBy: string | null;
  createdAt: Generated<string>;
}

/** View of the appointments that hold today. */
export type AppointmentsInForceTable = Pick<
  AppointmentsTable,
  'memberId' | 'unitId' | 'role' | 'title' | 'validTo'
> & { id: string; validFrom: string };

export interface DevicesTable {
  id: Generated<string>;
  memberId: string;
  label: string;
  createdAt: Generated<string>;
  lastSeenAt: Generated<string>;
}

export interface SessionsTable {
  id: Generated<string>;
  tokenHash: string;
  memberId: string;
  deviceId: string;
  createdAt: Generated<string>;
  lastSeenAt: Generated<string>;
  expiresAt: string;
  revokedAt: string | null;
}

export interface RateLimitsTable {
  key: string;
  points: Generated<number>;
  expire: number | null;
}

export interface IdempotencyKeysTable {
  memberId: string;
  key: string;
  route: string;
  requestHash: string;
  status: number | null;
  body: ColumnType<unknown, string | null | undefined, string | null>;
  createdAt: Generated<string>;
}

export interface EventsTable {
  id: Generated<string>;
  kind: EventKind;
  ownerUnitId: string;
  startsOn: string | null;
  endsOn: string | null;
  version: Generated<number>;
  createdBy: string | null;
  createdAt: Generated<string>;
}

export interface EventTextsTable {
  eventId: string;
  language: Language;
  name: string;
}

export interface EventSeatsTable {
  eventId: string;
  unitId: string;
  pollOpensAt: string | null;
  pollClosesAt: string | null;
}

export interface SilenceWindowsTable {
  id: Generated<string>;
  eventId: string;
  unitId: string;
  startsAt: string;
  endsAt: string;
  createdBy: string | null;
  createdAt: Generated<string>;
}
