import { sql } from 'kysely';
import type { Names } from '../contract/common.js';
import type { TopicList } from '../contract/topic.js';
import type { Database, DatabaseTransaction } from '../database/database.js';
import { AppError } from '../errors.js';

/** What claims and facts are sorted by: the organisation's own list. */
export interface TopicsService {
  list(): Promise<TopicList>;
  /** For other features: throws `invalid_input`, naming the field, unless the topic is in the list. */
  demandKnown(tx: DatabaseTransaction, code: string): Promise<void>;
}

export function createTopicsService({ db }: { db: Database }): TopicsService {
  return {
    async list() {
      const items = await db
        .selectFrom('topics as t')
        .orderBy('t.position')
        .orderBy('t.code')
        .select([
          't.code',
          sql<Names>`(select coalesce(jsonb_object_agg(n.language, n.name), '{}') from topic_texts n
            where n.topic = t.code)`.as('name'),
        ])
        .execute();
      return { items };
    },

    async demandKnown(tx, code) {
      const known = await tx.selectFrom('topics').where('code', '=', code).select('code').executeTakeFirst();
      if (known !== undefined) return;
      const messages = { hi: 'यह विषय सूची में नहीं है।', en: 'This topic is not in the list.' };
      throw new AppError('invalid_input', { fields: [{ path: '/topic', messages }] });
    },
  };
}
