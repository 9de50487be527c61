import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { TestApp } from './app.js';
import { type Login, testPassword } from './world.js';

/** The interface as `vite build ui` left it; `npm test` builds it first. */
export const builtUi = fileURLToPath(new URL('../../ui/dist', import.meta.url));

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 360, height: 760 } as const;

export async function launchBrowser(): Promise<Browser> {
  const executablePath = places.find((place) => existsSync(place));
  if (executablePath === undefined)
    throw new Error('Chromium is needed for this test; on Debian: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Errors of the page itself: scripts that threw, and what it wrote as an error. */
  faults: string[];
  close(): Promise<void>;
}

/** What the visitors have before their eyes, for the report of a test that failed. */
export async function shown(visitors: readonly Visitor[]): Promise<string> {
  const pages = visitors.map(async ({ page, faults }) => {
    const text = await page
      .locator('body')
      .ariaSnapshot({ timeout: 2000 })
      .catch((error: unknown) => String(error));
    return `${page.url()}\n${text}\n${faults.join('\n')}`;
  });
  return (await Promise.all(pages)).join('\n---\n');
}

/** A browser of one person, signed in through the sign-in screen's own endpoint. */
export async function visit(
  browser: Browser,
  {
    app,
    base,
    login,
    size = desktop,
    language = 'hi',
  }: {
    app: TestApp;
    base: string;
    login: Login;
    size?: { width: number; height: number };
    language?: 'hi' | 'en';
  },
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: size,
    baseURL: base,
    locale: language === 'hi' ? 'hi-IN' : 'en-IN',
    hasTouch: size.width < 500,
    isMobile: size.width < 500,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  // Only a test that fails waits so long; a busy machine was seen to need more than twenty seconds.
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      faults.push(message.text());
  });
  const answer = await context.request.post('/api/session', { data: { login, password: testPassword } });
  if (!answer.ok())
    throw new Error(`sign-in of ${login} answered ${answer.status()}: ${app.log.at(-1) ?? ''}`);
  if (language === 'en') await context.request.patch('/api/me', { data: { language } });
  await page.addInitScript((value) => localStorage.setItem('language', value), language);
  return { page, context, faults, close: () => context.close() };
}
