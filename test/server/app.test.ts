import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../helpers/app.js';

describe('the HTTP house', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp();
  });
  afterAll(() => app.close());

  it('tells who is signed in', async () => {
    const client = await app.as('researcher');
    const { status, body } = await client.call('session.me');

    expect(status).toBe(200);
    expect(body.member.login).toBe('researcher');
    expect(body.capabilities).toContain('checks.write');
  });

  it('answers strangers with a problem in both languages', async () => {
    const { status, raw, headers } = await app.anonymous.call('claims.list', {
      headers: { 'accept-language': 'en' },
    });
    const problem = raw.json();

    expect(status).toBe(401);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(problem).toMatchObject({ code: 'not_signed_in', status: 401, requestId: expect.any(String) });
    expect(problem.detail).toBe(problem.details.en);
    expect(problem.details.hi).toMatch(/[ऀ-ॿ]/);
  });

  it('names each wrong field', async () => {
    const client = await app.as('researcher');
    const { status, raw } = await client.call('claims.create', {
      body: { text: '', language: 'klingon', extra: 1 },
    });

    expect(status).toBe(400);
    expect(raw.json().errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['/text', '/language', '/extra']),
    );
  });

  it('refuses writes from a page of another origin', async () => {
    const client = await app.as('researcher');
    const body = { text: 'x', language: 'hi' };
    const foreign = await client.call('claims.create', { body, headers: { origin: 'https://evil.example' } });
    const crossSite = await client.call('claims.create', {
      body,
      headers: { 'sec-fetch-site': 'cross-site' },
    });

    expect(foreign.status).toBe(403);
    expect(crossSite.status).toBe(403);
  });

  it('takes JSON only, and not too much of it', async () => {
    const client = await app.as('researcher');
    const text = await client.inject({
      method: 'POST',
      url: '/api/claims',
      payload: 'x',
      headers: { 'content-type': 'text/plain' },
    });
    const form = await client.inject({
      method: 'POST',
      url: '/api/claims',
      payload: 'a=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const large = await client.call('claims.create', { body: { text: 'अ'.repeat(200_000), language: 'hi' } });
    const broken = await client.inject({
      method: 'POST',
      url: '/api/claims',
      payload: '{"text":',
      headers: { 'content-type': 'application/json' },
    });
    const poison = await client.inject({
      method: 'POST',
      url: '/api/claims',
      payload: '{"__proto__":{"a":1}}',
      headers: { 'content-type': 'application/json' },
    });

    expect([text.statusCode, form.statusCode, large.status, broken.statusCode, poison.statusCode]).toEqual([
      415, 415, 413, 400, 400,
    ]);
  });

  it('sends security headers with every answer and no stack with any', async () => {
    for (const response of [
      await app.anonymous.inject({ url: '/healthz' }),
      await app.anonymous.inject({ url: '/api/claims' }),
      await app.anonymous.inject({ url: '/api/nowhere' }),
      await app.anonymous.inject({ url: '/api/claims/not-a-uuid' }),
    ]) {
      expect(response.headers['x-content-type-options']).toBe('nosniff');
      expect(response.headers['content-security-policy']).toContain("object-src 'none'");
      expect(response.headers['referrer-policy']).toBe('same-origin');
      expect(response.body).not.toMatch(/\.ts|node_modules|at \w+ \(/);
    }
  });

  it('describes every endpoint of the contract in OpenAPI 3.1', async () => {
    const { body } = await app.anonymous.inject({ url: '/api/openapi.json' });
    const document = JSON.parse(body);

    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/api/claims'].post.requestBody).toBeTruthy();
    expect(document.paths['/api/claims'].post.responses['201']).toBeTruthy();
  });

  it('writes logs without passwords, cookies or tokens', async () => {
    const client = await app.as('reviewer');
    await client.call('session.me');

    const log = app.log.join('');
    expect(log).toContain('"reqId"');
    expect(log).not.toContain('a quiet river');
    expect(log).not.toContain(client.cookie.split('=')[1]?.split(';')[0]);
  });
});
