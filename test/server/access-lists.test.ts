import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EndpointName } from '../../server/contract/paths.js';
import type { Caller } from '../helpers/access/callers.js';
import { createObjects, type Objects } from '../helpers/access/objects.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { eventually } from '../helpers/eventually.js';

let house: TestApp;
let objects: Objects;
/** What each thing of the small collection is called in the expectations below. */
const names = new Map<string, string>();

const restrictedFirst = { unit: 'D1', restricted: true } as const;
const restrictedSecond = { unit: 'D2', restricted: true, by: 'desk.d2' } as const;

async function collect(): Promise<void> {
  const name = (id: string, called: string) => names.set(id, called);
  const { claim, check, release, pack, creative } = objects;
  name((await claim()).id, 'open');
  name((await claim({ by: 'district.a', unit: 'D1' })).id, 'of a');
  name((await claim({ by: 'district.b', unit: 'D2', restricted: true })).id, 'of b, restricted');
  name((await claim(restrictedFirst)).id, 'restricted to 1');

  const checks = {
    draft: await check(),
    'draft in 1': await check(restrictedFirst),
    'draft in 2': await check(restrictedSecond),
    'in review': await check({ state: 'in_review' }),
    fact: await check({ state: 'verified', verdict: 'false' }),
    'fact in 1': await check({ ...restrictedFirst, state: 'verified', verdict: 'misleading' }),
    'fact sent to 1': await check({ state: 'verified', verdict: 'true' }),
    'fact sent to 2': await check({ state: 'verified', verdict: 'true' }),
    'fact sent to A11': await check({ state: 'verified', verdict: 'satire' }),
    'fact recalled': await check({ state: 'verified', verdict: 'satire' }),
    'fact in 1, sent to 1': await check({ ...restrictedFirst, state: 'verified', verdict: 'unproven' }),
    void: await check({ state: 'void' }),
  };
  for (const [called, made] of Object.entries(checks)) {
    name(made.id, called);
    name(made.claimId, `claim of ${called}`);
  }
  const send = async (called: string, ...[units, options]: Parameters<Objects['release']>): Promise<void> => {
    const made = await release(units, options);
    name(made.id, called);
    name(made.packVersionId, called);
    name(made.fileId, `file of ${called}`);
  };
  await send('sent to 1', ['D1'], { facts: [checks['fact sent to 1'].id] });
  await send('sent to 2', ['D2'], { facts: [checks['fact sent to 2'].id] });
  await send('sent to A11', ['A11'], { facts: [checks['fact sent to A11'].id] });
  await send('recalled', ['D1'], { facts: [checks['fact recalled'].id], ended: 'recalled' });
  await send('expired', ['D1'], { facts: [checks.fact.id], ended: 'expired' });
  await send('restricted, sent to 1', ['D1'], { facts: [checks['fact in 1, sent to 1'].id] });
  name((await pack({ facts: [checks.fact.id] })).id, 'draft pack');
  name((await pack({ facts: [checks['fact in 1'].id], unit: 'D2' })).id, 'draft pack on 1');
  name((await creative({ unit: 'D1' })).id, 'creative');
  name((await creative({ fact: checks['fact in 1'].id })).id, 'card of 1');
  const carded = await objects.rendition({ fact: checks['fact in 1'].id });
  name((await pack({ facts: [checks.fact.id], renditions: [carded.id] })).id, 'pack with a card of 1');
}

beforeAll(async () => {
  house = await createTestApp();
  objects = await createObjects(house);
  await collect();
  for (const [caller, facts] of [
    ['researcher', 7],
    ['district.b', 1],
    ['assembly.a', 3],
  ] as const) {
    const client = await objects.callers.as(caller);
    await eventually(async () => (await client.call('library.search')).body.total === facts);
  }
});
afterAll(() => house.close());

const called = (id: string) => names.get(id) ?? `unnamed ${id}`;

interface Listed {
  id?: string;
  releaseId?: string;
  objectId?: string;
  fact?: { id: string };
}

/** The names of what a list shows a caller; the answer's code when it is refused. */
async function listed(caller: Caller, name: EndpointName, body?: object): Promise<string[]> {
  const client = await objects.callers.as(caller);
  const answer = body
    ? await client.call(name, { body: { ...body } })
    : await client.call(name, { query: name === 'library.search' ? { limit: 50 } : { limit: 100 } });
  if (answer.status !== 200) return [answer.raw.json().code];
  const { items }: { items: Listed[] } = answer.raw.json();
  return items
    .map((item) => called(item.fact?.id ?? item.releaseId ?? item.objectId ?? item.id ?? ''))
    .sort();
}

