import { type Static, type TSchema, Type } from 'typebox';
import Value from 'typebox/value';
import { MeilisearchTrouble } from './trouble.js';

const Counts = Type.Record(Type.String(), Type.Integer());

/** One of the searches of a multi-search. */
export const SearchAnswer = Type.Object({
  hits: Type.Array(Type.Object({ id: Type.String() })),
  estimatedTotalHits: Type.Integer(),
});

export const SearchAnswers = Type.Object({ results: Type.Array(SearchAnswer) });

/** A federated multi-search: several ways of asking, answered as one list. */
export const FederatedAnswer = Type.Object({
  hits: Type.Array(
    Type.Object({
      source: Type.Optional(Type.String()),
      _federation: Type.Object({ weightedRankingScore: Type.Number() }),
    }),
  ),
  estimatedTotalHits: Type.Integer(),
  facetsByIndex: Type.Optional(
    Type.Record(Type.String(), Type.Object({ distribution: Type.Record(Type.String(), Counts) })),
  ),
});
export type FederatedAnswer = Static<typeof FederatedAnswer>;

/** Documents with all that is needed to score them. */
export const SourceAnswer = Type.Object({
  hits: Type.Array(Type.Object({ source: Type.String(), terms: Type.String() })),
});

export const TaskState = Type.Object({
  status: Type.String(),
  error: Type.Union([Type.Null(), Type.Object({ message: Type.String(), code: Type.String() })]),
});

export const Enqueued = Type.Object({ taskUid: Type.Integer() });

export const IndexAnswer = Type.Object({ uid: Type.String(), createdAt: Type.String() });
export const IndexList = Type.Object({ results: Type.Array(Type.Object({ uid: Type.String() })) });
export const StatsAnswer = Type.Object({ numberOfDocuments: Type.Integer() });
export const KeyAnswer = Type.Object({ key: Type.String({ minLength: 1 }) });

/** What an index holds: written after a rebuild, under one id. */
export const StandingAnswer = Type.Object({ settings: Type.String(), filledAt: Type.String() });

/** Takes an answer for what it says it is, or throws: what comes over the wire is not trusted. */
export function checked<T extends TSchema>(schema: T, answer: unknown, what: string): Static<T> {
  if (Value.Check(schema, answer)) return answer;
  const [first] = Value.Errors(schema, answer);
  const where = first === undefined ? '' : `: ${first.instancePath || 'the whole'} ${first.message}`;
  throw new MeilisearchTrouble(
    'malformed',
    `Meilisearch answered something else when asked to ${what}${where}`,
  );
}
