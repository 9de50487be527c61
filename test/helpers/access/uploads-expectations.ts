import path from 'node:path';
import { announcing, partAt } from '../tus.js';
import type { Caller } from './callers.js';
import { type Make, type Row, rows } from './matrix.js';
import type { Objects } from './objects.js';
import { absent, jpeg } from './shared-requests.js';

const form = (headers: Record<string, string>, payload = Buffer.alloc(0)) => ({ form: { payload, headers } });

/** A file someone has announced. */
async function announced({ callers }: Objects, by: Caller): Promise<{ id: string }> {
  const client = await callers.as(by);
  const answer = await client.inject({ method: 'POST', url: '/api/uploads', headers: announcing(jpeg) });
  return { id: path.basename(String(answer.headers.location)) };
}

/** One's own where one may have one, else a designer's. */
const own: Make = async (objects, caller) => ({
  params: await announced(objects, caller === 'desk.d2' ? caller : 'designer'),
});
const others: Make = async (objects, caller) => ({
  params: await announced(objects, caller === 'desk.d2' ? 'designer' : 'desk.d2'),
});
const nothing: Make = () => ({ params: absent });

const sending =
  (make: Make): Make =>
  async (objects, caller) => ({ ...(await make(objects, caller)), ...form(partAt(0), jpeg) });

const each = (make: Make) => ({ make, fresh: 'caller' as const });

export const uploadRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'POST /api/known-creatives',
    'any                               401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200',
    { any: () => ({ body: { sha256: ['a'.repeat(64)] } }) },
  ),
  ...rows(
    'POST /api/uploads',
    `
    for my own unit                    401 401 | 403 201 403 403 403 | 403 403 403 | 201 403 403
    for the first district             401 401 | 403 201 403 403 403 | 403 403 403 | 403 403 403
    for a unit that is not there       401 401 | 403 400 403 403 403 | 403 403 403 | 400 403 403`,
    {
      'for my own unit': () => form(announcing(jpeg)),
      'for the first district': ({ unit }) => form(announcing(jpeg, { ownerUnitId: unit('D1') })),
      'for a unit that is not there': () => form(announcing(jpeg, { ownerUnitId: absent.id })),
    },
  ),
  ...rows(
    'GET /api/uploads/:id',
    `
    my own                             401 401 | 403 200 403 403 403 | 403 403 403 | 200 403 403
    someone else's                     401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    { 'my own': each(own), "someone else's": each(others), 'there is none': nothing },
  ),
  ...rows(
    'PATCH /api/uploads/:id',
    `
    my own                             401 401 | 403 204 403 403 403 | 403 403 403 | 204 403 403
    someone else's                     401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    {
      'my own': each(sending(own)),
      "someone else's": each(sending(others)),
      'there is none': sending(nothing),
    },
  ),
  ...rows(
    'DELETE /api/uploads/:id',
    `
    my own                             401 401 | 403 204 403 403 403 | 403 403 403 | 204 403 403
    someone else's                     401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    { 'my own': each(own), "someone else's": each(others), 'there is none': nothing },
  ),
];
