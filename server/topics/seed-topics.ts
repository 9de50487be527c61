import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { languages } from '../contract/lists.js';
import { TopicCode } from '../contract/topic.js';
import { type Database, transact } from '../database/database.js';

const name = Type.String({ minLength: 1, maxLength: 100 });
const Shipped = Type.Array(Type.Object({ code: TopicCode, hi: name, en: name }), { minItems: 1 });

/** Enters the topics shipped with the program that are not there yet; names and order changed since then stay. */
export async function seedTopics(db: Database): Promise<void> {
  const topics: unknown = JSON.parse(await readFile(new URL('./topics.json', import.meta.url), 'utf8'));
  if (!Value.Check(Shipped, topics)) throw new Error('topics.json does not have the agreed shape');
  await transact(db, {}, async (tx) => {
    await tx
      .insertInto('topics')
      .values(topics.map(({ code }, index) => ({ code, position: (index + 1) * 10 })))
      .onConflict((conflict) => conflict.column('code').doNothing())
      .execute();
    await tx
      .insertInto('topicTexts')
      .values(
        topics.flatMap(({ code, ...names }) =>
          languages.map((language) => ({ topic: code, language, name: names[language] })),
        ),
      )
      .onConflict((conflict) => conflict.columns(['topic', 'language']).doNothing())
      .execute();
  });
}
