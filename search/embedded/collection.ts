import type { Analyser } from '../analyser/analyser.js';
import { isMeaning } from '../analyser/analyser.js';
import type { IndexDocument } from '../search-index.js';
import { lookUp, type Question } from './asking.js';
import { createDocuments, type Documents } from './documents.js';
import { createLists } from './lists.js';
import { type Asked, createScorer, type Scorer } from './scorer.js';
import { type TermStatistics, withStatistics } from './statistics.js';
import { mostTimes, timesBits } from './sums.js';
import { createVocabulary, type Vocabulary } from './vocabulary.js';

/** A document's words, each with how often it stands there. */
export type DocumentWords = [word: string, times: number][];

/** Documents with their words indexed; knows nothing of who may see what. */
export interface Collection extends Scorer {
  documents: Documents;
  vocabulary: Vocabulary;
  put(document: IndexDocument, words?: DocumentWords): void;
  drop(id: string): void;
  wordsOf(slot: number): DocumentWords;
  /** Looks up what the question's words may be written as; good until the next write. */
  ask(question: Question): Asked;
  /** Work left behind by removals, to be done in slices: null when there is none. */
  cleaning(): Iterator<void> | null;
}

export function createCollection({
  analyser,
  statistics,
}: {
  analyser: Analyser;
  /** Left out for a collection that is the whole index. */
  statistics?: TermStatistics;
}): Collection {
  const documents = createDocuments();
  const own = createVocabulary({ analyser });
  const vocabulary =
    statistics === undefined
      ? own
      : withStatistics(own, statistics, {
          part: documents.size,
          stemOf: (word) => analyser.features(word).stem,
        });
  const size = () => statistics?.documents ?? documents.size();
  /** By word the documents, by document the words. */
  const postings = createLists();
  const contents = createLists();
  const dead: number[] = [];
  let lengths = new Uint16Array(1 << 10);
  let totalLength = 0;
  const scorer = createScorer({
    vocabulary,
    postings,
    contents,
    lengths: () => lengths,
    averageLength: () => totalLength / Math.max(1, documents.size()),
    size,
    slots: documents.slots,
  });

  function drop(id: string): void {
    const slot = documents.slotOf(id);
    if (slot === undefined) return;
    documents.drop(id);
    totalLength -= lengths[slot] ?? 0;
    const block = contents.block(slot);
    const from = contents.start(slot);
    for (let at = from; at < from + contents.length(slot); at += 1)
      vocabulary.count((block[at] ?? 0) >>> timesBits, -1);
    contents.retain(slot, () => false);
    dead.push(slot);
  }

  function put(document: IndexDocument, given?: DocumentWords): void {
    drop(document.id);
    const words = given ?? analyser.indexWords(passagesOf(document));
    const slot = documents.put(document);
    if (slot >= lengths.length) {
      const longer = new Uint16Array(lengths.length * 2);
      longer.set(lengths);
      lengths = longer;
    }
    let length = 0;
    for (const [word, times] of words) {
      const number = vocabulary.number(word);
      const counted = Math.min(times, mostTimes);
      postings.push(number, (slot << timesBits) | counted);
      contents.push(slot, (number << timesBits) | counted);
      vocabulary.count(number, 1);
      if (!isMeaning(word)) length += counted;
    }
    lengths[slot] = Math.min(length, 65_535);
    totalLength += lengths[slot] ?? 0;
  }

  return {
    ...scorer,
    documents,
    vocabulary,
    put,
    drop,
    wordsOf(slot) {
      const block = contents.block(slot);
      const from = contents.start(slot);
      return Array.from(block.subarray(from, from + contents.length(slot)), (entry) => [
        vocabulary.word(entry >>> timesBits),
        entry & mostTimes,
      ]);
    },
    ask: (question) => lookUp(question, { vocabulary, analyser, documents: size() }),
    cleaning() {
      if (dead.length < 1_000 || dead.length < documents.size() / 4) return null;
      return clean();
    },
  };

  function* clean(): Generator<void, void, void> {
    const gone = dead.splice(0);
    const isGone = new Set(gone);
    for (let number = 0; number < vocabulary.size(); number += 1) {
      postings.retain(number, (posting) => !isGone.has(posting >>> timesBits));
      if (number % 64 === 0) yield;
    }
    documents.reuse(gone);
  }
}

export function passagesOf(document: IndexDocument): string[] {
  const texts = document.texts.flatMap(({ headline, body }) => [headline, body]);
  return [...new Set([...document.claimTexts, ...texts])].filter((passage) => passage !== '');
}
