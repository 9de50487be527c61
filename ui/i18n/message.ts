import type { Language } from '../../server/contract/lists.js';

/** A sentence, or its plural forms; `{name}` is replaced by a value. Forms are chosen by the value `count`. */
export type Message = string | { readonly one: string; readonly other: string };

/** The texts of one screen or part in one language. */
export type Area = Readonly<Record<string, Message>>;

/** What the English of an area must be: exactly the keys of the Hindi source. */
export type Same<A extends Area> = { readonly [K in keyof A]: Message };

/** One area in both languages; the Hindi decides the keys. */
export interface Texts<A extends Area> {
  hi: A;
  en: Same<A>;
}

type Names<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<M> = M extends string
  ? Names<M>
  : M extends { one: infer One extends string; other: infer Other extends string }
    ? Names<One> | Names<Other> | 'count'
    : never;

export type Values<M> = { [K in NamesOf<M>]: K extends 'count' ? number : string | number };

/** `t('key')`, or `t('key', { name: value })` when the Hindi text has places to fill. */
export type Translate<A extends Area> = <K extends keyof A & string>(
  key: K,
  ...values: [NamesOf<A[K]>] extends [never] ? [] : [Values<A[K]>]
) => string;

/** Locale of every format here: Indian grouping, Latin digits. */
export function localeOf(language: Language): string {
  return language === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN';
}

/** Chooses the plural form and fills the places; numbers get the language's grouping. */
export function fill(
  message: Message,
  values: Readonly<Record<string, string | number>>,
  language: Language,
): string {
  const locale = localeOf(language);
  const count = values.count;
  const sentence =
    typeof message === 'string'
      ? message
      : typeof count === 'number' && new Intl.PluralRules(locale).select(count) === 'one'
        ? message.one
        : message.other;
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}
