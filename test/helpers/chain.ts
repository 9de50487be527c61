import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { check } from '../../ui/i18n/hi/check.js';
import { codes } from '../../ui/i18n/hi/codes.js';
import { desk } from '../../ui/i18n/hi/desk.js';
import { inbox } from '../../ui/i18n/hi/inbox.js';
import { packs } from '../../ui/i18n/hi/packs.js';
import { review } from '../../ui/i18n/hi/review.js';
import { studio } from '../../ui/i18n/hi/studio.js';
import type { Visitor } from './browser.js';

/** A sentence of the Hindi catalogue, in the singular or the plural, with its numbers and names left open. */
export function like(message: string | { one: string; other: string }): RegExp {
  const forms = typeof message === 'string' ? [message] : [message.one, message.other];
  const open = (form: string) =>
    form
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
  return new RegExp(forms.map(open).join('|'));
}

export const media = (name: string) => fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url));

/** Step 1, a researcher: the words of a forward become a claim, and its check opens. */
export async function logClaimAndStartCheck({ page }: Visitor, { words }: { words: string }): Promise<void> {
  await page.goto('/desk?new=1');
  await page.getByLabel(desk.text).fill(words);
  await page
    .getByRole('button', { name: like(desk.saveClaim) })
    .last()
    .click();
  await page.getByRole('button', { name: like(desk.startCheck) }).click();
  await page.waitForURL(/\/checks\//);
}

/** Step 2: verdict, words and two sources, one official; then off to review. */
export async function workAndSubmitCheck(
  { page }: Visitor,
  { headline }: { headline: string },
): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${codes.verdict.false}`) }).check();
  await page.getByLabel(check.headline).first().fill(headline);
  await page.getByLabel(check.summary).first().fill('विभाग के आज के प्रतिवेदन में सब सामान्य है।');
  for (const [publisher, url, tier] of [
    ['जल विभाग', 'https://example.org/report', 'official'],
    ['समाचार', 'https://example.org/news', 'press'],
  ] as const) {
    await page
      .getByRole('button', { name: like(check.addSource) })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(check.publisher).fill(publisher);
    await dialog.getByLabel(check.url).fill(url);
    await dialog.getByLabel(new RegExp(`^${codes.tier[tier]}`)).check();
    await dialog.getByRole('button', { name: check.addSource }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
  await page.getByRole('button', { name: like(check.submit) }).click();
  await page.getByText(check.inReviewTitle).first().waitFor();
}

/** Ticks every point of the list, so that the decision is allowed. */
export async function tickAll({ page }: Visitor): Promise<void> {
  const list = page.getByRole('region', { name: review.checklist });
  await list.waitFor();
  for (const box of await list.getByRole('checkbox').all()) await box.check();
}

/** Step 3, a reviewer: the check on one screen, the list ticked, verified. */
export async function verifyCheck(visitor: Visitor, { headline }: { headline: string }): Promise<void> {
  const { page } = visitor;
  await page.goto('/review');
  await page.getByText(headline).first().click();
  await tickAll(visitor);
  await page.getByRole('button', { name: like(review.verify) }).click();
  await page.getByText(review.verified).waitFor();
}

/** Step 4, a designer: a file in, its declaration, formats chosen and made, by the real worker. */
export async function uploadAndRender(
  { page }: Visitor,
  { file, formats }: { file: string; formats: readonly RegExp[] },
): Promise<void> {
  await page.goto('/studio');
  await page.locator('input[type=file]:not([webkitdirectory])').first().setInputFiles(media(file));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(studio.ai).selectOption('none');
  await dialog.getByLabel(studio.rights).first().fill('खुला लाइसेंस');
  await dialog.getByRole('button', { name: like(studio.stageStart) }).click();
  await page.getByRole('link', { name: studio.openOne }).first().click();
  for (const name of formats) await page.getByRole('checkbox', { name }).first().check();
  await page.getByRole('button', { name: like(studio.make) }).click();
  const ready = page.getByRole('link', { name: like(studio.downloadRendition) });
  await expect.poll(() => ready.count(), { timeout: 120_000 }).toBeGreaterThanOrEqual(formats.length);
}

/** Step 5, a researcher: a pack of the fact and the files, off to approval. */
export async function composeAndSubmitPack(
  { page }: Visitor,
  { headline }: { headline: string },
): Promise<void> {
  await page.goto('/packs/new');
  const offer = page.getByRole('listitem').filter({ hasText: headline });
  await offer.getByRole('button', { name: packs.factAdd }).click();
  await page.getByRole('button', { name: like(packs.start) }).click();
  await page.waitForURL(/\/packs\/[0-9a-f-]{36}/);
  await page.getByLabel(packs.captionHi).first().fill('सच जानें: बाँध सुरक्षित है।');
  await page.getByRole('button', { name: like(packs.renditionsChoose) }).click();
  const dialog = page.getByRole('dialog');
  const boxes = dialog.getByRole('checkbox');
  await boxes.first().waitFor();
  for (const box of await boxes.all()) await box.check();
  await dialog.getByRole('button', { name: packs.done }).click();
  await page.getByRole('button', { name: like(packs.submit) }).click();
  const confirm = page.getByRole('dialog');
  await confirm.getByRole('button', { name: like(packs.submit) }).click();
  await page.getByText(packs.waiting).waitFor();
}

/** Step 6, another reviewer: every file looked at, the list ticked, approved. */
export async function approvePack(visitor: Visitor, { title }: { title: string }): Promise<void> {
  const { page } = visitor;
  await page.goto('/review');
  await page.getByText(title).first().click();
  const files = page.getByRole('listitem').filter({ hasText: new RegExp(`${review.toLook}|${review.seen}`) });
  await files.first().waitFor();
  for (const file of await files.all()) {
    await file.getByRole('img').scrollIntoViewIfNeeded();
    await file.getByText(review.seen, { exact: true }).waitFor();
  }
  await tickAll(visitor);
  await page.getByRole('button', { name: like(review.approve) }).click();
  await page.getByText(review.approved).waitFor();
}

/** Step 7: the dry run, then the release to one district. Gives the pack version's id. */
export async function releasePack(
  { page }: Visitor,
  { title, unit }: { title: string; unit: string },
): Promise<string> {
  await page.goto('/packs');
  await page.getByText(title).first().click();
  await page.waitForURL(/\/packs\/[0-9a-f-]{36}/);
  await page.locator('label').filter({ hasText: packs.selUnits }).first().click();
  await page.getByRole('searchbox').last().fill(unit);
  await page
    .getByRole('button', { name: new RegExp(unit) })
    .first()
    .click();
  await page.getByRole('button', { name: like(packs.preview) }).click();
  await page.getByText(like(packs.previewTotal)).first().waitFor();
  await page.getByRole('button', { name: packs.release, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: packs.release, exact: true }).click();
  await page.getByText(packs.released).first().waitFor();
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** Step 8, a district member on a phone: opens the pack and takes a file. Gives the file's address. */
export async function pullPack({ page }: Visitor, { title }: { title: string }): Promise<string> {
  await page.goto('/inbox');
  const taken = page.waitForResponse((response) => /\/api\/inbox\/.+\/files\//.test(response.url()));
  await page.getByText(title).first().click();
  const response = await taken;
  expect(response.status()).toBe(200);
  await page.getByText(inbox.copyCaption).first().waitFor();
  return new URL(response.url()).pathname;
}

/** Step 9, a reviewer: taken back, with a reason. */
export async function recallPack(
  { page }: Visitor,
  { version, reason }: { version: string; reason: string },
): Promise<void> {
  await page.goto(`/packs/${version}`);
  await page.getByRole('button', { name: packs.recall, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill(reason);
  await dialog.getByRole('button', { name: packs.recallDo }).click();
  await page.getByText(packs.recalled).first().waitFor();
}
