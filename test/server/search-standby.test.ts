import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holdTurn } from '../../server/run/turn.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import type { Client } from '../helpers/client.js';
import { factAbout, good } from '../helpers/desk.js';
import { eventually } from '../helpers/eventually.js';
import { type MeilisearchDouble, startMeilisearchDouble } from '../helpers/meilisearch-double.js';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../server/library/rebuild.command.ts', import.meta.url));

let server: MeilisearchDouble;
let app: TestApp;
let researcher: Client;
beforeAll(async () => {
  server = await startMeilisearchDouble();
  app = await createTestApp({ environment: { MEILI_URL: server.url, MEILI_KEY: 'the-master-key' } });
  researcher = await app.as('researcher');
});
afterAll(async () => {
  await app.close();
  await server.kill();
});

const documentsIndex = () => server.indexes().find((name) => name.endsWith('_documents')) ?? '';
const kept = () => [...server.documents(documentsIndex()).keys()];
const search = async (q: string) => good(await researcher.call('library.search', { query: { q } }));
const matches = async (text: string) => good(await researcher.call('claims.matches', { body: { text } }));
const ready = async () => (await app.app.inject('/readyz')).json() as { ok: boolean; notes: object };

it('searches on Meilisearch, and in the program itself while that is away, saying so in both languages', async () => {
  const { fact } = await factAbout(app, { text: 'नहर टूट गई', headline: 'नहर नहीं टूटी' });
  await app.api.follower.caughtUp();
  await eventually(() => kept().some((id) => id.includes(fact.id)));
  const answered = await eventually(async () => {
    const result = await search('नहर');
    return result.notice === undefined && result.items.length > 0 ? result : null;
  });
  expect(answered.items.map((item) => item.fact.id)).toEqual([fact.id]);
  expect(await ready()).toMatchObject({ ok: true, notes: {} });

  await server.kill();
  const instead = await search('नहर');
  expect(instead.items.map((item) => item.fact.id)).toEqual([fact.id]);
  expect(instead.notice?.hi).toContain('खोज का सर्वर अभी नहीं मिल रहा');
  expect(instead.notice?.en).toContain('search server is away');
  const matched = await matches('सुना है नहर टूट गई');
  expect(matched.items.map(({ objectId }) => objectId)).toContain(fact.id);
  expect(matched.notice).toEqual(instead.notice);
  const offered = good(await researcher.call('claims.answerable', { params: { id: fact.id } }));
  expect(offered.notice).toEqual(instead.notice);
  expect(await ready()).toMatchObject({
    ok: true,
    notes: { search: expect.stringContaining('Meilisearch does not answer') },
  });

  // A claim is entered as always, matched as always, and the server hears of it when it is back.
  const later = await factAbout(app, { text: 'पुल गिर गया', headline: 'पुल नहीं गिरा' });
  await app.api.follower.caughtUp();
  expect((await search('पुल')).items.map((item) => item.fact.id)).toEqual([later.fact.id]);
  await server.start();
  await eventually(() => kept().some((id) => id.includes(later.fact.id)), { timeoutMs: 40_000 });
  await eventually(async () => (await search('पुल')).notice === undefined);
  expect((await matches('सुना है पुल गिर गया')).notice).toBeUndefined();
});

it('keeps the key it was given out of everything it writes', () => {
  expect(app.log.join('')).not.toContain('the-master-key');
});

it('rebuilds everything by one command, whether a server runs or not', async () => {
  const environment = {
    ...process.env,
    DATABASE_URL: app.appUrl,
    MEILI_URL: server.url,
    DATA_DIR: app.dataDir,
  };
  const swaps = () => server.requests.filter(({ path }) => path === '/swap-indexes').length;
  const [before, documents] = [swaps(), kept().length];
  const { stdout } = await run(process.execPath, ['--import', 'tsx', command], { env: environment });
  expect(stdout).toContain('A running server sees to the index on Meilisearch');
  await eventually(() => swaps() === before + 1, { timeoutMs: 20_000 });
  await app.api.follower.caughtUp();

  await app.api.close();
  const alone = await run(process.execPath, ['--import', 'tsx', command], { env: environment });
  expect(alone.stdout).toContain(`ok, ${documents} documents on Meilisearch`);
  expect(swaps()).toBe(before + 2);
});

it('gives a turn to one at a time, and to the next as soon as the connection of the first is gone', async () => {
  const events: string[] = [];
  const hold = (name: string) =>
    holdTurn({
      url: app.appUrl,
      name: 'test',
      retryMs: 10,
      logger: { warn: () => undefined },
      onTurn() {
        events.push(`${name} begins`);
        return async () => void events.push(`${name} ends`);
      },
    });
  const first = hold('first');
  await eventually(() => events.length === 1);
  const second = hold('second');
  await first.close();
  await eventually(() => events.length === 3);
  expect(events).toEqual(['first begins', 'first ends', 'second begins']);
  const admin = new pg.Client({ connectionString: app.adminUrl });
  await admin.connect();
  const { rowCount } = await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'tathya-turn' and datname = current_database()`,
  );
  await admin.end();
  expect(rowCount).toBe(1);
  await eventually(() => events.includes('second ends') && events.at(-1) === 'second begins');
  await second.close();
  expect(events).toEqual([
    'first begins',
    'first ends',
    'second begins',
    'second ends',
    'second begins',
    'second ends',
  ]);
});
