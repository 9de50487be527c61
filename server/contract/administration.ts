import { type Static, Type } from 'typebox';
import {
  Day,
  Id,
  LanguageCode,
  MemberRef,
  Moment,
  Names,
  nullable,
  oneOf,
  PageQuery,
  page,
  UnitRef,
  Version,
} from './common.js';
import { eventKinds, jobStates, lanes, organisationProfiles, roles } from './lists.js';

/** Up to a petabyte. */
const ByteLimit = Type.Integer({ minimum: 0, maximum: 1e15 });

export const Organisation = Type.Object({
  profile: oneOf(organisationProfiles),
  timeZone: Type.String(),
  recallHours: Type.Integer(),
  disclosureShare: Type.Number({
    description: 'Share of the visible area that says a picture is synthetic',
  }),
  memberDayBytes: Type.Integer({ description: 'Bytes one member may upload within 24 hours' }),
  freeDiskBytes: Type.Integer({ description: 'Bytes of the disk that uploads leave free' }),
  name: Names,
  issuedBy: Names,
  version: Version,
});
export type Organisation = Static<typeof Organisation>;

export const OrganisationEdit = Type.Object(
  {
    profile: Type.Optional(oneOf(organisationProfiles)),
    recallHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 72 })),
    disclosureShare: Type.Optional(Type.Number({ minimum: 0.05, maximum: 0.3 })),
    memberDayBytes: Type.Optional(ByteLimit),
    freeDiskBytes: Type.Optional(ByteLimit),
    name: Type.Optional(
      Type.Object(
        {
          hi: Type.String({ minLength: 1, maxLength: 200 }),
          en: Type.String({ minLength: 1, maxLength: 200 }),
        },
        { additionalProperties: false },
      ),
    ),
    issuedBy: Type.Optional(
      Type.Object(
        {
          hi: Type.String({ minLength: 1, maxLength: 200 }),
          en: Type.String({ minLength: 1, maxLength: 200 }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type OrganisationEdit = Static<typeof OrganisationEdit>;

export const Unit = Type.Object({ ...UnitRef.properties, parentId: nullable(Id), children: Type.Integer() });
export type Unit = Static<typeof Unit>;
export const UnitPage = page(Unit);
export const UnitListQuery = Type.Object(
  {
    ...PageQuery.properties,
    parentId: Type.Optional(Id),
    type: Type.Optional(Type.String({ maxLength: 60 })),
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  { additionalProperties: false },
);
export type UnitListQuery = Static<typeof UnitListQuery>;

export const UnitTypeInfo = Type.Object({
  code: Type.String(),
  rank: Type.Integer(),
  name: Names,
  units: Type.Integer(),
});
export const UnitTypeList = Type.Object({
  items: Type.Array(UnitTypeInfo),
  relations: Type.Array(Type.String()),
});
export type UnitTypeList = Static<typeof UnitTypeList>;

export const UnitDraft = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 60 }),
    type: Type.String({ maxLength: 60 }),
    name: Type.Object(
      {
        hi: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        en: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      },
      { additionalProperties: false },
    ),
    parentId: Id,
  },
  { additionalProperties: false },
);
export type UnitDraft = Static<typeof UnitDraft>;

/** A new organisational parent from a day on; history is kept. */
export const UnitMove = Type.Object(
  { parentId: Id, from: Type.Optional(Day) },
  { additionalProperties: false },
);
export type UnitMove = Static<typeof UnitMove>;

export const AppointmentView = Type.Object({
  id: Id,
  unit: UnitRef,
  role: oneOf(roles),
  title: nullable(Names),
  validFrom: Type.String(),
  validTo: nullable(Type.String()),
});
export type AppointmentView = Static<typeof AppointmentView>;

export const Member = Type.Object({
  id: Id,
  login: Type.String(),
  name: Type.String(),
  language: LanguageCode,
  disabled: Type.Boolean(),
  appointments: Type.Array(AppointmentView),
  version: Version,
});
export type Member = Static<typeof Member>;
export const MemberPage = page(Member);

/** Eight characters at the least (OWASP ASVS 6.2.1); long passphrases are welcome. */
const Password = Type.String({ minLength: 8, maxLength: 512 });

export const AppointmentDraft = Type.Object(
  {
    unitId: Id,
    role: oneOf(roles),
    title: Type.Optional(Type.String({ maxLength: 60 })),
    validFrom: Type.Optional(Day),
    validTo: Type.Optional(Day),
  },
  { additionalProperties: false },
);
export type AppointmentDraft = Static<typeof AppointmentDraft>;

export const MemberDraft = Type.Object(
  {
    login: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{1,60}$' }),
    name: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
    password: Password,
    language: Type.Optional(LanguageCode),
    appointments: Type.Array(AppointmentDraft, { minItems: 1, maxItems: 20 }),
  },
  { additionalProperties: false },
);
export type MemberDraft = Static<typeof MemberDraft>;

export const MemberEdit = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })),
    disabled: Type.Optional(Type.Boolean()),
    password: Type.Optional(Password),
  },
  { additionalProperties: false },
);
export type MemberEdit = Static<typeof MemberEdit>;

