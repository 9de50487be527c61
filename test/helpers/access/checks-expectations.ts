import { formOf } from '../multipart.js';
import type { CheckOptions, MadeCheck } from './check-objects.js';
import { type Asked, asking, type Make, type Row, rows } from './matrix.js';
import type { Objects } from './objects.js';
import { absent, jpeg } from './shared-requests.js';

const inSecond = { unit: 'D2', by: 'desk.d2' } as const;
const restrictedFirst = { unit: 'D1', restricted: true } as const;

/** A check at a stage and what is asked with it: its version, its hash. */
const check =
  (
    options: CheckOptions,
    rest: (made: MadeCheck, objects: Objects) => Promise<Asked> | Asked = () => ({}),
  ): Make =>
  async (objects) => {
    const made = await objects.check(options);
    return { params: { id: made.id }, ...(await rest(made, objects)) };
  };

const nothing = { 'there is none': () => ({ params: absent }) };
const written = {
  draft: check({}),
  'draft by someone else': check({ by: 'reviewer' }),
  'draft of the second district': check(inSecond),
  'draft restricted to the first': check(restrictedFirst),
  'draft restricted to the second': check({ ...inSecond, restricted: true }),
  'in review': check({ state: 'in_review' }),
  verified: check({ state: 'verified' }),
  corrected: check({ state: 'corrected' }),
  void: check({ state: 'void' }),
  ...nothing,
};

/** Evidence of a check, as the address of a source of its own. */
const source =
  (which: 'evidenceId' | 'capturedId', options: CheckOptions): Make =>
  async (objects) => ({ params: { id: (await objects.check(options))[which] } });
const pair = (options: CheckOptions): Make =>
  check(options, (made) => ({ params: { id: made.id, evidenceId: made.evidenceId } }));

const version = async (made: MadeCheck, { shownCheck }: Objects) => ({
  ifMatch: (await shownCheck(made.id)).version,
});
const hash = async (made: MadeCheck, { shownCheck }: Objects) => ({
  body: { hash: (await shownCheck(made.id)).hash },
});
const starting =
  (make: (objects: Objects) => Promise<string>): Make =>
  async (objects) => ({
    body: { claimId: await make(objects) },
    absent: { body: { claimId: absent.id } },
  });
const captured = formOf({ file: { name: 'page.jpg', content: jpeg } });
const quoted = { publisher: 'Water Board', tier: 'official', url: 'https://water.example/report' };

