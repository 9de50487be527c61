import type { CheckOptions } from './check-objects.js';
import { type Case, type Make, type Row, rows } from './matrix.js';
import type { PackObjects } from './pack-objects.js';
import { absent } from './shared-requests.js';

const restrictedFirst = { unit: 'D1', restricted: true } as const;

const fact =
  (options: CheckOptions = {}): Make =>
  async ({ check }) => ({ params: { id: (await check({ state: 'verified', ...options })).id } });

/** The fact of a pack that went to these units. */
const released =
  (units: Parameters<PackObjects['release']>[0], options?: Parameters<PackObjects['release']>[1]): Make =>
  async ({ release }) => ({ params: { id: (await release(units, options)).factId } });

/** A fact that ended after a pack with it went to the first district. */
const ended =
  (how: 'corrected' | 'void'): Make =>
  async ({ check, endFact, release }) => {
    const made = await check({ state: 'verified' });
    await release(['D1'], { facts: [made.id] });
    await endFact(made, how);
    return { params: { id: made.id } };
  };

const facts: Record<string, Case> = {
  'not released': fact(),
  'released to the first district': released(['D1']),
  'released to the seat of assembly.a': released(['A11']),
  'released to the other seat of the first': released(['A12']),
  'released to the second district': released(['D2']),
  'released to the whole': released(['S']),
  'released to a linked constituency': released(['L1']),
  recalled: released(['D1'], { ended: 'recalled' }),
  expired: released(['D1'], { ended: 'expired' }),
  'superseded elsewhere': released(['D1'], { ended: 'superseded' }),
  'released, silence over the first': { make: released(['D1']), silence: 'D1' },
  'released, silence over the second': { make: released(['D1']), silence: 'D2' },
  'released, silence over the seat': { make: released(['D1']), silence: 'A11' },
  'restricted to the first': fact(restrictedFirst),
  'restricted to and released in the first': async ({ check, release }) => {
    const { id } = await check({ ...restrictedFirst, state: 'verified' });
    await release(['D1'], { facts: [id] });
    return { params: { id } };
  },
  draft: fact({ state: 'draft' }),
  'in review': fact({ state: 'in_review' }),
  corrected: fact({ state: 'corrected' }),
  'corrected after its release': ended('corrected'),
  'void after its release': ended('void'),
  'restricted to the first and void': fact({ ...restrictedFirst, state: 'void' }),
  'there is none': () => ({ params: absent }),
};

export const libraryRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'GET /api/library',
    'any                               401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200',
  ),
  ...rows(
    'GET /api/topics',
    'any                               401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200',
  ),
  ...rows(
    'GET /api/facts/:id/open-claims',
    `
    not released                       401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    released to the first district     401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    restricted to the first            401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    draft                              401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404
    void after its release             401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    facts,
  ),
  ...rows(
    'GET /api/facts/:id',
    `
    not released                       401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
    released to the first district     401 401 | 200 200 200 200 200 | 200 404 200 | 200 200 200
    released to the seat of assembly.a  401 401 | 200 200 200 200 200 | 404 404 200 | 200 200 200
    released to the other seat of the first  401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
    released to the second district    401 401 | 200 200 200 200 200 | 404 200 404 | 200 200 200
    released to the whole              401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200
    released to a linked constituency  401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
    recalled                           401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
    expired                            401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
    superseded elsewhere               401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
    released, silence over the first   401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
    released, silence over the second  401 401 | 200 200 200 200 200 | 200 404 200 | 200 200 200
    released, silence over the seat    401 401 | 200 200 200 200 200 | 200 404 404 | 200 200 200
    restricted to the first            401 401 | 200 200 200 200 200 | 404 404 404 | 404 404 404
    restricted to and released in the first  401 401 | 200 200 200 200 200 | 200 404 200 | 404 404 404
    draft                              401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404
    in review                          401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404
    corrected                          401 401 | gone gone gone gone gone | 404 404 404 | gone gone gone
    corrected after its release        401 401 | gone gone gone gone gone | gone 404 gone | gone gone gone
    void after its release             401 401 | gone gone gone gone gone | gone 404 gone | gone gone gone
    restricted to the first and void   401 401 | gone gone gone gone gone | 404 404 404 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404`,
    facts,
  ),
];
