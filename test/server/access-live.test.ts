import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../helpers/access/callers.js';
import { createObjects, type Objects } from '../helpers/access/objects.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { eventually } from '../helpers/eventually.js';

let house: TestApp;
let objects: Objects;
beforeAll(async () => {
  house = await createTestApp();
  objects = await createObjects(house);
});
afterAll(() => house.close());

const hearers = [
  'researcher',
  'observer',
  'admin',
  'district.a',
  'district.b',
  'assembly.a',
  'desk.d2',
  'reviewer.d2',
] as const satisfies readonly Caller[];

/** Opens a stream for each caller; gives what each has heard so far and the way to hang up. */
async function listen() {
  const heard = new Map<Caller, string>(hearers.map((caller) => [caller, '']));
  const streams = await Promise.all(
    hearers.map(async (caller) => {
      const client = await objects.callers.as(caller);
      const response = await client.inject({ method: 'GET', url: '/api/live', payloadAsStream: true });
      expect(response.statusCode).toBe(200);
      const stream = response.stream();
      stream.on('data', (chunk) => heard.set(caller, `${heard.get(caller)}${chunk}`));
      return stream;
    }),
  );
  return {
    whoHeard: (topic: string, id: string) =>
      hearers.filter((caller) => heard.get(caller)?.includes(JSON.stringify({ topic, id }))),
    hangUp: () => {
      for (const stream of streams) stream.destroy();
    },
  };
}

test('live events go to whom the routes would answer, and to nobody else', async () => {
  const { whoHeard, hangUp } = await listen();
  const { claim, check, unit } = objects;
  const researcher = await objects.callers.as('researcher');
  const reviewer = await objects.callers.as('reviewer');
  const triage = async (id: string) => {
    const body = { state: 'triaged' };
    expect((await researcher.call('claims.setState', { params: { id }, body, ifMatch: 1 })).status).toBe(200);
  };

  const open = await claim();
  const ofA = await claim({ by: 'district.a', unit: 'D1' });
  const inFirst = await claim({ unit: 'D1', restricted: true });
  const inSecond = await claim({ by: 'district.b', unit: 'D2', restricted: true });
  for (const { id } of [open, ofA, inFirst, inSecond]) await triage(id);

  const body = { text: 'नया दावा', language: 'hi', ownerUnitId: unit('D1'), restricted: true };
  const logged = (await researcher.call('claims.create', { body })).body;

  const draft = await check({ unit: 'D1', restricted: true });
  const submitted = await researcher.call('checks.submit', { params: { id: draft.id }, ifMatch: 1 });
  expect(submitted.status).toBe(200);

  const pack = await objects.pack({ state: 'approved' });
  const { hash } = await objects.shownPack(pack.id);
  const selector = { kind: 'units', unitIds: [unit('D1')] } as const;
  const released = await reviewer.call('packs.release', {
    params: { id: pack.id },
    body: { selector, hash },
  });
  expect(released.status).toBe(201);
  const recall = { params: { id: pack.id }, body: { reason: 'आँकड़ा गलत था' } };
  expect((await reviewer.call('packs.recall', recall)).status).toBe(200);

  // Events come in the order of their commits: once the last is there, all are.
  const whole = ['researcher', 'observer', 'admin'];
  const second = ['desk.d2', 'reviewer.d2'];
  await eventually(() => whoHeard('recall', pack.id).length === 7);
  expect(whoHeard('recall', pack.id)).toEqual([...whole, 'district.a', 'assembly.a', ...second]);
  expect(whoHeard('release', released.body.id)).toEqual([...whole, 'district.a', 'assembly.a', ...second]);
  expect(whoHeard('pack', pack.id)).toEqual([...whole, ...second]);
  expect(whoHeard('claim', open.id)).toEqual([...whole, ...second]);
  expect(whoHeard('claim', ofA.id)).toEqual([...whole, 'district.a', ...second]);
  expect(whoHeard('claim', inFirst.id)).toEqual(whole);
  expect(whoHeard('claim', inSecond.id)).toEqual([...whole, 'district.b', ...second]);
  expect(whoHeard('claim', logged.id)).toEqual(whole);
  expect(whoHeard('check', draft.id)).toEqual(whole);
  hangUp();
});
