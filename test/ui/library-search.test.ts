import { describe, expect, it } from 'vitest';
import type { ClaimMatch } from '../../server/contract/claim.js';
import { deskAddress, noFilter, readFilter } from '../../ui/screens/desk/filters.js';
import { groupMatches, wordPairs } from '../../ui/screens/desk/match-order.js';
import {
  addressFor,
  daysOf,
  hasFilters,
  type LibrarySearch,
  noSearch,
  queryOf,
  readSearch,
  toggled,
} from '../../ui/screens/library/search-state.js';

const place = '01900000-0000-7000-8000-000000000001';
const full: LibrarySearch = {
  q: 'बिजली & पानी',
  verdict: ['false', 'misleading'],
  topic: ['prices', 'health'],
  language: ['en'],
  place: [place],
  media: ['image', 'audio'],
  period: null,
  from: '2026-01-01',
  to: '2026-02-01',
};

function read(address: string): LibrarySearch {
  return readSearch(Object.fromEntries(new URL(address, 'http://desk.example').searchParams));
}

describe('the question in the address of the library', () => {
  it('comes back as it was asked, on the list and on a fact', () => {
    expect(read(addressFor(full))).toEqual(full);
    expect(read(addressFor(full, place))).toEqual(full);
    const week = { ...noSearch, period: 'week' as const };
    expect(read(addressFor(week))).toEqual(week);
    expect(addressFor(noSearch)).toBe('/library');
    expect(addressFor({ ...noSearch, verdict: ['false', 'true'] })).toBe('/library?verdict=false,true');
  });

  it('leaves out what makes no sense', () => {
    const search = read(`/library?verdict=false,maybe,false&topic=Bad!,ok_topic&place=x&days=ever&from=soon`);
    expect(search).toEqual({ ...noSearch, verdict: ['false'], topic: ['ok_topic'] });
    expect(read('/library?days=today&from=2026-01-01')).toEqual({ ...noSearch, period: 'today' });
  });

  it('takes values on and off', () => {
    const one = toggled(noSearch, 'verdict', 'false');
    expect(one.verdict).toEqual(['false']);
    expect(hasFilters(one)).toBe(true);
    expect(toggled(one, 'verdict', 'false')).toEqual(noSearch);
    expect(toggled(full, 'topic', 'prices')).toEqual({ ...full, topic: ['health'] });
    expect(hasFilters({ ...noSearch, q: 'नहर' })).toBe(false);
  });

  it('asks for days as they are in India', () => {
    // Half past one at night there; still the day before in UTC.
    const now = new Date('2026-03-09T20:00:00Z');
    expect(daysOf({ ...noSearch, period: 'today' }, now)).toEqual({ from: '2026-03-10' });
    expect(daysOf({ ...noSearch, period: 'week' }, now)).toEqual({ from: '2026-03-04' });
    expect(daysOf({ ...noSearch, period: 'month' }, now)).toEqual({ from: '2026-02-09' });
    expect(daysOf({ ...noSearch, period: 'year' }, now)).toEqual({ from: '2026-01-01' });
    expect(daysOf({ ...noSearch, to: '2026-02-01' }, now)).toEqual({ to: '2026-02-01' });
    expect(queryOf(full)).toMatchObject({
      from: '2026-01-01',
      to: '2026-02-01',
      verdict: ['false', 'misleading'],
    });
  });
});

describe('what the desk’s list is narrowed to', () => {
  it('stands in the address, words and all', () => {
    const filter = { state: 'new', mine: 'unread', q: 'पुल टूटा' } as const;
    const query = Object.fromEntries(new URL(deskAddress(filter, 'c1'), 'http://desk.example').searchParams);
    expect(readFilter(query)).toEqual(filter);
    expect(deskAddress(noFilter)).toBe('/desk');
  });
});

function match(objectId: string, more: Partial<ClaimMatch>): ClaimMatch {
  return {
    kind: 'claim',
    objectId,
    clusterId: objectId,
    band: 'likely',
    score: 0.7,
    headline: '',
    language: 'hi',
    verdict: null,
    state: 'new',
    leadsCheck: false,
    seen: { claims: 1, units: 1, firstSeen: null, lastSeen: null },
    reasons: [],
    ...more,
  };
}

describe('matches in their bands', () => {
  const matches = [
    match('a', { band: 'same' }),
    match('b', { band: 'likely' }),
    match('c', { band: 'likely', kind: 'fact' }),
    match('d', { band: 'related', kind: 'fact' }),
  ];
  const shape = (answersFirst: boolean) =>
    groupMatches(matches, { answersFirst }).map(({ name, items }) => [
      name,
      items.map(({ objectId }) => objectId).join(''),
    ]);

  it('go from the surest down, what is answered first in each', () => {
    expect(shape(false)).toEqual([
      ['same', 'a'],
      ['likely', 'cb'],
      ['related', 'd'],
    ]);
  });

  it('begin with the answers for whoever only wants to know', () => {
    expect(shape(true)).toEqual([
      ['answer', 'c'],
      ['same', 'a'],
      ['likely', 'b'],
      ['related', 'd'],
    ]);
  });

  it('say which words met, in both scripts where they differ', () => {
    const reasons = [
      { text: 'bijli', document: 'बिजली' },
      { text: 'Bill', document: 'bill' },
      { text: 'bijli', document: 'बिजली' },
    ];
    expect(wordPairs(reasons)).toEqual([
      { text: 'bijli', found: 'बिजली' },
      { text: 'Bill', found: null },
    ]);
    expect(
      wordPairs(Array.from({ length: 20 }, (_, at) => ({ text: `${at}`, document: `${at}` }))),
    ).toHaveLength(8);
  });
});