const whole = ['researcher', 'designer', 'reviewer', 'observer', 'admin'] as const;
const second = ['desk.d2', 'reviewer.d2', 'admin.d2'] as const;
const districts = ['district.a', 'district.b', 'assembly.a'] as const;

const openClaims = [
  'claim of draft',
  'claim of fact',
  'claim of fact recalled',
  'claim of fact sent to 1',
  'claim of fact sent to 2',
  'claim of fact sent to A11',
  'claim of in review',
  'claim of void',
  'of a',
  'open',
];
const first = [
  'claim of draft in 1',
  'claim of fact in 1',
  'claim of fact in 1, sent to 1',
  'restricted to 1',
];
const other = ['claim of draft in 2', 'of b, restricted'];

test('claims: the desk lists all that is open and what is restricted below it, a district its own reports', async () => {
  for (const caller of whole) {
    expect(await listed(caller, 'claims.list'), caller).toEqual([...openClaims, ...first, ...other].sort());
  }
  for (const caller of second) {
    expect(await listed(caller, 'claims.list'), caller).toEqual([...openClaims, ...other].sort());
  }
  expect(await listed('district.a', 'claims.list')).toEqual(['of a']);
  expect(await listed('district.b', 'claims.list')).toEqual(['of b, restricted']);
  expect(await listed('assembly.a', 'claims.list')).toEqual([]);
  expect(await listed('disabled', 'claims.list')).toEqual(['not_signed_in']);
  expect(await listed('anonymous', 'claims.list')).toEqual(['not_signed_in']);
});

const openChecks = [
  'draft',
  'in review',
  'fact',
  'fact sent to 1',
  'fact sent to 2',
  'fact sent to A11',
  'fact recalled',
  'void',
];

test('checks: no district lists any, the desk of one district none restricted to another', async () => {
  for (const caller of whole) {
    const all = [...openChecks, 'draft in 1', 'draft in 2', 'fact in 1', 'fact in 1, sent to 1'];
    expect(await listed(caller, 'checks.list'), caller).toEqual(all.sort());
  }
  for (const caller of second) {
    expect(await listed(caller, 'checks.list'), caller).toEqual([...openChecks, 'draft in 2'].sort());
  }
  for (const caller of districts) expect(await listed(caller, 'checks.list')).toEqual(['not_allowed']);
});

const openPacks = ['draft pack', 'expired', 'recalled', 'sent to 1', 'sent to 2', 'sent to A11'];

test('packs: none on a fact restricted to another district, and none at all for districts', async () => {
  for (const caller of whole) {
    const all = [...openPacks, 'draft pack on 1', 'pack with a card of 1', 'restricted, sent to 1'];
    expect(await listed(caller, 'packs.list'), caller).toEqual(all.sort());
  }
  for (const caller of second) expect(await listed(caller, 'packs.list'), caller).toEqual(openPacks);
  for (const caller of districts) expect(await listed(caller, 'packs.list')).toEqual(['not_allowed']);
});

test('creatives: the whole desk, no district; cards of restricted facts with the facts', async () => {
  for (const caller of [...whole, ...second]) {
    const all = await listed(caller, 'creatives.list');
    const cards = whole.some((one) => one === caller) ? 2 : 0;
    // One each for the six packs that carry a file, and the two cards.
    expect(all, caller).toHaveLength(7 + cards);
    expect(all.includes('card of 1'), caller).toBe(cards > 0);
  }
  for (const caller of districts) expect(await listed(caller, 'creatives.list')).toEqual(['not_allowed']);
});

test('inbox: live packs of one’s own units and those above, recalls of the same, no sibling’s', async () => {
  const inbox = async (caller: Caller) => {
    const { body } = await (await objects.callers.as(caller)).call('inbox.list');
    return {
      items: body.items.map(({ releaseId }) => called(releaseId)).sort(),
      recalls: body.recalls.map(({ releaseId }) => called(releaseId)),
    };
  };
  expect(await inbox('district.a')).toEqual({
    items: ['restricted, sent to 1', 'sent to 1'],
    recalls: ['recalled'],
  });
  expect(await inbox('district.b')).toEqual({ items: ['sent to 2'], recalls: [] });
  expect(await inbox('assembly.a')).toEqual({
    items: ['restricted, sent to 1', 'sent to 1', 'sent to A11'],
    recalls: ['recalled'],
  });
  for (const caller of [...whole, ...second])
    expect(await listed(caller, 'inbox.list')).toEqual(['not_allowed']);
});

