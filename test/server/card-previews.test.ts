import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Creative, RecipeList } from '../../server/contract/creative.js';
import { disclosureWords } from '../../server/creatives/overlays.policy.js';
import type { Client } from '../helpers/client.js';
import { factAbout, good, problem } from '../helpers/desk.js';
import { eventually } from '../helpers/eventually.js';
import { picture, startMediaApp, upload } from '../helpers/media.js';

let app: Awaited<ReturnType<typeof startMediaApp>>;
let designer: Client;
let card: Creative;
beforeAll(async () => {
  app = await startMediaApp();
  designer = await app.as('designer');
  const { fact } = await factAbout(app);
  const body = { template: 'plain', language: 'hi' } as const;
  card = good(await designer.call('cards.create', { params: { id: fact.id }, body }));
});
afterAll(() => app.close());

const recipes = async (id = card.id): Promise<RecipeList['items']> =>
  good(await designer.call('creatives.recipes', { params: { id }, query: {} })).items;
const draw = async (by: Client = designer) =>
  good(await by.call('cards.drawPreviews', { params: { id: card.id } })).wanted;
const urls = async () => (await recipes()).map(({ preview }) => preview?.url ?? null);

async function openJobs(): Promise<number> {
  const admin = await app.as('admin');
  const { items } = good(await admin.call('jobs.list', { query: { limit: 100 } }));
  return items.filter(({ name, state }) => name === 'card.preview' && state !== 'done').length;
}

describe('small pictures of a card', () => {
  it('are not there at first; asking for them twice makes one job', async () => {
    expect(new Set((await recipes()).map(({ preview }) => JSON.stringify(preview)))).toEqual(
      new Set(['{"url":null,"failure":null}']),
    );
    const wanted = await draw();
    expect(wanted).toBeGreaterThan(5);
    // Formats of the same frame share a picture.
    expect(wanted).toBeLessThan((await recipes()).length);
    expect(await draw(await app.as('observer'))).toBe(wanted);
    expect(await openJobs()).toBe(1);
  });

  it('are drawn in the shape of each format, and once', async () => {
    const worker = await app.startWorker();
    await eventually(async () => (await urls()).every((url) => url !== null), { timeoutMs: 60_000 });
    expect(await draw()).toBe(0);
    const formats = new Map(
      good(await designer.call('formats.list', {})).items.map((format) => [format.code, format]),
    );
    for (const { format, preview } of await recipes()) {
      const raw = await designer.inject({ method: 'GET', url: preview?.url ?? '' });
      expect([raw.statusCode, raw.headers['content-type']]).toEqual([200, 'image/webp']);
      const drawn = await sharp(raw.rawPayload).metadata();
      const { width, height } = formats.get(format) ?? { width: null, height: null };
      const shape = width !== null && height !== null ? width / height : 4 / 5;
      expect(drawn.width / drawn.height, format).toBeCloseTo(shape, 1);
    }
    await worker.stop();
  }, 90_000);

  it('are drawn anew once a later version draws cards otherwise', async () => {
    const before = await urls();
    await app.ownerDb
      .updateTable('cardPreviews')
      .set({ madeBy: 'older' })
      .where('creativeId', '=', card.id)
      .execute();
    expect(new Set(await urls())).toEqual(new Set([null]));
    expect(await draw()).toBe(new Set(before).size);
    const worker = await app.startWorker();
    await eventually(async () => (await urls()).every((url) => url !== null), { timeoutMs: 60_000 });
    await worker.stop();
    expect(await urls()).toEqual(before);
  }, 90_000);

  it('are drawn anew where something is laid over the card that was not there', async () => {
    const before = await urls();
    const edited = good(
      await designer.call('creatives.edit', {
        params: { id: card.id },
        body: { aiDeclaration: 'composite' },
        ifMatch: card.version,
      }),
    );
    expect(edited.aiDeclaration).toBe('composite');
    expect((await urls()).filter((url) => url !== null)).toEqual([]);
    // A card is written in its own language, whatever the page's is.
    const asked = { params: { id: card.id }, query: { language: 'en' } };
    const [first] = good(await designer.call('creatives.recipes', asked)).items;
    expect(first?.recipe.overlays).toMatchObject([
      { kind: 'disclosure', text: disclosureWords.composite.hi },
    ]);
    expect(await draw()).toBeGreaterThan(5);
    const worker = await app.startWorker();
    await eventually(async () => (await urls()).every((url) => url !== null), { timeoutMs: 60_000 });
    expect((await urls()).filter((url) => before.includes(url))).toEqual([]);
    await worker.stop();
  }, 90_000);

  it('are of cards only, and an unknown one is not found', async () => {
    const uploaded = good(await upload(designer, { content: await picture() }));
    expect(new Set((await recipes(uploaded.id)).map(({ preview }) => preview))).toEqual(new Set([null]));
    const refused = await designer.call('cards.drawPreviews', { params: { id: uploaded.id } });
    expect(problem(refused)).toEqual({ status: 409, code: 'wrong_state' });
    const ask = (frame: string) =>
      designer.call('cards.preview', { params: { id: card.id, frame } }).then(({ raw }) => raw.statusCode);
    expect(await ask('1x1-0-0-1x1')).toBe(404);
    expect(await ask('../file')).toBe(404);
  });
});
