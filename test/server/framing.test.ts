import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Creative, FormatFraming } from '../../server/contract/creative.js';
import { createObjects, type Objects } from '../helpers/access/objects.js';
import type { Client } from '../helpers/client.js';
import { inspected, rendered, startMediaApp, upload } from '../helpers/media.js';

let app: Awaited<ReturnType<typeof startMediaApp>>;
let designer: Client;
let objects: Objects;

beforeAll(async () => {
  app = await startMediaApp();
  await app.startWorker();
  designer = await app.as('designer');
  objects = await createObjects(app);
});
afterAll(() => app.close());

/** Left half red, right half blue, 800 × 400. */
async function halves(): Promise<Creative> {
  const red = { create: { width: 400, height: 400, channels: 3 as const, background: '#d00000' } };
  const content = await sharp(red)
    .extend({ right: 400, background: `#0000${Math.floor(Math.random() * 60 + 180).toString(16)}` })
    .jpeg({ quality: 95 })
    .toBuffer();
  const { body } = await upload(designer, { content });
  return inspected(designer, body.id);
}

/** A picture of 1000 × 1000 that nothing is made of. */
async function still(): Promise<Creative> {
  return read((await objects.creative()).id);
}

async function read(id: string): Promise<Creative> {
  return (await designer.call('creatives.read', { params: { id } })).body;
}
const edit = (creative: Creative, body: Record<string, unknown>, ifMatch = creative.version) =>
  designer.call('creatives.edit', { params: { id: creative.id }, body, ifMatch });
const render = (id: string, body: Record<string, unknown>) =>
  designer.call('creatives.render', { params: { id }, body });

/** The right half of the picture as a square. */
const right: FormatFraming = {
  framing: 'crop',
  crop: { x: 0.5, y: 0, width: 0.5, height: 1 },
  background: '#ffffff',
};
const quarter: FormatFraming = { ...right, crop: { x: 0.5, y: 0, width: 0.5, height: 0.5 } };
const square = 'feed_image_1x1';

async function recipeOf(id: string, code: string, query: Record<string, string> = {}) {
  const { body } = await designer.call('creatives.recipes', { params: { id }, query });
  const found = body.items.find(({ format }) => format === code);
  if (!found) throw new Error(`no recipe for ${code}`);
  return found.recipe;
}