export const checkRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'GET /api/checks',
    'any                               401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200',
  ),
  ...rows(
    'POST /api/checks',
    `
    open claim                         401 401 | 201 403 403 403 403 | 403 403 403 | 403 403 403
    claim of the second district       401 401 | 201 403 403 403 403 | 403 403 403 | 201 403 403
    claim restricted to the first      401 401 | 201 403 403 403 403 | 403 403 403 | 404 403 403
    with a check restricted to the first  401 401 | 201 403 403 403 403 | 403 403 403 | 404 403 403
    claim that was set aside           401 401 | wrong_state 403 403 403 403 | 403 403 403 | wrong_state 403 403
    there is none                      401 401 | 404 403 403 403 403 | 403 403 403 | 404 403 403`,
    {
      'open claim': starting(async ({ claim }) => (await claim()).id),
      'claim of the second district': starting(async ({ claim }) => (await claim({ unit: 'D2' })).id),
      'claim restricted to the first': starting(async ({ claim }) => (await claim(restrictedFirst)).id),
      'with a check restricted to the first': starting(async (objects) => {
        const { clusterId } = await objects.check(restrictedFirst);
        return (await objects.claim({ unit: 'D2', cluster: clusterId })).id;
      }),
      'claim that was set aside': starting(
        async ({ claim }) => (await claim({ unit: 'D2', state: 'not_checkable' })).id,
      ),
      'there is none': () => ({ body: { claimId: absent.id } }),
    },
  ),
  ...rows(
    'GET /api/check-versions/:id',
    `
    draft                              401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    draft of the second district       401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    draft restricted to the first      401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    draft restricted to the second     401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    in review                          401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    verified                           401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    corrected                          401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    void                               401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    written,
  ),
  ...rows(
    'PATCH /api/check-versions/:id',
    `
    draft                              401 401 | 200 403 403 403 403 | 403 403 403 | 403 403 403
    draft by someone else              401 401 | 200 403 403 403 403 | 403 403 403 | 403 403 403
    draft of the second district       401 401 | 200 403 403 403 403 | 403 403 403 | 200 403 403
    draft restricted to the first      401 401 | 200 403 403 403 403 | 403 403 403 | 404 403 403
    there is none                      401 401 | 404 403 403 403 403 | 403 403 403 | 404 403 403`,
    asking(written, { body: { verdict: 'misleading' }, ifMatch: 1 }),
  ),
  ...rows(
    'PATCH /api/check-versions/:id',
    `
    in review                  401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403
    verified                   401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403`,
    {
      'in review': check({ state: 'in_review' }, async (made, objects) => ({
        body: { verdict: 'misleading' },
        ...(await version(made, objects)),
      })),
      verified: check({ state: 'verified' }, async (made, objects) => ({
        body: { verdict: 'misleading' },
        ...(await version(made, objects)),
      })),
    },
  ),
  ...rows(
    'POST /api/check-versions/:id/evidence',
    `
    draft                              401 401 | 201 403 403 403 403 | 403 403 403 | 403 403 403
    draft of the second district       401 401 | 201 403 403 403 403 | 403 403 403 | 201 403 403
    draft restricted to the first      401 401 | 201 403 403 403 403 | 403 403 403 | 404 403 403
    in review                          401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403
    verified                           401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 404 403 403 403 403 | 403 403 403 | 404 403 403`,
    asking(written, { body: quoted }),
  ),
  ...rows(
    'DELETE /api/check-versions/:id/evidence/:evidenceId',
    `
    of a draft                         401 401 | 200 403 403 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 200 403 403 403 403 | 403 403 403 | 200 403 403
    restricted to the first            401 401 | 200 403 403 403 403 | 403 403 403 | 404 403 403
    of another check                   401 401 | 404 403 403 403 403 | 403 403 403 | 404 403 403
    verified                           401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 404 403 403 403 403 | 403 403 403 | 404 403 403`,
    {
      'of a draft': pair({}),
      'of the second district': pair(inSecond),
      'restricted to the first': pair(restrictedFirst),
      'of another check': async (objects) => ({
        params: {
          id: (await objects.check(inSecond)).id,
          evidenceId: (await objects.check(inSecond)).evidenceId,
        },
      }),
      verified: pair({ state: 'verified' }),
      'there is none': () => ({ params: { ...absent, evidenceId: absent.id } }),
    },
  ),
  ...rows(
    'POST /api/evidence/:id/file',
    `
    of a draft                         401 401 | 201 403 403 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 201 403 403 403 403 | 403 403 403 | 201 403 403
    restricted to the first            401 401 | 201 403 403 403 403 | 403 403 403 | 404 403 403
    captured already                   401 401 | conflict 403 403 403 403 | 403 403 403 | conflict 403 403
    in review                          401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 404 403 403 403 403 | 403 403 403 | 404 403 403`,
    asking(
      {
        'of a draft': source('evidenceId', {}),
        'of the second district': source('evidenceId', inSecond),
        'restricted to the first': source('evidenceId', restrictedFirst),
        'captured already': source('capturedId', inSecond),
        'in review': source('evidenceId', { state: 'in_review' }),
        ...nothing,
      },
      { form: captured },
    ),
  ),
  ...rows(
    'GET /api/evidence/:id/file',
    `
    of a draft                         401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    verified                           401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    restricted to the first            401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    not captured                       401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    {
      'of a draft': source('capturedId', {}),
      verified: source('capturedId', { state: 'verified' }),
      'restricted to the first': source('capturedId', restrictedFirst),
      'not captured': source('evidenceId', {}),
      ...nothing,
    },
  ),
  ...rows(
    'POST /api/check-versions/:id/submission',
    `
    draft                              401 401 | 200 403 403 403 403 | 403 403 403 | 403 403 403
    draft by someone else              401 401 | 200 403 403 403 403 | 403 403 403 | 403 403 403
    draft of the second district       401 401 | 200 403 403 403 403 | 403 403 403 | 200 403 403
    draft restricted to the first      401 401 | 200 403 403 403 403 | 403 403 403 | 404 403 403
    there is none                      401 401 | 404 403 403 403 403 | 403 403 403 | 404 403 403`,
    asking(written, { ifMatch: 1 }),
  ),
  ...rows(
    'POST /api/check-versions/:id/submission',
    'in review                         401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403',
    { 'in review': check({ state: 'in_review' }, version) },
  ),
  ...rows(
    'POST /api/check-versions/:id/verification',
    `
    in review                          401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 403 200 403 403 | 403 403 403 | 403 200 403
    written by the reviewer            401 401 | 403 403 own_work 403 403 | 403 403 403 | 403 403 403
    written by reviewer.d2             401 401 | 403 403 200 403 403 | 403 403 403 | 403 own_work 403
    restricted to the first            401 401 | 403 403 200 403 403 | 403 403 403 | 403 404 403
    draft                              401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    verified                           401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    void                               401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 404 403 403 | 403 403 403 | 403 404 403`,
    {
      'in review': check({ state: 'in_review' }, hash),
      'of the second district': check({ ...inSecond, state: 'in_review' }, hash),
      'written by the reviewer': check({ by: 'reviewer', state: 'in_review' }, hash),
      'written by reviewer.d2': check({ by: 'reviewer.d2', unit: 'D2', state: 'in_review' }, hash),
      'restricted to the first': check({ ...restrictedFirst, state: 'in_review' }, hash),
      draft: check({}, hash),
      verified: check({ state: 'verified' }, hash),
      void: check({ state: 'void' }, hash),
      'there is none': () => ({ params: absent, body: { hash: 'a'.repeat(64) } }),
    },
  ),
  ...rows(
    'POST /api/check-versions/:id/return',
    `
    in review                          401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 403 200 403 403 | 403 403 403 | 403 200 403
    restricted to the first            401 401 | 403 403 200 403 403 | 403 403 403 | 403 404 403
    draft                              401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    verified                           401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 404 403 403 | 403 403 403 | 403 404 403`,
    asking(
      {
        'in review': check({ state: 'in_review' }),
        'of the second district': check({ ...inSecond, state: 'in_review' }),
        'restricted to the first': check({ ...restrictedFirst, state: 'in_review' }),
        draft: check({}),
        verified: check({ state: 'verified' }),
        ...nothing,
      },
      { body: { comment: 'स्रोत जोड़ें' } },
    ),
  ),
  ...rows(
    'POST /api/check-versions/:id/correction',
    `
    verified                           401 401 | 201 403 403 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 201 403 403 403 403 | 403 403 403 | 201 403 403
    restricted to the first            401 401 | 201 403 403 403 403 | 403 403 403 | 404 403 403
    draft                              401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403
    in review                          401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403
    corrected                          401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403
    void                               401 401 | wrong_state 403 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 404 403 403 403 403 | 403 403 403 | 404 403 403`,
    {
      ...written,
      'of the second district': check({ ...inSecond, state: 'verified' }),
      'restricted to the first': check({ ...restrictedFirst, state: 'verified' }),
    },
  ),
  ...rows(
    'POST /api/check-versions/:id/void',
    `
    verified                           401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 403 200 403 403 | 403 403 403 | 403 200 403
    restricted to the first            401 401 | 403 403 200 403 403 | 403 403 403 | 403 404 403
    draft                              401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    in review                          401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    void                               401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 404 403 403 | 403 403 403 | 403 404 403`,
    asking(
      {
        ...written,
        'of the second district': check({ ...inSecond, state: 'verified' }),
        'restricted to the first': check({ ...restrictedFirst, state: 'verified' }),
      },
      { body: { reason: 'स्रोत गलत निकला' } },
    ),
  ),
];
