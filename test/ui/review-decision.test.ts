import type { Browser, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { review } from '../../ui/i18n/hi/review.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { builtUi, desktop, launchBrowser, phone, visit } from '../helpers/browser.js';
import { like, tickAll } from '../helpers/chain.js';
import { draftedCheck, logClaim, submitted } from '../helpers/desk.js';

describe('the decision of a reviewer', () => {
  let app: TestApp;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    app = await createTestApp({ uiDirectory: builtUi });
    base = await app.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it.each([
    { name: 'a desk', size: desktop },
    { name: 'a phone', size: phone },
  ])('on $name is asked once the claim can be read', async ({ name, size }) => {
    const text = `नहर का पानी पीने लायक नहीं रहा: ${name}`;
    const headline = `नहर का पानी ठीक है: ${name}`;
    const claim = await logClaim(app, { text });
    await submitted(app, await draftedCheck(app, claim.id, { headline }));
    const visitor = await visit(browser, { app, base, login: 'reviewer', size });
    const { page } = visitor;
    const held: Route[] = [];
    await page.route(`**/api/claims/${claim.id}`, (route) => void held.push(route));
    await page.goto('/review');
    await page.getByText(headline).first().click();
    await page.getByText('Water Board').first().waitFor();
    await expect.poll(() => held.length).toBe(1);
    expect(await page.getByRole('checkbox').count()).toBe(0);

    await held[0]?.continue();
    await page.getByText(text).waitFor();
    await tickAll(visitor);
    await page.getByRole('button', { name: like(review.verify) }).click();
    await page.getByText(review.verified).waitFor();
    expect(visitor.faults).toEqual([]);
  });

  it('at a desk stays where it is while more is heard of the claim', async () => {
    const text = 'गाँव का तालाब सूख गया';
    const headline = 'तालाब में पानी है';
    const claim = await logClaim(app, { text });
    await submitted(app, await draftedCheck(app, claim.id, { headline }));
    const { page } = await visit(browser, { app, base, login: 'reviewer' });
    await page.goto('/review');
    await page.getByText(headline).first().click();
    const decision = page.getByRole('region', { name: review.checklist });
    const before = await decision.boundingBox();

    const researcher = await app.as('researcher');
    for (const url of ['https://one.example/a', 'https://two.example/b', 'https://three.example/c']) {
      const body = { channel: 'web', url, seenAt: new Date().toISOString() };
      const { status } = await researcher.call('claims.addAppearance', { params: { id: claim.id }, body });
      expect(status).toBe(201);
    }
    await page.locator('a[href="https://three.example/c"]').waitFor();
    expect(await decision.boundingBox()).toEqual(before);
  });
});