describe('framing per format', () => {
  it('is kept with the creative and cuts the window that was chosen, not one around the focal point', async () => {
    const creative = await halves();
    const saved = await edit(creative, { framings: { [square]: right }, focal: { x: 0, y: 0.5 } });
    const asked = await render(creative.id, { formats: [square], overlays: { label: false } });
    const [made] = await rendered(designer, creative.id);
    const file = await designer.call('renditions.file', { params: { id: made?.id ?? '' } });
    const { channels } = await sharp(file.raw.rawPayload).stats();

    expect(saved.body.framings).toEqual({ [square]: right });
    expect(asked.body.items[0]?.recipe).toMatchObject({ framing: 'crop', crop: right.crop, overlays: [] });
    expect([made?.width, made?.height]).toEqual([1080, 1080]);
    expect(channels[0]?.mean).toBeLessThan(10);
    expect(channels[2]?.mean).toBeGreaterThan(170);
  });

  it('asked for in a request wins for that request only', async () => {
    const creative = await halves();
    await edit(creative, { framings: { [square]: right } });
    const perFormat = { [square]: { framing: 'fit', background: '#ABCDEF' } };
    const once = await render(creative.id, { formats: [square, 'x_image'], perFormat });
    const recipes = once.body.items.map(({ recipe }) => [recipe.framing, recipe.crop, recipe.background]);

    expect(recipes).toEqual([
      ['fit', null, '#abcdef'],
      ['crop', null, '#ffffff'],
    ]);
    expect(await recipeOf(creative.id, square)).toMatchObject({ framing: 'crop', crop: right.crop });
  });

  it('is taken back with null, and formats not named keep theirs', async () => {
    const creative = await still();
    const fit: FormatFraming = { framing: 'fit', crop: null, background: '#112233' };
    const both = await edit(creative, { framings: { [square]: quarter, x_image: fit } });
    const one = await edit(both.body, { framings: { [square]: null } });

    expect(Object.keys(both.body.framings).toSorted()).toEqual([square, 'x_image']);
    expect(one.body.framings).toEqual({ x_image: fit });
  });

  it.each([
    ['reaches outside the picture', square, { x: 0.6, y: 0, width: 0.5, height: 0.5 }],
    ['is too small', square, { x: 0, y: 0, width: 0.05, height: 0.05 }],
    ['has another shape than the frame', square, { x: 0, y: 0, width: 1, height: 0.5 }],
    ['is for a format of another kind', 'reel_video', { x: 0, y: 0, width: 0.5, height: 1 }],
    ['is for a format that does not exist', 'fax', { x: 0, y: 0, width: 0.5, height: 1 }],
  ])('is refused with a reason when the window %s', async (_what, code, crop) => {
    const creative = await still();
    const framing = { ...right, crop };
    const kept = await edit(creative, { framings: { [code]: framing } });
    const asked = await render(creative.id, { formats: [square], perFormat: { [code]: { crop } } });

    expect([kept.status, asked.status]).toEqual([400, 400]);
    expect(kept.raw.json().errors[0].field).toBe(`/framings/${code}`);
    expect(asked.raw.json().errors[0].field).toBe(`/perFormat/${code}`);
    expect((await read(creative.id)).framings).toEqual({});
  });

  it('takes any window where the format keeps the shape of the picture, and none where nothing is cut', async () => {
    const creative = await still();
    const crop = { x: 0, y: 0.25, width: 1, height: 0.5 };
    const free = await edit(creative, { framings: { whatsapp_image: { ...quarter, crop } } });
    const padded = await edit(free.body, { framings: { [square]: { ...quarter, framing: 'fit' } } });

    expect([free.status, padded.status]).toEqual([200, 400]);
  });

  it('of someone who saw an older state is refused with the present one', async () => {
    const creative = await still();
    await edit(creative, { framings: { [square]: quarter } });
    const late = await edit(creative, { framings: { [square]: { ...quarter, framing: 'fit', crop: null } } });

    expect(late.status).toBe(412);
    expect(late.raw.json().current.framings).toEqual({ [square]: quarter });
  });
});

describe('what renditions carry', () => {
  it('is who issued them, in the language asked for, unless a designer says otherwise', async () => {
    const creative = await still();
    const words = async (query: Record<string, string> = {}) =>
      (await recipeOf(creative.id, square, query)).overlays;
    const label = (text: string) => [{ kind: 'label', text }];

    expect(await words()).toEqual(label('परीक्षण मंच द्वारा जारी'));
    expect(await words({ language: 'en' })).toEqual(label('Issued by Test Forum'));
    expect(await words({ label: 'false' })).toEqual([]);
    const quiet = await edit(creative, { label: false });
    expect(await words()).toEqual([]);
    expect(quiet.body.label).toBe(false);
  });

  it('is a disclosure when AI was used, and those made before are told as unmarked', async () => {
    const creative = await halves();
    await render(creative.id, { formats: [square] });
    await rendered(designer, creative.id);
    const declared = await edit(creative, { aiDeclaration: 'generated', label: false });
    await render(creative.id, { formats: [square] });
    const renditions = await rendered(designer, creative.id);

    expect(declared.body.renditions.map(({ unmarked }) => unmarked)).toEqual([true]);
    expect(renditions.map(({ unmarked }) => unmarked)).toEqual([true, false]);
    expect(renditions[1]?.recipe.overlays).toMatchObject([{ kind: 'disclosure' }]);

    const admin = await app.as('admin');
    const { version } = (await admin.call('organisation.read')).body;
    await admin.call('organisation.edit', { ifMatch: version, body: { disclosureShare: 0.2 } });
    const smaller = await rendered(designer, creative.id);
    expect(smaller.map(({ unmarked }) => unmarked)).toEqual([true, true]);
  });

  it('is the verdict of a verified fact over a misleading original; nothing is made once it fell', async () => {
    const creative = await halves();
    const fact = await objects.check({ state: 'verified' });
    const draft = await objects.check({ state: 'draft' });
    const refused = await edit(creative, { stampFactId: draft.id });
    const stamped = await edit(creative, { stampFactId: fact.id, label: false });
    const { overlays } = await recipeOf(creative.id, square);
    const made = await render(creative.id, { formats: [square], overlays: { label: false } });

    expect([refused.status, refused.raw.json().errors[0].field]).toEqual([400, '/stampFactId']);
    expect(stamped.body.stamp).toMatchObject({ factId: fact.id, stands: true });
    expect(overlays).toMatchObject([{ kind: 'stamp', mark: stamped.body.stamp?.verdict }]);
    expect(made.body.items[0]?.unmarked).toBe(false);

    const reviewer = await app.as('reviewer');
    await reviewer.call('checks.void', { params: { id: fact.id }, body: { reason: 'स्रोत गलत निकला' } });
    expect((await read(creative.id)).stamp?.stands).toBe(false);
    const after = await render(creative.id, { formats: ['x_image'] });
    expect([after.status, after.raw.json().code]).toEqual([409, 'wrong_state']);
  });

  it('is printer, publisher and copies on print formats', async () => {
    const creative = await still();
    const imprint = { printer: 'सूर्य प्रेस, जयपुर', publisher: 'परीक्षण मंच', copies: 5000 };
    const saved = await edit(creative, { imprint, label: false });
    const [print] = (await recipeOf(creative.id, 'print_a4')).overlays;

    expect(saved.body.imprint).toEqual(imprint);
    expect(print).toMatchObject({ kind: 'imprint' });
    expect((await recipeOf(creative.id, square)).overlays).toEqual([]);
  });
});

