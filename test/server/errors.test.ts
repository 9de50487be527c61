import pg from 'pg';
import { expect, test } from 'vitest';
import { errorCodes } from '../../server/error-codes.js';
import { AppError, fromDatabaseError } from '../../server/errors.js';

function databaseError(code: string, message = 'something in English'): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code });
}

test('every code has a sentence in Devanagari and one in English, and a status that is an error', () => {
  for (const [code, entry] of Object.entries(errorCodes)) {
    expect(entry.hi, code).toMatch(/^[^A-Za-z]+$/);
    expect(entry.hi, code).toMatch(/[\u0900-\u097f]/);
    expect(entry.en, code).toMatch(/^[A-Z][\x20-\x7e]+\.$|^[A-Z].*\)\.$/);
    expect(entry.status, code).toBeGreaterThanOrEqual(400);
    expect(entry.alert, code).toBe(entry.status >= 500);
  }
});

test('a rule of the database comes out under the code it names', () => {
  const error = fromDatabaseError(databaseError('TATHY', 'own_work: the reviewer wrote this version'));
  expect(error).toMatchObject({ code: 'own_work', status: 409, alert: false });
  expect(error.messages.hi).toBe(errorCodes.own_work.hi);
});

test('a rule that names no code of ours is an internal fault', () => {
  expect(fromDatabaseError(databaseError('TATHY', 'toString: odd')).code).toBe('internal');
});

test.each([
  ['23505', 'conflict'],
  ['23P01', 'conflict'],
  ['23514', 'invalid_input'],
  ['22021', 'invalid_input'],
  ['40001', 'unavailable'],
  ['40P01', 'unavailable'],
  ['08006', 'unavailable'],
  ['53300', 'unavailable'],
  ['57P01', 'unavailable'],
  ['57014', 'unavailable'],
  ['53100', 'storage_full'],
  ['42703', 'internal'],
])('SQLSTATE %s becomes %s', (sqlState, code) => {
  expect(fromDatabaseError(databaseError(sqlState)).code).toBe(code);
});

test('a reference to a row that is not there is wrong input; removing a row in use is a conflict', () => {
  const missing = databaseError(
    '23503',
    'insert or update on table "claims" violates foreign key constraint "x"',
  );
  const used = databaseError(
    '23503',
    'update or delete on table "units" violates foreign key constraint "x"',
  );
  expect(fromDatabaseError(missing).code).toBe('invalid_input');
  expect(fromDatabaseError(used).code).toBe('conflict');
});

test('a lost connection is unavailability, whichever words the driver finds', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  for (const error of [
    refused,
    new AggregateError([refused]),
    new Error('Connection terminated unexpectedly'),
  ]) {
    expect(fromDatabaseError(error)).toMatchObject({ code: 'unavailable', cause: error });
  }
});

test('an AppError passes through as it is', () => {
  const error = new AppError('recalled', { details: { packId: '1' } });
  expect(fromDatabaseError(error)).toBe(error);
});
