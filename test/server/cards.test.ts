import { sql } from 'kysely';
import Value from 'typebox/value';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shortClaim } from '../../server/cards/cards.policy.js';
import { CardDocument } from '../../server/contract/card.js';
import type { CheckVersion } from '../../server/contract/check.js';
import type { Creative } from '../../server/contract/creative.js';
import type { Client } from '../helpers/client.js';
import { factAbout, good, problem } from '../helpers/desk.js';
import { inspected, picture, rendered, startMediaApp, upload } from '../helpers/media.js';

let app: Awaited<ReturnType<typeof startMediaApp>>;
let designer: Client;
let fact: CheckVersion;
beforeAll(async () => {
  app = await startMediaApp();
  designer = await app.as('designer');
});
afterAll(() => app.close());
beforeEach(async () => {
  ({ fact } = await factAbout(app));
});

const make = (client: Client, id: string, body: Record<string, unknown>) =>
  client.call('cards.create', {
    params: { id },
    body: { template: 'plain', language: 'hi', ...body } as never,
  });

async function documentOf({ id }: Creative): Promise<CardDocument> {
  const { raw } = await designer.call('creatives.file', { params: { id } });
  const value: unknown = JSON.parse(raw.body);
  if (!Value.Check(CardDocument, value)) throw new Error(`not a card: ${raw.body}`);
  return value;
}

describe('a card', () => {
  it('says claim, verdict, fact, sources, day and issuer, and leads to the fact', async () => {
    const card = good(await make(designer, fact.id, {}));

    expect(card).toMatchObject({
      kind: 'image',
      origin: 'generated',
      checkVersionId: fact.id,
      inspection: 'queued',
      credit: 'परीक्षण मंच',
      card: { template: 'plain', language: 'hi', factState: 'verified' },
      restricted: false,
      texts: {
        hi: { title: 'कार्ड: जलाशय में पानी है', altText: expect.stringContaining('निष्कर्ष: झूठ') },
        en: { altText: expect.stringContaining('Verdict: False') },
      },
    });
    const { texts, ...document } = await documentOf(card);
    expect(document).toMatchObject({ verdict: 'false', factId: fact.id, photo: null });
    expect(document.address).toMatch(new RegExp(`^http://[^/]+/library/${fact.id}$`));
    expect(card.card?.address).toBe(document.address);
    expect(texts).toMatchObject({
      claim: expect.stringMatching(/^“जलाशय संख्या \d+ सूख गया है”$/),
      verdict: 'झूठ',
      fact: 'जलाशय में पानी है',
      sources: 'स्रोत: Water Board, Morning Paper',
      asOf: expect.stringMatching(/^\d{1,2} [\p{L}\p{M}]+ \d{4} की स्थिति$/u),
      issuedBy: 'परीक्षण मंच द्वारा जारी',
      saidBy: null,
      photoCredit: null,
    });
  });

  it('is the same file when it is made again of the same, so nothing is drawn twice', async () => {
    const one = good(await make(designer, fact.id, {}));
    const other = good(await make(designer, fact.id, {}));
    const reworded = good(await make(designer, fact.id, { claim: 'जलाशय सूखा है' }));
    expect([other.id === one.id, other.sha256]).toEqual([false, one.sha256]);
    expect(reworded.sha256).not.toBe(one.sha256);
  });

  it('is refused with the field that is wrong', async () => {
    const refused = async (body: Record<string, unknown>) => {
      const answer = await make(designer, fact.id, body);
      expect(problem(answer)).toEqual({ status: 400, code: 'invalid_input' });
      return answer.raw.json().errors.map(({ field }: { field: string }) => field);
    };
    expect(await refused({ language: 'en' })).toEqual(['/language']);
    expect(await refused({ template: 'photo' })).toEqual(['/imageCreativeId']);
    expect(await refused({ imageCreativeId: fact.id })).toEqual(['/imageCreativeId']);
    expect(await refused({ template: 'photo', imageCreativeId: fact.id })).toEqual(['/imageCreativeId']);
    expect(await refused({ claim: 'அணை உடைந்தது' })).toEqual(['/claim']);
    expect(await refused({ template: 'glitter' })).toEqual(['/template']);
  });

  it('is not made of a fact that ended, and nothing more is made of one whose fact ends', async () => {
    const card = good(await make(designer, fact.id, {}));
    await sql`update creatives set inspection = 'ready' where id = ${card.id}`.execute(app.ownerDb);
    const reviewer = await app.as('reviewer');
    const body = { reason: 'स्रोत वापस लिया गया' };
    good(await reviewer.call('checks.void', { params: { id: fact.id }, body }));

    expect(problem(await make(designer, fact.id, {})).code).toBe('wrong_state');
    const after = good(await designer.call('creatives.read', { params: { id: card.id } }));
    expect(after.card?.factState).toBe('void');
    const again = await designer.call('creatives.render', { params: { id: card.id }, body: {} });
    expect(problem(again)).toEqual({ status: 409, code: 'wrong_state' });
    expect(again.raw.json().details.en).toContain('Make a new card');
  });

  it('can be asked for again without a second one when the line broke', async () => {
    const call = {
      params: { id: fact.id },
      body: { template: 'plain', language: 'hi' } as const,
      key: 'card-once-0001',
    };
    const one = good(await designer.call('cards.create', call));
    const two = good(await designer.call('cards.create', call));
    expect(two.id).toBe(one.id);
  });
});

