import { sql } from 'kysely';
import { formOf } from '../multipart.js';
import type { Caller } from './callers.js';
import type { ClaimOptions } from './check-objects.js';
import { type Make, type Row, rows } from './matrix.js';
import { absent, jpeg } from './shared-requests.js';

const claim =
  (options: ClaimOptions): Make =>
  async ({ claim: make, claimMedia }) => {
    const { id } = await make(options);
    await claimMedia(id, options.by ?? 'researcher');
    return { params: { id } };
  };

/** A search that has found nothing yet. */
const searchBy =
  (by: Exclude<Caller, 'anonymous'>): Make =>
  async ({ as, callers, file }) => {
    const { sha256 } = await file();
    const { rows: made } = await as(callers.ids[by], (tx) =>
      sql<{ id: string }>`
        with print as (insert into media_prints default values returning id)
        insert into media_searches (member_id, file_sha256, size, print_id)
        select ${callers.ids[by]}, ${sha256}, 2000, id from print returning id`.execute(tx),
    );
    return { params: { id: made[0]?.id ?? '' } };
  };

const dropped = formOf({ file: { name: 'seen.jpg', content: jpeg } });

export const mediaRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'GET /api/claims/:id/media-matches',
    `
    open                               401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
    reported by district.a             401 401 | 200 200 200 200 200 | 200 404 404 | 200 200 200
    restricted to the first district   401 401 | 200 200 200 200 200 | 404 404 404 | 404 404 404
    restricted, by district.b          401 401 | 200 200 200 200 200 | 404 200 404 | 200 200 200
    there is none                      401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404`,
    {
      open: claim({}),
      'reported by district.a': claim({ by: 'district.a', unit: 'D1' }),
      'restricted to the first district': claim({ unit: 'D1', restricted: true }),
      'restricted, by district.b': claim({ by: 'district.b', unit: 'D2', restricted: true }),
      'there is none': () => ({ params: absent }),
    },
  ),
  ...rows(
    'POST /api/media-searches',
    'any                               401 401 | 201 201 201 201 201 | 201 201 201 | 201 201 201',
    { any: () => ({ form: dropped }) },
  ),
  ...rows(
    'GET /api/media-searches/:id',
    `
    by the researcher                  401 401 | 200 404 404 404 404 | 404 404 404 | 404 404 404
    by district.a                      401 401 | 404 404 404 404 404 | 200 404 404 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404`,
    {
      'by the researcher': searchBy('researcher'),
      'by district.a': searchBy('district.a'),
      'there is none': () => ({ params: absent }),
    },
  ),
];