describe('subtitles', () => {
  const srt = '1\r\n00:00:01,000 --> 00:00:02,500\r\nसच यह है <b>कि</b>\r\nदरें & नहीं बढ़ीं\r\n\r\n';
  const film = () => objects.creative({ kind: 'video' });
  const add = (id: string, body: Record<string, unknown>, ifMatch = 1) =>
    designer.call('creatives.addSubtitles', { params: { id }, body, ifMatch });

  it('are kept with a film, given back as WebVTT, drawn when their language is asked for, and taken off', async () => {
    const { id } = await film();
    const params = { id, language: 'hi' };
    const added = await add(id, { language: 'hi', name: 'बोल.srt', text: srt });
    const vtt = await designer.call('creatives.readSubtitles', { params });
    const drawn = async (query: Record<string, string>) =>
      (await recipeOf(id, 'x_video', { label: 'false', ...query })).overlays.map(({ kind }) => kind);

    expect(added.body.subtitles).toMatchObject([{ language: 'hi', originalName: 'बोल.srt', cues: 1 }]);
    expect(vtt.headers['content-type']).toBe('text/vtt; charset=utf-8');
    expect(vtt.raw.payload).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nसच यह है कि\nदरें &amp; नहीं बढ़ीं\n');
    expect([await drawn({}), await drawn({ language: 'en' })]).toEqual([['subtitles'], []]);
    expect(await drawn({ subtitles: 'none' })).toEqual([]);

    const removed = await designer.call('creatives.removeSubtitles', { params, ifMatch: 2 });
    expect(removed.body.subtitles).toEqual([]);
    expect((await designer.call('creatives.readSubtitles', { params })).status).toBe(404);
  });

  it('that are not subtitles, or too much of them, are refused with the line', async () => {
    const { id } = await film();
    const texts = ['नमस्ते', '1\n00:00:05,000 --> 00:00:02,000\nउलटा\n', `${srt}${'x'.repeat(200_000)}`];
    const answers = await Promise.all(texts.map((text) => add(id, { language: 'hi', name: 'a.srt', text })));

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(answers[1]?.raw.json().details.en).toContain('line 2');
    expect((await read(id)).subtitles).toEqual([]);
  });

  it('asked for in a language the film has not are refused', async () => {
    const { id } = await film();
    const asked = await render(id, { formats: ['x_video'], overlays: { subtitles: 'en' } });
    expect([asked.status, asked.raw.json().errors[0].field]).toEqual([400, '/overlays/subtitles']);
  });
});