describe('a card in a pack', () => {
  it('goes to review only beside its fact, and makes the pack amber when that ends', async () => {
    const { fact: other } = await factAbout(app);
    const card = good(await make(designer, fact.id, {}));
    const key = 'a'.repeat(56) + card.id.slice(-8).replace(/[^0-9a-f]/g, '0');
    await sql`
      with made as (
        insert into renditions (creative_id, format_version_id, recipe, recipe_key, created_by)
        select ${card.id}, v.id, '{"framing":"fit"}', ${key}, ${app.world.members.designer}
          from format_versions v join formats f on f.code = v.format where f.kind = 'image' limit 1 returning id)
      select id from made`.execute(app.ownerDb);
    await sql`update renditions set state = 'processing' where creative_id = ${card.id}`.execute(app.ownerDb);
    await sql`update renditions set state = 'ready', probe = '{}', file_sha256 = ${card.sha256} where creative_id = ${card.id}`.execute(
      app.ownerDb,
    );
    const { renditions } = good(await designer.call('creatives.read', { params: { id: card.id } }));
    const renditionIds = renditions.map(({ id }) => id);
    const researcher = await app.as('researcher');

    const pack = good(
      await researcher.call('packs.create', { body: { factIds: [other.id], renditionIds } as never }),
    );
    const params = { id: pack.id };
    const refused = await researcher.call('packs.submit', { params, ifMatch: pack.version });
    expect(problem(refused)).toEqual({ status: 409, code: 'card_without_fact' });
    expect(pack.contributors.map(({ id }) => id)).toContain(app.world.members.designer);

    const edit = { factIds: [other.id, fact.id] };
    const edited = good(await researcher.call('packs.edit', { params, body: edit, ifMatch: pack.version }));
    const submitted = good(await researcher.call('packs.submit', { params, ifMatch: edited.version }));
    expect(submitted.amber).toBe(false);

    const reviewer = await app.as('reviewer');
    good(await reviewer.call('checks.void', { params: { id: fact.id }, body: { reason: 'आँकड़ा बदला' } }));
    expect(good(await reviewer.call('packs.read', { params })).amber).toBe(true);
  });
});

describe('the worker', () => {
  it('draws the card, then every format asked for in its own shape, with its credit inside', async () => {
    const worker = await app.startWorker();
    const image = good(await upload(designer, { content: await picture(), fields: { credit: 'चित्र शाखा' } }));
    expect((await inspected(designer, image.id)).inspection).toBe('ready');
    const wanted = { template: 'photo', imageCreativeId: image.id };
    const card = await inspected(designer, good(await make(designer, fact.id, wanted)).id);
    expect(card).toMatchObject({ inspection: 'ready', width: 1080, height: 1350 });
    expect((await documentOf(card)).texts.photoCredit).toBe('चित्र: चित्र शाखा');
    expect((await designer.call('creatives.preview', { params: { id: card.id } })).status).toBe(200);

    const formats = ['feed_image_1x1', 'whatsapp_status_image'];
    const body = { formats, language: 'en' as const };
    good(await designer.call('creatives.render', { params: { id: card.id }, body }));
    const renditions = await rendered(designer, card.id);
    const sizes = renditions.map(({ state, width, height, language }) => [state, width, height, language]);
    expect(sizes.sort()).toEqual([
      ['ready', 1080, 1080, 'hi'],
      ['ready', 1080, 1920, 'hi'],
    ]);
    const [first] = renditions;
    const { raw } = await designer.call('renditions.file', { params: { id: first?.id ?? '' } });
    expect(raw.rawPayload.includes(Buffer.from('digitalsourcetype/digitalCreation'))).toBe(true);
    expect(raw.rawPayload.includes(Buffer.from('परीक्षण मंच'))).toBe(true);
    // What a card says about its issuer is on it: no strip is laid over it.
    expect(first?.recipe.overlays).toEqual([]);
    await worker.stop();
  }, 150_000);
});

describe('a claim on a card', () => {
  it('is quoted whole when it is short, without what forwarding leaves', () => {
    expect(shortClaim('  “बाँध टूट गया”\n')).toBe('बाँध टूट गया');
    expect(shortClaim('🚨🚨 *सावधान* बाँध टूट गया 🙏🏽')).toBe('सावधान बाँध टूट गया');
    expect(shortClaim('₹1,25,000 मिलेंगे: 5 * 3')).toBe('₹1,25,000 मिलेंगे: 5 * 3');
  });

  it('is cut at a sentence or a word, and says that it was', () => {
    const sentence = 'बाँध टूट गया है और पानी गाँवों की ओर बढ़ रहा है, सब लोग ऊँची जगह पर चले जाएँ।';
    const cut = shortClaim(`${sentence} ${'आगे और भी बहुत कुछ लिखा है '.repeat(20)}`);
    expect(cut).toBe(`${sentence} …`);
    const long = shortClaim('बाँध '.repeat(200));
    expect(long.length).toBeLessThanOrEqual(200);
    expect(long).toMatch(/^(बाँध )+…$/);
  });
});
