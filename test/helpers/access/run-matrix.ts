import { afterAll, beforeAll, describe, test } from 'vitest';
import { createTestApp, type TestApp } from '../app.js';
import { eventually } from '../eventually.js';
import { checkRow, type Row } from './matrix.js';
import { createObjects, type Objects } from './objects.js';

/** Runs a table against a server of its own: one test a row. */
export function runMatrix(name: string, table: readonly Row[]): void {
  describe(name, () => {
    let house: TestApp;
    let objects: Objects;
    beforeAll(async () => {
      house = await createTestApp();
      objects = await createObjects(house);
      const desk = await objects.callers.as('researcher');
      // Until the index is ready a search that finds nothing answers 503.
      await eventually(async () => (await desk.call('library.search')).status === 200);
    });
    afterAll(() => house.close());

    for (const row of table) test(`${row.route}: ${row.what}`, () => checkRow(row, objects));
  });
}