const NameInBoth = Type.Object(
  {
    hi: Type.String({ minLength: 1, maxLength: 200 }),
    en: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { additionalProperties: false },
);

export const EventDraft = Type.Object(
  {
    kind: oneOf(eventKinds),
    name: NameInBoth,
    ownerUnitId: Id,
    startsOn: Type.Optional(Day),
    endsOn: Type.Optional(Day),
    seats: Type.Optional(
      Type.Array(
        Type.Object(
          { unitId: Id, pollOpensAt: Type.Optional(Moment), pollClosesAt: Type.Optional(Moment) },
          { additionalProperties: false },
        ),
        { maxItems: 500 },
      ),
    ),
  },
  { additionalProperties: false },
);
export type EventDraft = Static<typeof EventDraft>;

export const SilenceWindow = Type.Object({
  id: Id,
  unit: UnitRef,
  startsAt: Type.String(),
  endsAt: Type.String(),
});
export type SilenceWindow = Static<typeof SilenceWindow>;
export const SilenceWindowDraft = Type.Object(
  { unitId: Id, startsAt: Moment, endsAt: Moment },
  { additionalProperties: false },
);
export type SilenceWindowDraft = Static<typeof SilenceWindowDraft>;

export const Event = Type.Object({
  id: Id,
  kind: oneOf(eventKinds),
  name: Names,
  ownerUnit: UnitRef,
  startsOn: nullable(Type.String()),
  endsOn: nullable(Type.String()),
  seats: Type.Array(
    Type.Object({
      unit: UnitRef,
      pollOpensAt: nullable(Type.String()),
      pollClosesAt: nullable(Type.String()),
    }),
  ),
  silence: Type.Array(SilenceWindow),
  version: Version,
});
export type Event = Static<typeof Event>;
export const EventList = Type.Object({ items: Type.Array(Event) });

export const AuditRow = Type.Object({
  seq: Type.Integer(),
  at: Type.String(),
  actor: nullable(MemberRef),
  role: Type.String(),
  act: Type.String(),
  objectKind: Type.String(),
  objectId: nullable(Id),
  hash: Type.String(),
});
export type AuditRow = Static<typeof AuditRow>;
export const AuditQuery = Type.Object(
  {
    before: Type.Optional(Type.Integer({ minimum: 1 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  },
  { additionalProperties: false },
);
export type AuditQuery = Static<typeof AuditQuery>;
export const AuditPage = Type.Object({ items: Type.Array(AuditRow), nextBefore: nullable(Type.Integer()) });
export type AuditPage = Static<typeof AuditPage>;

export const Job = Type.Object({
  id: Id,
  name: Type.String(),
  lane: oneOf(lanes),
  state: oneOf(jobStates),
  progress: Type.Number(),
  attempts: Type.Integer(),
  crashes: Type.Integer(),
  reason: nullable(Type.String()),
  objectKind: nullable(Type.String()),
  objectId: nullable(Id),
  createdAt: Type.String(),
  finishedAt: nullable(Type.String()),
});
export type Job = Static<typeof Job>;
export const JobPage = page(Job);
export const JobListQuery = Type.Object(
  { ...PageQuery.properties, state: Type.Optional(oneOf(jobStates)) },
  { additionalProperties: false },
);
export type JobListQuery = Static<typeof JobListQuery>;
