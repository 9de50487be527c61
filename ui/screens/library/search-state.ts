import type { LibraryQuery } from '../../../server/contract/library.js';
import {
  type Language,
  languages,
  type MediaKind,
  mediaKinds,
  type VerdictCode,
  verdictCodes,
} from '../../../server/contract/lists.js';

/** Spans of days counted back from today; `year` begins on 1 January. */
export const periods = ['today', 'week', 'month', 'year'] as const;
export type Period = (typeof periods)[number];

/** What is asked of the library. All of it stands in the address, so that it can be sent and survives the way back. */
export interface LibrarySearch {
  q: string;
  verdict: readonly VerdictCode[];
  topic: readonly string[];
  language: readonly Language[];
  place: readonly string[];
  media: readonly MediaKind[];
  period: Period | null;
  /** Own days, both included, when no period is chosen; empty for an open end. */
  from: string;
  to: string;
}

export const noSearch: LibrarySearch = {
  q: '',
  verdict: [],
  topic: [],
  language: [],
  place: [],
  media: [],
  period: null,
  from: '',
  to: '',
};

/** Facets with values to tick; days are their own. */
export const facetNames = ['verdict', 'topic', 'place', 'media', 'language'] as const;
export type FacetName = (typeof facetNames)[number];

const day = /^\d{4}-\d{2}-\d{2}$/;
const code = /^[a-z][a-z0-9_]{1,40}$/;
const id = /^[0-9a-f-]{36}$/;
/** As many values as the server takes. */
const most = 30;

function listOf(value: string | undefined): string[] {
  return [...new Set((value ?? '').split(',').filter(Boolean))].slice(0, most);
}

function among<T extends string>(values: readonly T[], value: string | undefined): T[] {
  return listOf(value).flatMap((one) => values.find((known) => known === one) ?? []);
}

/** Reads the address; what makes no sense is left out. */
export function readSearch(query: Readonly<Record<string, string>>): LibrarySearch {
  const period = periods.find((known) => known === query.days) ?? null;
  const dayOf = (value = '') => (period === null && day.test(value) ? value : '');
  return {
    q: query.q ?? '',
    verdict: among(verdictCodes, query.verdict),
    topic: listOf(query.topic).filter((value) => code.test(value)),
    language: among(languages, query.language),
    place: listOf(query.place).filter((value) => id.test(value)),
    media: among(mediaKinds, query.media),
    period,
    from: dayOf(query.from),
    to: dayOf(query.to),
  };
}

export function addressFor(search: LibrarySearch, factId?: string): string {
  const { q, period, from, to } = search;
  const parts: [string, string][] = [
    ['q', q],
    ...facetNames.map((name): [string, string] => [name, search[name].join(',')]),
    ['days', period ?? ''],
    ['from', period === null ? from : ''],
    ['to', period === null ? to : ''],
  ];
  const query = new URLSearchParams(parts.filter(([, value]) => value !== ''));
  const path = factId ? `/library/${factId}` : '/library';
  // Commas are allowed in a query and read better than their code.
  return query.size > 0 ? `${path}?${query.toString().replaceAll('%2C', ',')}` : path;
}

export function hasFilters(search: LibrarySearch): boolean {
  const { period, from, to } = search;
  return period !== null || from !== '' || to !== '' || facetNames.some((name) => search[name].length > 0);
}

/** Puts a value of a facet on or takes it off. */
export function toggled(search: LibrarySearch, name: FacetName, value: string): LibrarySearch {
  const now: readonly string[] = search[name];
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value];
  return { ...search, ...readSearch({ ...record(search), [name]: next.join(',') }) };
}

function record(search: LibrarySearch): Record<string, string> {
  const address = addressFor(search);
  return Object.fromEntries(new URLSearchParams(address.slice(address.indexOf('?') + 1)));
}

/** A day as people in India have it now. */
function dayInIndia(moment: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(moment);
}

/** First and last day asked for; nothing for an open end. */
export function daysOf(
  { period, from, to }: LibrarySearch,
  now = new Date(),
): { from?: string; to?: string } {
  const today = dayInIndia(now);
  const back = (days: number) => dayInIndia(new Date(now.getTime() - days * 86_400_000));
  if (period === 'today') return { from: today };
  if (period === 'week') return { from: back(6) };
  if (period === 'month') return { from: back(29) };
  if (period === 'year') return { from: `${today.slice(0, 4)}-01-01` };
  return { ...(from && { from }), ...(to && { to }) };
}

/** The question as the server takes it. */
export function queryOf(search: LibrarySearch): LibraryQuery {
  const { q, verdict, topic, language, place, media } = search;
  return {
    ...(q && { q }),
    verdict: [...verdict],
    topic: [...topic],
    language: [...language],
    place: [...place],
    media: [...media],
    ...daysOf(search),
  };
}
