import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { board as boardWords } from '../../ui/i18n/hi/board.js';
import { inbox } from '../../ui/i18n/hi/inbox.js';
import { builtUi, desktop, launchBrowser, phone, shown, type Visitor, visit } from '../helpers/browser.js';
import * as chain from '../helpers/chain.js';
import { startMediaApp } from '../helpers/media.js';
import type { Login } from '../helpers/world.js';

describe.each([
  { name: 'at a desk', size: desktop },
  { name: 'on a phone', size: phone },
])('the whole chain $name', ({ size }) => {
  let app: Awaited<ReturnType<typeof startMediaApp>>;
  let browser: Browser;
  let base: string;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    app = await startMediaApp({ uiDirectory: builtUi });
    await app.startWorker();
    base = await app.app.listen({ host: '127.0.0.1', port: 0 });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  async function come(login: Login, as: { width: number; height: number } = size): Promise<Visitor> {
    const visitor = await visit(browser, { app, base, login, size: as });
    visitors.push(visitor);
    return visitor;
  }

  it('goes from a forward to a phone and back', async ({ onTestFailed }) => {
    onTestFailed(async () => {
      process.stderr.write(`${await shown(visitors)}\n${app.log.slice(-20).join('')}\n`);
    });
    const headline = 'चंद्रसर बाँध सुरक्षित है, पुरानी तस्वीर फैल रही है';
    const reason = 'एक आँकड़ा ग़लत था, नया पैक आएगा';

    const researcher = await come('researcher');
    await chain.logClaimAndStartCheck(researcher, { words: 'चंद्रसर बाँध टूट गया है, सब लोग घर ख़ाली करें' });
    await chain.workAndSubmitCheck(researcher, { headline });
    const reviewer = await come('reviewer');
    await chain.verifyCheck(reviewer, { headline });

    // The fact is found in Latin letters, by the words of the claim.
    await researcher.page.goto('/library');
    await researcher.page.getByRole('searchbox').fill('chandrasar baandh');
    await researcher.page.getByText(headline).first().waitFor();

    const designer = await come('designer');
    await chain.uploadAndRender(designer, {
      file: 'landscape-exif-6.jpg',
      formats: [/4:5/, /व्हाट्सऐप चित्र/],
    });
    await chain.composeAndSubmitPack(researcher, { headline });
    const second = await come('reviewer2');
    await chain.approvePack(second, { title: headline });
    const version = await chain.releasePack(second, { title: headline, unit: 'पहला ज़िला' });

    const district = await come('district.a', phone);
    const file = await chain.pullPack(district, { title: headline });
    const neighbour = await come('district.b', phone);
    await neighbour.page.goto('/inbox');
    await neighbour.page.getByText(inbox.emptyTitle).waitFor();
    expect((await neighbour.context.request.get(file)).status()).toBe(404);

    await chain.recallPack(reviewer, { version, reason });
    expect((await district.context.request.get(file)).status()).toBe(410);
    await district.page.goto('/inbox');
    await district.page.getByText(reason).first().waitFor();
    await second.page.goto(`/packs/${version}/board`);
    await second.page.getByText(boardWords.stateOwing).first().waitFor();
    await district.page.getByRole('button', { name: inbox.acknowledge }).first().click();
    await district.page.getByText(chain.like(inbox.recallsDone)).first().waitFor();
    await second.page.getByText(boardWords.stateDone).first().waitFor();

    expect(visitors.flatMap(({ faults }) => faults)).toEqual([]);
  }, 300_000);
});
