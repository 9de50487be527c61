import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.js';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('without any setting the program serves this machine only and brings its own database', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    role: 'all',
    http: { host: '127.0.0.1', port: 3000, publicUrl: null, secureCookies: false },
    database: { url: null, ownerUrl: null },
  });
  expect(config.dataDir).toMatch(/^\/.*\/data$/);
});

test('all wrong settings are told at once, each with what it must be', () => {
  const problems = problemsOf({
    PORT: '80a',
    ROLE: 'boss',
    LOG_LEVEL: 'loud',
    PUBLIC_URL: 'tathya.example',
    DATABASE_OWNER_URL: 'x',
    REDIS_URL: 'http://cache',
    MEILI_URL: 'search.example:7700',
    MEILI_KEY: 'two words',
  });
  expect(problems).toEqual([
    'PORT must be a whole number from 0 to 65535, not "80a"',
    'ROLE must be all, api or worker, not "boss"',
    'PUBLIC_URL must be an http or https address without a path',
    'DATABASE_OWNER_URL must be postgres://login:password@host:port/database',
    'REDIS_URL must be redis://login:password@host:port/number, or rediss:// over TLS',
    'MEILI_URL must be the http or https address of a Meilisearch server',
    'MEILI_KEY must be a key of the Meilisearch server, without blanks',
    'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent, not "loud"',
    'DATABASE_OWNER_URL needs DATABASE_URL beside it, with the login the application works with',
  ]);
});

test('a wrong database address is never shown back, for it may hold a password', () => {
  expect(problemsOf({ DATABASE_URL: 'mysql://app:geheim@db/x' }).join()).not.toContain('geheim');
});

test('Meilisearch is named by its address; a key by itself is for no server, and is never shown back', () => {
  expect(readConfig({}).meilisearch).toBeNull();
  const MEILI_URL = 'http://127.0.0.1:7700';
  expect(readConfig({ MEILI_URL }).meilisearch).toEqual({ url: MEILI_URL, key: null });
  expect(readConfig({ MEILI_URL, MEILI_KEY: 'k' }).meilisearch).toEqual({ url: MEILI_URL, key: 'k' });
  const [problem = ''] = problemsOf({ MEILI_KEY: 'geheim' });
  expect(problem).toContain('MEILI_KEY needs MEILI_URL');
  expect(problem).not.toContain('geheim');
});

test.each(['api', 'worker'])('a process that is only %s needs the address of a shared database', (role) => {
  expect(problemsOf({ ROLE: role })).toEqual([
    `ROLE=${role} needs DATABASE_URL: only ROLE=all can start its own PostgreSQL`,
  ]);
});

test('the application may not work under the login that owns the tables', () => {
  const url = 'postgres://same:secret@db.example:5432/tathya';
  expect(problemsOf({ DATABASE_URL: url, DATABASE_OWNER_URL: url })).toHaveLength(1);
  expect(problemsOf({ DATABASE_URL: url, DATABASE_OWNER_URL: url.replace('same', 'other') })).toEqual([]);
});

test('Redis is named by its address, with a password in it written so that it can be read', () => {
  expect(readConfig({}).redisUrl).toBeNull();
  for (const url of ['redis://cache', 'rediss://app:geheim@cache.example:6380/3']) {
    expect(readConfig({ REDIS_URL: url }).redisUrl).toBe(url);
  }
  const problems = problemsOf({ REDIS_URL: 'redis://app:ge:heim@ca che' });
  expect(problems).toHaveLength(1);
  expect(problems.join()).not.toContain('heim');
  expect(problemsOf({ REDIS_URL: 'redis://cache:99999' })).toEqual([
    'REDIS_URL is not an address: in a password, write / # @ : as %2F %23 %40 %3A',
  ]);
});

test('an empty setting counts as not set', () => {
  expect(readConfig({ PORT: '', PUBLIC_URL: ' ' }).http).toMatchObject({ port: 3000, publicUrl: null });
});

test('an https public address makes cookies travel over https only and loses its last slash', () => {
  const { http } = readConfig({ PUBLIC_URL: 'https://tathya.example/' });
  expect(http).toMatchObject({ publicUrl: 'https://tathya.example', secureCookies: true });
});

test('the settings cannot be changed afterwards', () => {
  const config = readConfig({});
  expect(() => Object.assign(config.http, { port: 1 })).toThrow(TypeError);
});
