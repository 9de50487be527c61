import { isDeepStrictEqual } from 'node:util';
import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import type { Client } from '../client.js';
import type { UnitCode } from '../world.js';
import { type Caller, callers } from './callers.js';
import type { Objects } from './objects.js';
import { absent } from './shared-requests.js';

/** One request that would succeed for whoever is allowed it. */
export interface Asked {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
  form?: { payload: Buffer; headers: Record<string, string> };
  ifMatch?: number;
  /** Instead of the caller's usual session. */
  client?: Client;
  /** From another address than this machine's. */
  from?: string;
  /** The same request for something that does not exist, where an id stands elsewhere than in the address. */
  absent?: Asked;
}

export interface RowOptions {
  /**
   * Which objects: `once` (the usual for reads) one for all, `change` (the usual for writes) a fresh one for each who is
   * to be let through, `caller` a fresh one for each.
   */
  fresh?: 'once' | 'change' | 'caller';
  /** One after the other, in the order of the columns, where an answer depends on the one before. */
  inTurn?: boolean;
  /** A silence window over this unit is opened once the object is made. */
  silence?: UnitCode;
  /** The answer stays open. */
  stream?: boolean;
}

export type Make = (objects: Objects, caller: Caller) => Promise<Asked> | Asked;

export interface Row extends RowOptions {
  /** Method and address as they are registered. */
  route: string;
  /** Which object. */
  what: string;
  /** By caller the status, or the problem's code where the status alone says too little. */
  expected: Record<Caller, string>;
  make: Make;
}

/** How a row's object and request are made, with what is unusual about it. */
export type Case = Make | ({ make: Make } & RowOptions);

/**
 * The lines of one route. The table is written by hand: what kind of object, two spaces or more, and a cell for each
 * of the `callers` in their order: a status, or a problem code such as `own_work`. `cases` says how each is made.
 */
export function rows(
  route: string,
  table: string,
  cases: Readonly<Record<string, Case>> = { any: () => ({}) },
): Row[] {
  const lines = table.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [what = '', ...rest] = line.trim().split(/\s{2,}/);
    const cells = rest.join(' ').split(/[\s|]+/);
    const given = cases[what];
    if (given === undefined) throw new Error(`${route}: nothing says how to make "${what}"`);
    if (cells.length !== callers.length) throw new Error(`${route}, ${what}: ${cells.length} cells`);
    const entries = callers.map((caller, index) => [caller, cells[index] ?? '']);
    // Checked edge: one entry for each caller, counted above.
    const expected = Object.fromEntries(entries) as Record<Caller, string>;
    return { route, what, expected, ...(typeof given === 'function' ? { make: given } : given) };
  });
}

/** The same objects asked something with a body or a version. */
export function asking(objects: Readonly<Record<string, Make>>, rest: Asked): Record<string, Make> {
  return Object.fromEntries(
    Object.entries(objects).map(([what, make]) => [
      what,
      async (made: Objects, caller: Caller) => ({ ...(await make(made, caller)), ...rest }),
    ]),
  );
}

function addressOf(pattern: string, params: Record<string, string> = {}): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${pattern} needs ${name}`);
    return encodeURIComponent(value);
  });
}

async function send(row: Row, asked: Asked, client: Client): Promise<LightMyRequestResponse> {
  const [method = '', pattern = ''] = row.route.split(' ');
  const payload = asked.form?.payload ?? asked.body;
  return (asked.client ?? client).inject({
    // Checked edge: routes begin with their method; an unknown one answers 404 and fails its cell.
    method: method as 'GET',
    url: addressOf(pattern, asked.params),
    ...(asked.query && { query: asked.query }),
    ...(payload !== undefined && { payload }),
    ...(asked.from !== undefined && { remoteAddress: asked.from }),
    ...(row.stream && { payloadAsStream: true }),
    headers: {
      ...(asked.ifMatch !== undefined && { 'if-match': `"${asked.ifMatch}"` }),
      ...asked.form?.headers,
    },
  });
}

function bodyOf(response: LightMyRequestResponse): Record<string, unknown> {
  if (!String(response.headers['content-type'] ?? '').includes('json') || response.body === '') return {};
  const { requestId: _, ...body } = response.json();
  return body;
}

/** The same question about something that does not exist; null when it names nothing or is about nothing already. */
function absentOf(asked: Asked): Asked | null {
  if (asked.absent !== undefined) return asked.absent;
  const params = Object.fromEntries(Object.keys(asked.params ?? {}).map((name) => [name, absent.id]));
  return isDeepStrictEqual(params, asked.params ?? {}) ? null : { ...asked, params };
}

/** What came, in the words of the cell when it is what was expected. */
async function outcomeOf(row: Row, asked: Asked, client: Client, cell: string): Promise<string> {
  const response = await send(row, asked, client);
  const status = String(response.statusCode);
  if (row.stream) {
    response.stream().destroy();
    return status;
  }
  const body = response.statusCode < 400 ? {} : bodyOf(response);
  if (response.statusCode === 404) {
    const nothing = absentOf(asked);
    if (nothing !== null) {
      const other = await send(row, nothing, client);
      if (other.statusCode !== 404 || !isDeepStrictEqual(body, bodyOf(other))) {
        return `404 told apart from what does not exist: ${response.body} / ${other.body}`;
      }
    }
  }
  if (cell === status || cell === body.code) return cell;
  return response.statusCode < 400 ? status : `${status} ${response.body}`;
}

/**
 * Asks as every caller and compares the whole line at once. Those to be refused all ask about one object, so that a
 * refusal that changed something shows in the answer of the next; those to be let through each get a fresh one.
 */
export async function checkRow(row: Row, objects: Objects): Promise<void> {
  const fresh = row.fresh ?? (row.route.startsWith('GET') ? 'once' : 'change');
  const found: Partial<Record<Caller, string>> = {};
  const shared = fresh === 'caller' ? null : await row.make(objects, callers[0]);
  const isRefused = (caller: Caller) => !/^[123]/.test(row.expected[caller]);
  const ask = async (caller: Caller) => {
    const own = shared === null || (fresh === 'change' && !isRefused(caller));
    const asked = own ? await row.make(objects, caller) : shared;
    found[caller] = await outcomeOf(row, asked, await objects.callers.as(caller), row.expected[caller]);
  };
  // Objects that go out to units are made before silence falls.
  const lift = row.silence === undefined ? null : await objects.silence(row.silence);
  if (row.inTurn) for (const caller of callers) await ask(caller);
  else {
    await Promise.all(callers.filter(isRefused).map(ask));
    await Promise.all(callers.filter((caller) => !isRefused(caller)).map(ask));
  }
  await lift?.();
  expect(found).toEqual(row.expected);
}
