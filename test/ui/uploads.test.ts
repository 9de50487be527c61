import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { studio } from '../../ui/i18n/hi/studio.js';
import { uploads as words } from '../../ui/i18n/hi/uploads.js';
import { createTestApp, type TestApp } from '../helpers/app.js';
import { builtUi, launchBrowser, type Visitor, visit } from '../helpers/browser.js';
import { startCuttableProxy } from '../helpers/cuttable-proxy.js';
import { eventually } from '../helpers/eventually.js';
import { picture, sha256 } from '../helpers/media.js';

let app: TestApp;
let browser: Browser;
let proxy: Awaited<ReturnType<typeof startCuttableProxy>>;
let designer: Visitor;

beforeAll(async () => {
  app = await createTestApp({ uiDirectory: builtUi });
  await app.app.listen({ host: '127.0.0.1', port: 0 });
  // Checked edge: the server listens on a port.
  const { port } = app.app.server.address() as AddressInfo;
  proxy = await startCuttableProxy({ host: '127.0.0.1', port });
  browser = await launchBrowser();
  designer = await visit(browser, { app, base: `http://127.0.0.1:${proxy.port}`, login: 'designer' });
});
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await app?.close();
});

async function choose(file: string): Promise<void> {
  await designer.page
    .locator('input[type=file][multiple]:not([webkitdirectory])')
    .first()
    .setInputFiles(file);
}

async function declareAndStart(): Promise<void> {
  const { page } = designer;
  await page.getByLabel(studio.ai, { exact: false }).selectOption('none');
  await page.getByRole('button', { name: studio.rightsOwn }).click();
  await page.getByRole('button', { name: studio.stageStart.one.replace('{count}', '1') }).click();
}

/** How far the newest upload is on the server. */
async function received(): Promise<number> {
  const { rows } = await sql<{ received: number }>`
    select received from uploads order by id desc limit 1`.execute(app.db);
  return rows[0]?.received ?? 0;
}

const arrived = (content: Buffer) =>
  eventually(
    async () => {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from creatives where file_sha256 = ${sha256(content)}`.execute(app.db);
      return rows[0]?.count === 1;
    },
    { timeoutMs: 60_000, everyMs: 100 },
  );

it('a large file is paused, loses its line and its page, and arrives; it is not sent a second time', async () => {
  const { page, context, faults } = designer;
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  const speed = (bytesPerSecond: number) =>
    line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesPerSecond,
    });
  // More than the browser hashes in one piece.
  const content = Buffer.concat([await picture(), randomBytes(20_000_000)]);
  const name = 'film.jpg';
  const file = path.join(app.dataDir, name);
  await writeFile(file, content);

  await page.goto('/studio');
  await speed(6_000_000);
  await choose(file);
  await declareAndStart();
  const reached = (bytes: number) =>
    eventually(async () => (await received()) > bytes, { timeoutMs: 30_000 });
  await reached(1_000_000);
  await page.getByRole('button', { name: studio.pauseOne.replace('{name}', name) }).click();
  await page.getByText(words.pausedHere).waitFor();
  const paused = await received();
  await page.getByRole('button', { name: studio.resumeOne.replace('{name}', name) }).click();
  await reached(Math.max(paused, 6_000_000));
  await speed(2_000_000);

  proxy.cut();
  const cut = await received();
  proxy.mend();
  await reached(Math.max(cut, 8_000_000));

  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByText(words.interruptedTitle.one.replace('{count}', '1')).waitFor();
  await speed(-1);
  await page.locator('.dock input[type=file]').setInputFiles(file);
  await arrived(content);
  await page.getByText(studio.sent).waitFor();

  await choose(file);
  await page.getByText(words.known.split('“')[0] ?? '').waitFor();
  expect(
    await page.getByRole('button', { name: studio.stageStart.one.replace('{count}', '1') }).count(),
  ).toBe(0);
  expect(faults).toEqual([]);
}, 180_000);
