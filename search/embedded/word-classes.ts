import { createLists, resized } from './lists.js';

/** Words that are the same under one feature, as numbered classes. */
export interface WordClasses {
  /** The number of the class, or -1. */
  find(name: string): number;
  /** Puts a word into the class of that name; a class not known before gets the next number. */
  join(name: string, word: number): number;
  name(number: number): string;
  size(): number;
  /** Documents of all its words; those of a word that stands in a document twice over count twice. */
  total(number: number): number;
  count(number: number, change: number): void;
  /** Calls with each word of the class. */
  each(number: number, visit: (word: number) => void): void;
}

export function createWordClasses(): WordClasses {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const members = createLists();
  let totals = new Uint32Array(1 << 10);

  return {
    find: (name) => numbers.get(name) ?? -1,
    join(name, word) {
      let number = numbers.get(name);
      if (number === undefined) {
        number = names.push(name) - 1;
        numbers.set(name, number);
        if (number >= totals.length) totals = resized(totals, totals.length * 2);
      }
      members.push(number, word);
      return number;
    },
    name: (number) => names[number] ?? '',
    size: () => names.length,
    total: (number) => totals[number] ?? 0,
    count(number, change) {
      totals[number] = (totals[number] ?? 0) + change;
    },
    each(number, visit) {
      const block = members.block(number);
      const from = members.start(number);
      const to = from + members.length(number);
      for (let at = from; at < to; at += 1) visit(block[at] ?? 0);
    },
  };
}
