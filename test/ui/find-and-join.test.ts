import type { Browser, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { common } from '../../ui/i18n/hi/common.js';
import { desk } from '../../ui/i18n/hi/desk.js';
import { library } from '../../ui/i18n/hi/library.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { builtUi, launchBrowser, phone, type Visitor, visit } from '../helpers/browser.js';
import { like } from '../helpers/chain.js';
import { draftedCheck, factAbout, good, logClaim, submitted, verified } from '../helpers/desk.js';
import { eventually } from '../helpers/eventually.js';
import type { Login } from '../helpers/world.js';

describe('finding what is answered', () => {
  let app: TestApp;
  let browser: Browser;
  let base: string;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    app = await createTestApp({ uiDirectory: builtUi });
    base = await app.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function come(login: Login, size?: { width: number; height: number }): Promise<Visitor> {
    const visitor = await visit(browser, { app, base, login, ...(size && { size }) });
    visitors.push(visitor);
    return visitor;
  }
  const searchParam = (visitor: Visitor, name: string) => new URL(visitor.page.url()).searchParams.get(name);

  it('a list that the server could not give comes by itself once it can', async () => {
    await logClaim(app, { text: 'पुल पर दरार की ख़बर' });
    const { page } = await come('researcher');
    let refusals = 0;
    // As a database that restarts: longer than the three tries of one question.
    await page.route(/\/api\/claims(\?|$)/, async (route) => {
      refusals += 1;
      if (refusals > 4) return route.continue();
      const details = { hi: 'अभी संभव नहीं', en: 'Not now' };
      return route.fulfill({ status: 503, json: { status: 503, code: 'unavailable', details } });
    });
    await page.goto('/desk');
    await page.getByRole('alert').getByText('अभी संभव नहीं').waitFor();
    await page.getByText('पुल पर दरार की ख़बर').first().waitFor();
    expect(refusals).toBeGreaterThan(4);
  });

  it('in the library: by keyboard, in the other script, narrowed, by an address that can be sent', async () => {
    await factAbout(app, {
      claim: await logClaim(app, { text: 'बिजली का बिल दोगुना हो गया', topic: 'prices' }),
      headline: 'बिजली की दरें नहीं बदलीं',
    });
    await factAbout(app, {
      claim: await logClaim(app, { text: 'बिजली से चलने वाली बस बंद', topic: 'transport' }),
      headline: 'सारी बसें चल रही हैं',
      verdict: 'misleading',
    });
    await app.api.follower.caughtUp();
    const visitor = await come('researcher');
    const { page, context } = visitor;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/library');
    await page.getByText(like(library.found)).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('bijli');
    await eventually(() => searchParam(visitor, 'q') === 'bijli');
    await page.locator('mark', { hasText: 'बिजली' }).first().waitFor();

    await page.getByRole('button', { name: library.facet_topic }).click();
    await page.getByRole('checkbox', { name: /परिवहन/ }).check();
    await eventually(() => searchParam(visitor, 'topic') === 'transport');
    await eventually(async () => (await page.locator('.fact-card').count()) === 1);
    await page.reload();
    await page.locator('.chosen-chip').waitFor();
    await eventually(async () => (await page.locator('.fact-card').count()) === 1);
    await page.locator('.chosen-chip').click();
    await eventually(async () => (await page.locator('.fact-card').count()) === 2);
    await page.goBack();
    await eventually(() => searchParam(visitor, 'topic') === 'transport');
    await eventually(async () => (await page.locator('.fact-card').count()) === 1);

    await page.getByRole('searchbox').press('ArrowDown');
    await eventually(() =>
      page.evaluate(() => document.activeElement?.classList.contains('fact-card') ?? false),
    );
    await page.getByRole('button', { name: library.copyText }).first().click();
    await page.getByText(common.copied).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('सारी बसें चल रही हैं');
    expect(copied).toContain('Water Board');
    await page.locator('.fact-card').first().press('Enter');
    await page.getByRole('heading', { name: 'सारी बसें चल रही हैं' }).waitFor();
  }, 120_000);

  it('and when nothing is found, the words go into a new claim', async () => {
    const { page } = await come('researcher');
    await page.goto('/library?q=अनसुनीबात');
    await page.getByText(library.nothingTitle).waitFor();
    await page.getByRole('link', { name: library.report }).click();
    await eventually(async () => (await page.locator('textarea').inputValue()) === 'अनसुनीबात');
    // A second visit does not find the last one's words in its way.
    await page.getByRole('link', { name: common.cancel }).click();
  }, 60_000);

  it('while a claim is typed: joined by one press, taken back by another, never by an old answer', async () => {
    const { claim } = await factAbout(app, {
      text: 'सरकारी अस्पताल में मरीज़ों से दवा का पैसा लिया जा रहा है',
      headline: 'अस्पताल में दवा अब भी मुफ़्त है',
    });
    await logClaim(app, { text: 'तालाब के किनारे सारे पेड़ काट दिए गए हैं और मैदान बन गया' });
    await app.api.follower.caughtUp();
    const { page } = await come('researcher');
    const held: Route[] = [];
    let answers = 0;
    page.on('response', (response) => {
      if (response.url().endsWith('/api/claim-matches')) answers += 1;
    });
    await page.goto('/desk?new=1');
    const words = page.getByLabel(desk.text);
    await page.route('**/api/claim-matches', (route) => {
      // The first question waits until a later one is answered.
      if (held.length === 0) held.push(route);
      else void route.continue();
    });
    await words.fill('तालाब के किनारे सारे पेड़ काट दिए गए हैं और मैदान बन गया');
    await eventually(() => held.length === 1);
    await words.fill('sarkari aspatal mein marizon se dawa ka paisa liya ja raha hai');
    await page.locator('.match', { hasText: 'अस्पताल में दवा' }).waitFor();
    expect(answers).toBe(1);
    await held[0]?.continue().catch(() => undefined);
    await page.unroute('**/api/claim-matches');
    expect(await page.locator('.match', { hasText: 'तालाब' }).count()).toBe(0);
    await page.getByText(like(desk.answeredTitle)).first().waitFor();

    await page.getByLabel(desk.seenIn).fill('A11');
    await page.locator('.unit-offers button').first().click();
    await page.getByRole('button', { name: desk.logAndJoinFact }).click();
    await page.getByText(desk.savedJoined).waitFor();
    await page.locator('.cluster-answered').waitFor();
    const id = new URL(page.url()).pathname.split('/')[2] ?? '';
    const researcher = await app.as('researcher');
    const read = async () => good(await researcher.call('claims.read', { params: { id } }));
    expect(await read()).toMatchObject({ state: 'answered', cluster: { id: claim.cluster.id, claims: 2 } });
    expect(await read()).toMatchObject({ appearances: [{ channel: 'other', unit: { code: 'A11' } }] });
    await page.getByRole('button', { name: common.undo }).click();
    await eventually(async () => (await read()).cluster.claims === 1);
    await page.locator('.cluster-answered').waitFor({ state: 'detached' });
  }, 120_000);

  it('on the phone of whoever reported it, at the moment it is answered', async () => {
    const report = await logClaim(app, { by: 'district.a', text: 'कल से राशन की सारी दुकानें बंद' });
    const draft = await submitted(app, await draftedCheck(app, report.id));
    const { page } = await come('district.a', phone);
    await page.goto('/inbox');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await verified(app, draft);
    await page.getByText(like(common.answersCame)).first().waitFor();
    await page.getByRole('link', { name: common.showAnswers }).click();
    await page.locator('.claim-row', { hasText: 'राशन' }).getByText(desk.newAnswer).waitFor();
    await page.locator('.claim-row', { hasText: 'राशन' }).click();
    await page.getByText(desk.answerSoon).waitFor();
    await eventually(async () => (await page.locator('.places-news').count()) === 0);

    expect(visitors.flatMap(({ faults }) => faults)).toEqual([]);
  }, 60_000);
});
