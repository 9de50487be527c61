import { type Static, type TSchema, Type } from 'typebox';
import { languages } from './lists.js';

/** A closed list as a schema: one string of the list. */
export function oneOf<const T extends readonly string[]>(values: T) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
}

export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

export const Id = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'UUID v7',
});
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
/** ISO 8601 moment, UTC. */
export const Moment = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$',
  maxLength: 40,
});
/** A calendar day, YYYY-MM-DD. */
export const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
export const LanguageCode = oneOf(languages);
export const WebAddress = Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2000 });

/** One name in each language it exists in. */
export const Names = Type.Object({ hi: Type.Optional(Type.String()), en: Type.Optional(Type.String()) });
export type Names = Static<typeof Names>;

/** Counts up with every change; the number goes out as the ETag and comes back as If-Match. */
export const Version = Type.Integer({ minimum: 1 });

export function page<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), nextCursor: nullable(Type.String()) });
}

export const PageQuery = Type.Object({
  cursor: Type.Optional(Id),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 30 })),
});
export type PageQuery = Static<typeof PageQuery>;

export const IdParams = Type.Object({ id: Id }, { additionalProperties: false });
export type IdParams = Static<typeof IdParams>;

/** RFC 9457 problem body. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String({ description: 'In the language of the request' }),
  details: Type.Object({ hi: Type.String(), en: Type.String() }),
  requestId: Type.String(),
  errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
  current: Type.Optional(Type.Unknown({ description: 'With 412: the state as it is now' })),
});
export type Problem = Static<typeof Problem>;

export const MemberRef = Type.Object({ id: Id, name: Type.String() });
export type MemberRef = Static<typeof MemberRef>;

export const UnitRef = Type.Object({ id: Id, code: Type.String(), type: Type.String(), name: Names });
export type UnitRef = Static<typeof UnitRef>;

/** Why something failed, in words: code for programs, texts for people. */
export const Failure = Type.Object({
  code: Type.String(),
  text: Type.Object({ hi: Type.String(), en: Type.String() }),
  retryable: Type.Boolean(),
});
export type Failure = Static<typeof Failure>;

export const PageOnly = Type.Object({ ...PageQuery.properties }, { additionalProperties: false });
