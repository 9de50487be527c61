import type { CheckVersion } from '../../server/contract/check.js';
import type { Claim } from '../../server/contract/claim.js';
import { hashPassword } from '../../server/sessions/passwords.js';
import type { TestApp } from './app.js';
import { type Answer, type Client, signIn } from './client.js';
import { type Login, testPassword, type UnitCode } from './world.js';

/** The body of an answer that must have come out well. */
export function good<T>(answer: Answer<T>): T {
  if (answer.status < 300) return answer.body;
  throw new Error(`answered ${answer.status}: ${answer.raw.body}`);
}

/** The problem code of an answer that must be a refusal. */
export function problem(answer: Answer<unknown>): { status: number; code: string } {
  const { code } = answer.raw.json();
  return { status: answer.status, code };
}

let claimsLogged = 0;

/** A claim logged through the API; its words are new each time unless given. */
export async function logClaim(
  app: TestApp,
  {
    by = 'researcher',
    text,
    language = 'hi',
    ...rest
  }: { by?: Login; text?: string; language?: string } & Record<string, unknown> = {},
): Promise<Claim> {
  claimsLogged += 1;
  const client = await app.as(by);
  const words = text ?? `जलाशय संख्या ${claimsLogged} सूख गया है`;
  return good(await client.call('claims.create', { body: { text: words, language, ...rest } }));
}

export interface DraftOptions {
  headline?: string;
  summary?: string;
  verdict?: string;
  sources?: readonly { publisher: string; tier: string; url?: string }[];
}

export const twoSources = [
  { publisher: 'Water Board', tier: 'official', url: 'https://water.example/report' },
  { publisher: 'Morning Paper', tier: 'press', url: 'https://paper.example/reservoir' },
] as const;

/** The check of a claim, filled in by the researcher and not yet submitted. */
export async function draftedCheck(
  app: TestApp,
  claimId: string,
  {
    headline = 'जलाशय में पानी है',
    summary = 'विभाग की रिपोर्ट के अनुसार जलाशय आधा भरा है।',
    verdict = 'false',
    sources = twoSources,
  }: DraftOptions = {},
): Promise<CheckVersion> {
  const researcher = await app.as('researcher');
  const started = good(await researcher.call('checks.start', { body: { claimId } }));
  const params = { id: started.id };
  for (const body of sources) good(await researcher.call('checks.addEvidence', { params, body }));
  const body = { verdict, texts: { hi: { headline, summary } } };
  return good(await researcher.call('checks.edit', { params, body, ifMatch: started.version }));
}

export async function submitted(app: TestApp, { id, version }: CheckVersion): Promise<CheckVersion> {
  const researcher = await app.as('researcher');
  return good(await researcher.call('checks.submit', { params: { id }, ifMatch: version }));
}

export async function verified(
  app: TestApp,
  { id, hash }: CheckVersion,
  by: Login = 'reviewer',
): Promise<CheckVersion> {
  const reviewer = await app.as(by);
  return good(await reviewer.call('checks.verify', { params: { id }, body: { hash } }));
}

/** Claim to fact through the API. */
export async function factAbout(
  app: TestApp,
  { text, claim, ...draft }: DraftOptions & { text?: string; claim?: Claim } = {},
): Promise<{ claim: Claim; fact: CheckVersion }> {
  const logged = claim ?? (await logClaim(app, text === undefined ? {} : { text }));
  const drafted = await draftedCheck(app, logged.id, draft);
  return { claim: logged, fact: await verified(app, await submitted(app, drafted)) };
}

/** A further member, signed in. */
export async function newcomer(
  app: TestApp,
  { login, role, unit }: { login: string; role: 'researcher' | 'reviewer' | 'district'; unit: UnitCode },
): Promise<Client> {
  const { id } = await app.ownerDb
    .insertInto('members')
    .values({ login, name: `Person ${login}`, passwordHash: await hashPassword(testPassword) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await app.ownerDb
    .insertInto('appointments')
    .values({ memberId: id, unitId: app.world.units[unit], role, validFrom: '2026-01-01' })
    .execute();
  return signIn(app.app, login);
}
