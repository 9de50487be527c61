import type { Vocabulary, WordClass } from './vocabulary.js';

/** How common words are in the whole index, for a collection that holds only a part of it. */
export interface TermStatistics {
  /** Documents in the whole index. */
  documents: number;
  /** Documents of the whole that hold a word of this stem or key; undefined where that was not counted. */
  withStem(stem: string): number | undefined;
  withKey(key: string): number | undefined;
}

/**
 * A vocabulary that counts words as the whole index would. What was not counted there is taken to be as common in the
 * whole as in the part.
 */
export function withStatistics(
  vocabulary: Vocabulary,
  statistics: TermStatistics,
  { part, stemOf }: { part: () => number; stemOf: (word: string) => string },
): Vocabulary {
  const enlarged = (count: number) =>
    Math.min(statistics.documents, Math.round((count * statistics.documents) / Math.max(1, part())));
  const counted = (found: WordClass | undefined, total: number | undefined): WordClass | undefined =>
    found && { members: found.members, total: Math.max(found.total, total ?? enlarged(found.total)) };
  return {
    ...vocabulary,
    stem: (stem) => counted(vocabulary.stem(stem), statistics.withStem(stem)),
    key: (key) => counted(vocabulary.key(key), statistics.withKey(key)),
    skeleton: (skeleton) => counted(vocabulary.skeleton(skeleton), undefined),
    documents(number) {
      const here = vocabulary.documents(number);
      return Math.max(here, statistics.withStem(stemOf(vocabulary.word(number))) ?? enlarged(here));
    },
  };
}
