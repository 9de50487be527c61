import { type Static, Type } from 'typebox';
import { capabilities } from './capabilities.js';
import { Id, LanguageCode, Names, nullable, oneOf, UnitRef } from './common.js';
import { organisationProfiles, roles } from './lists.js';

export const SignIn = Type.Object(
  {
    login: Type.String({ minLength: 1, maxLength: 80 }),
    password: Type.String({ minLength: 1, maxLength: 512 }),
    deviceLabel: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  },
  { additionalProperties: false },
);
export type SignIn = Static<typeof SignIn>;

export const HeldAppointment = Type.Object({
  id: Id,
  unit: UnitRef,
  role: oneOf(roles),
  title: nullable(Names),
});
export type HeldAppointment = Static<typeof HeldAppointment>;

/** Who is signed in and what the interface may offer them. */
export const Me = Type.Object({
  member: Type.Object({ id: Id, name: Type.String(), login: Type.String(), language: LanguageCode }),
  deviceId: Id,
  appointments: Type.Array(HeldAppointment),
  capabilities: Type.Array(oneOf(capabilities)),
  organisation: Type.Object({ profile: oneOf(organisationProfiles), name: Names, issuedBy: Names }),
});
export type Me = Static<typeof Me>;

export const MeEdit = Type.Object({ language: LanguageCode }, { additionalProperties: false });
export type MeEdit = Static<typeof MeEdit>;

export const SessionInfo = Type.Object({
  id: Id,
  device: Type.String(),
  createdAt: Type.String(),
  lastSeenAt: Type.String(),
  current: Type.Boolean(),
});
export type SessionInfo = Static<typeof SessionInfo>;

export const SessionList = Type.Object({ items: Type.Array(SessionInfo) });
