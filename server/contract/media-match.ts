import { type Static, Type } from 'typebox';
import { Failure, Id, nullable, oneOf } from './common.js';
import { Fact } from './library.js';
import { mediaLikenesses, printStates, verdictCodes } from './lists.js';

const likeness = {
  band: oneOf(['same', 'likely', 'related'] as const),
  likeness: oneOf(mediaLikenesses),
  /** Where in the found film or sound it begins, milliseconds. */
  fromMs: nullable(Type.Integer()),
};

/** Something known that carried the same or nearly the same media as a claim. */
export const MediaMatch = Type.Object({
  kind: oneOf(['fact', 'claim', 'creative'] as const),
  objectId: Id,
  /** None for a creative. */
  clusterId: nullable(Id),
  /** Which of the claim's media it is like. */
  mediaId: Id,
  ...likeness,
  headline: Type.String(),
  verdict: nullable(oneOf(verdictCodes)),
});
export type MediaMatch = Static<typeof MediaMatch>;

/** How far a file is compared. Documents are found by the same file only. */
const compared = {
  state: oneOf(printStates),
  failure: nullable(Failure),
  /** False where the server could not listen to it. */
  soundCompared: Type.Boolean(),
};

export const MediaMatches = Type.Object({
  items: Type.Array(MediaMatch),
  media: Type.Array(Type.Object({ id: Id, ...compared })),
});
export type MediaMatches = Static<typeof MediaMatches>;

/** A search with a file that is not kept: `queued` until the file has been looked at. */
export const MediaSearch = Type.Object({
  id: Id,
  ...compared,
  items: Type.Array(Type.Object({ fact: Fact, ...likeness })),
});
export type MediaSearch = Static<typeof MediaSearch>;
