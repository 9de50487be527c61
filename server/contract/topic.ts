import { type Static, Type } from 'typebox';
import { Names } from './common.js';

/** What a claim can be about: a row of the organisation's own table, named by its code everywhere else. */
export const TopicCode = Type.String({ pattern: '^[a-z][a-z0-9_]{1,40}$' });

export const Topic = Type.Object({ code: TopicCode, name: Names });
export type Topic = Static<typeof Topic>;

export const TopicList = Type.Object({ items: Type.Array(Topic) });
export type TopicList = Static<typeof TopicList>;
