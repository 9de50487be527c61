import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { cardRows } from '../helpers/access/cards-expectations.js';
import { checkRows } from '../helpers/access/checks-expectations.js';
import { claimRows } from '../helpers/access/claims-expectations.js';
import { creativeRows } from '../helpers/access/creatives-expectations.js';
import { inboxRows } from '../helpers/access/inbox-expectations.js';
import { libraryRows } from '../helpers/access/library-expectations.js';
import { mediaRows } from '../helpers/access/media-expectations.js';
import { organisationRows } from '../helpers/access/organisation-expectations.js';
import { packRows } from '../helpers/access/packs-expectations.js';
import { releaseRows } from '../helpers/access/releases-expectations.js';
import { runMatrix } from '../helpers/access/run-matrix.js';
import { uploadRows } from '../helpers/access/uploads-expectations.js';
import { createTestApp } from '../helpers/app.js';

/** Every route a server registers, as Fastify itself tells of them, whoever registered it. */
async function registeredRoutes(): Promise<string[]> {
  const routes = new Set<string>();
  const listen = (message: unknown) => {
    // Checked edge: this is what Fastify publishes on its own channel.
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat())
        if (each !== 'HEAD' && each !== 'OPTIONS') routes.add(`${each} ${url}`);
    });
  };
  subscribe('fastify.initialization', listen);
  try {
    const house = await createTestApp();
    await house.close();
  } finally {
    unsubscribe('fastify.initialization', listen);
  }
  return [...routes].sort();
}

test('every registered route has its lines in the matrix, and every line its route', async () => {
  const tables = [
    organisationRows,
    claimRows,
    cardRows,
    checkRows,
    libraryRows,
    mediaRows,
    creativeRows,
    uploadRows,
    packRows,
    releaseRows,
    inboxRows,
  ];
  const written = [...new Set(tables.flat().map(({ route }) => route))].sort();
  const registered = await registeredRoutes();
  expect(registered.length).toBeGreaterThan(70);
  expect(written).toEqual(registered);
});

runMatrix('who may do what with the organisation and the program', organisationRows);
