import type { Vocabulary } from './vocabulary.js';
import type { WordClasses } from './word-classes.js';

/** How common words are in the whole index, for a collection that holds only a part of it. */
export interface TermStatistics {
  /** Documents in the whole index. */
  documents: number;
  /** Documents of the whole that hold a word of this stem, key or skeleton; undefined where that was not counted. */
  withStem(stem: string): number | undefined;
  withKey(key: string): number | undefined;
  withSkeleton(skeleton: string): number | undefined;
}

const likePower = 0.5;

/**
 * A vocabulary that counts words as the whole index would. A word that was not counted there is taken to be as common
 * in the whole as in the part; one that is like an asked word not quite, for the part was chosen by such words (the
 * power was found on judged data).
 */
export function withStatistics(
  vocabulary: Vocabulary,
  statistics: TermStatistics,
  { part, stemOf }: { part: () => number; stemOf: (word: string) => string },
): Vocabulary {
  const enlarged = (count: number, power = 1) =>
    Math.round(count * (Math.max(part(), statistics.documents) / Math.max(1, part())) ** power);
  const counted = (classes: WordClasses, inWhole: (name: string) => number | undefined): WordClasses => ({
    ...classes,
    total(number) {
      const here = classes.total(number);
      return number < 0 ? 0 : Math.max(here, inWhole(classes.name(number)) ?? enlarged(here, likePower));
    },
  });
  return {
    ...vocabulary,
    stems: counted(vocabulary.stems, statistics.withStem),
    keys: counted(vocabulary.keys, statistics.withKey),
    skeletons: counted(vocabulary.skeletons, statistics.withSkeleton),
    documents(number) {
      const here = vocabulary.documents(number);
      return Math.max(here, statistics.withStem(stemOf(vocabulary.word(number))) ?? enlarged(here));
    },
  };
}