const openFacts = ['fact', 'fact recalled', 'fact sent to 1', 'fact sent to 2', 'fact sent to A11'];
const library: Record<
  string,
  { callers: readonly Caller[]; facts: string[]; counts: Record<string, number> }
> = {
  whole: {
    callers: whole,
    facts: [...openFacts, 'fact in 1', 'fact in 1, sent to 1'],
    counts: { false: 1, misleading: 1, true: 2, satire: 2, unproven: 1 },
  },
  second: { callers: second, facts: openFacts, counts: { false: 1, true: 2, satire: 2 } },
  'first district': {
    callers: ['district.a'],
    facts: ['fact in 1, sent to 1', 'fact sent to 1'],
    counts: { true: 1, unproven: 1 },
  },
  'second district': { callers: ['district.b'], facts: ['fact sent to 2'], counts: { true: 1 } },
  'a seat of the first': {
    callers: ['assembly.a'],
    facts: ['fact in 1, sent to 1', 'fact sent to 1', 'fact sent to A11'],
    counts: { true: 1, unproven: 1, satire: 1 },
  },
};

test.each(Object.entries(library))(
  'library of %s: rows, total and counts by verdict say the same',
  async (_, { callers, facts, counts }) => {
    for (const caller of callers) {
      expect(await listed(caller, 'library.search'), caller).toEqual([...facts].sort());
      const client = await objects.callers.as(caller);
      for (const query of [{}, { q: 'पुल' }, { q: 'pul', limit: 1 }]) {
        const { body } = await client.call('library.search', { query });
        expect(body.total, caller).toBe(facts.length);
        expect(body.facets.verdicts, caller).toEqual(counts);
      }
    }
  },
);

test('matching a text tells nobody of what they may not see', async () => {
  const body = { text: 'नदी का पुल टूट गया' };
  const seen = async (caller: Caller) => new Set(await listed(caller, 'claims.matches', body));
  const hidden = [...first, 'fact in 1', 'fact in 1, sent to 1'];
  for (const caller of second)
    expect([...(await seen(caller))].filter((name) => hidden.includes(name))).toEqual([]);
  const may = new Set(['fact in 1, sent to 1', 'fact sent to 1', 'of a']);
  const found = await seen('district.a');
  expect(found.size).toBeGreaterThan(0);
  expect([...found].filter((name) => !may.has(name))).toEqual([]);
});

test('a claim tells a viewer only of the claims beside it that the viewer may see', async () => {
  const shared = await objects.claim({ by: 'district.a', unit: 'D1' });
  const cluster = shared.clusterId;
  await objects.claim({ cluster });
  await objects.claim({ ...restrictedFirst, cluster });
  const counted = async (caller: Caller) => {
    const client = await objects.callers.as(caller);
    return (await client.call('claims.read', { params: { id: shared.id } })).body.cluster.claims;
  };
  expect(await counted('researcher')).toBe(3);
  expect(await counted('desk.d2')).toBe(2);
  expect(await counted('district.a')).toBe(1);
});

test('claims found by words are those the list shows, for everyone', async () => {
  for (const caller of [...whole, ...second, ...districts]) {
    const client = await objects.callers.as(caller);
    const { body } = await client.call('claims.list', { query: { q: 'पुल', limit: 100 } });
    const found = body.items.map(({ id }) => called(id)).sort();
    const shown = await listed(caller, 'claims.list');
    expect(
      found.filter((name) => !shown.includes(name)),
      caller,
    ).toEqual([]);
    expect(found.length, caller).toBeGreaterThan(caller === 'assembly.a' ? -1 : 0);
  }
});

test('open claims that a fact may answer are none that one may not see', async () => {
  const id = [...names].find(([, name]) => name === 'fact sent to 1')?.[0] ?? '';
  for (const caller of second) {
    const client = await objects.callers.as(caller);
    const { body } = await client.call('claims.answerable', { params: { id } });
    const offered = body.items.map(({ objectId }) => called(objectId));
    expect(offered.length).toBeGreaterThan(0);
    expect(offered.filter((name) => first.includes(name))).toEqual([]);
  }
});
