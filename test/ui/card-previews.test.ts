import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { card as words } from '../../ui/i18n/hi/card.js';
import { builtUi, launchBrowser, phone, visit } from '../helpers/browser.js';
import { factAbout, good } from '../helpers/desk.js';
import { inspected, startMediaApp } from '../helpers/media.js';

let app: Awaited<ReturnType<typeof startMediaApp>>;
let browser: Browser;
let base: string;
beforeAll(async () => {
  app = await startMediaApp({ uiDirectory: builtUi });
  base = await app.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

it('a card is shown in every format as it will be made, without anyone asking for it', async () => {
  const designer = await app.as('designer');
  const { fact } = await factAbout(app);
  const body = { template: 'plain', language: 'hi' } as const;
  const card = good(await designer.call('cards.create', { params: { id: fact.id }, body }));
  const worker = await app.startWorker();
  await inspected(designer, card.id);
  await worker.stop();

  const { page, faults } = await visit(browser, { app, base, login: 'designer', size: phone });
  await page.goto(`/studio/${card.id}`);
  const formats = page.locator('.format-card');
  const coming = page.getByText(words.coming);
  await coming.first().waitFor();
  expect(await coming.count()).toBe(await formats.count());
  await app.startWorker();
  const drawn = page.locator('.format-card img[src*="/card-previews/"]');
  await expect.poll(() => drawn.count(), { timeout: 60_000 }).toBe(await formats.count());
  await expect.poll(() => coming.count()).toBe(0);
  const round = page.locator('.frame-circle img');
  expect(await round.getAttribute('src')).toMatch(/-circle$/);
  const wide = () => round.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0));
  await expect.poll(wide).toBe(640);
  expect(faults).toEqual([]);
}, 120_000);
