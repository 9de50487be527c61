import { type Analyser, type AskedWord, isSpelling } from '../analyser/analyser.js';
import { meaningToken } from './document.js';
import type { Searchable } from './settings.js';

/** One way of asking for the typed words. The weight orders what is found: as it was typed before what sounds like it. */
export interface Way {
  q: string;
  attributesToSearchOn: Searchable[];
  weight: number;
}

/** What a typed word is looked for as. */
interface TypedWord {
  word: string;
  stem: string;
  /** The word itself where it has no sound. */
  key: string;
  skeleton: string;
  meanings: string[];
  /** Of a loan word, what its spellings in every script share. */
  spelling: string | null;
  /** The same of loan words it may be the beginning of; only the last typed word may be one. */
  begun: string[];
}

const shortestPrefix = 2;
const shortestKeyPrefix = 3;
const shortestSkeleton = 3;
/** Each is a search of its own. */
const mostBegun = 3;

export function typedWords(words: readonly AskedWord[], analyser: Analyser): TypedWord[] {
  return words.map(({ word, meanings }, at) => {
    const { stem, key, skeleton } = analyser.features(word);
    const spelling = meanings.find(isSpelling);
    const marks = at === words.length - 1 ? analyser.spellingsBegunBy(word) : [];
    const begun = marks.filter((mark) => mark !== spelling);
    return {
      ...{ word, stem, key: key || word, skeleton, meanings: meanings.map(meaningToken) },
      spelling: spelling === undefined ? null : meaningToken(spelling),
      begun: begun.slice(0, mostBegun).map(meaningToken),
    };
  });
}

/** All the words, by spelling, by stem or by sound; the last one may be the beginning of a word. Typos are forgiven. */
export function waysWithAll(words: readonly TypedWord[]): Way[] {
  const last = words.at(-1);
  if (last === undefined) return [];
  const others = words.slice(0, -1);
  const [otherStems, otherKeys] = [others.map(({ stem }) => stem), others.map(({ key }) => key)];
  const spelled = (word: TypedWord) => word.spelling ?? word.key;
  const ways = [
    whole([...otherStems, last.word], ['words', 'stems'], 1),
    whole([...otherStems, last.stem], ['stems'], 0.98),
    ...(last.word.length >= shortestPrefix
      ? [begun([...otherStems, last.word], ['words', 'stems'], 0.95)]
      : []),
    whole([...otherKeys, last.key], ['keys'], 0.9),
    ...(words.some(({ spelling }) => spelling !== null)
      ? [whole(words.map(spelled), ['keys', 'meanings'], 0.88)]
      : []),
    ...(last.word.length >= shortestPrefix && others.length > 0
      ? [begun([...otherKeys, last.word], ['keys', 'words'], 0.85)]
      : []),
    ...(last.key.length >= shortestKeyPrefix ? [begun([...otherKeys, last.key], ['keys'], 0.8)] : []),
    ...last.begun.map((mark) => whole([...others.map(spelled), mark], ['keys', 'meanings'], 0.78)),
  ];
  return withoutDoubles(ways);
}

/**
 * Some of the words, for when nothing has them all: all but one, or any one as it is written. One word that is only
 * like a typed one is chance, so that is asked for only when nothing else was typed.
 */
export function waysWithSome(words: readonly TypedWord[]): Way[] {
  const last = words.at(-1);
  if (last === undefined) return [];
  const skeletons = words.map(({ skeleton }) => skeleton);
  const loose = skeletons.every((skeleton) => skeleton.length >= shortestSkeleton)
    ? [whole(skeletons, ['skeletons'], 0.3)]
    : [];
  if (words.length === 1) {
    return [...loose, ...last.meanings.map((meaning) => exact([meaning], ['meanings'], 0.2))];
  }
  const allButOne =
    words.length < 3
      ? []
      : words.flatMap((_, left) => {
          const rest = words.filter((_word, at) => at !== left);
          return waysWithAll(rest).map((way) => ({ ...way, weight: way.weight * 0.6 }));
        });
  const anyOne = words.flatMap(({ stem, key }) => [
    exact([stem], ['stems'], 0.2),
    exact([key], ['keys'], 0.18),
  ]);
  const beginning = last.word.length >= shortestPrefix ? [begun([last.word], ['words'], 0.15)] : [];
  return withoutDoubles([...allButOne, ...loose, ...anyOne, ...beginning]);
}

/** Whole words: the space at the end says that the last one is finished. */
function whole(terms: string[], attributesToSearchOn: Searchable[], weight: number): Way {
  return { q: `${terms.join(' ')} `, attributesToSearchOn, weight };
}

function begun(terms: string[], attributesToSearchOn: Searchable[], weight: number): Way {
  return { q: terms.join(' '), attributesToSearchOn, weight };
}

/** In quotes neither typos nor beginnings count. */
export function exact(terms: readonly string[], attributesToSearchOn: Searchable[], weight = 1): Way {
  return { q: terms.map((term) => `"${term}"`).join(' '), attributesToSearchOn, weight };
}

function withoutDoubles(ways: Way[]): Way[] {
  const known = new Map<string, Way>();
  for (const way of ways) {
    const name = `${way.attributesToSearchOn.join(' ')}: ${way.q}`;
    if (!known.has(name)) known.set(name, way);
  }
  return [...known.values()];
}
