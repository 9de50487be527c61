import Fastify from 'fastify';
import pg from 'pg';
import { manyClaims } from '../helpers/many.js';
import { type Bench, type Figure, median } from './figure.js';
import { type RealServer, startRealServer } from './real-server.js';

const claims = 5_000;
const pageLength = 50;
const rounds = 40;
const perRound = 10;

/** The page as one would write it by hand, without who may see what, clusters or names. */
const plainQuery = `select id, kind, text, language, state, version, created_at, updated_at
  from tathya.claims order by id desc limit ${pageLength}`;

/** Milliseconds a call takes, the ways in turn so that the machine's moods meet all of them. */
async function timeEach(
  ways: Readonly<Record<string, () => Promise<void>>>,
): Promise<Record<string, number>> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, call] of Object.entries(ways)) {
      const start = performance.now();
      for (let count = 0; count < perRound; count += 1) await call();
      if (round > 4) times[name] = [...(times[name] ?? []), (performance.now() - start) / perRound];
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}

/** Our list beside the bare tools: the query alone, and a route of the same framework that only sends it. */
async function listFigures(server: RealServer): Promise<Figure[]> {
  const reporterId = server.world.members.researcher;
  await manyClaims(server, { count: claims, reporterId });
  const pool = new pg.Pool({ connectionString: server.appUrl, max: 2 });
  const plain = Fastify();
  plain.get('/claims', async () => ({ items: (await pool.query(plainQuery)).rows }));
  await plain.ready();
  const client = await server.as('researcher');
  try {
    const times = await timeEach({
      query: async () => {
        await pool.query(plainQuery);
      },
      route: async () => {
        const { statusCode } = await plain.inject({ url: '/claims' });
        if (statusCode !== 200) throw new Error(`the plain route answered ${statusCode}`);
      },
      ours: async () => {
        const { status, body } = await client.call('claims.list', { query: { limit: pageLength } });
        if (status !== 200 || body.items.length !== pageLength)
          throw new Error(`the list answered ${status}`);
      },
    });
    const { ours = Number.NaN, query = Number.NaN, route = Number.NaN } = times;
    return [
      { name: 'list/time', value: ours, unit: `ms for ${pageLength} of ${claims} claims`, goal: 100 },
      { name: 'list/plain-query', value: ours / query, unit: 'ratio of time', goal: null },
      { name: 'list/plain-route', value: ours / route, unit: 'ratio of time', goal: null },
    ];
  } finally {
    await plain.close();
    await pool.end();
  }
}

/** What an everyday page costs beside the bare tools it is made of. */
export const bench: Bench = async ({ folder, say }) => {
  say('starting PostgreSQL, server and worker');
  const server = await startRealServer({ folder });
  try {
    return await listFigures(server);
  } finally {
    await server.stop();
  }
};
