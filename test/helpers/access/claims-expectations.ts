import { formOf } from '../multipart.js';
import type { ClaimOptions } from './check-objects.js';
import { asking, type Make, type Row, rows } from './matrix.js';
import { absent, jpeg } from './shared-requests.js';

const inSecond = { unit: 'D2' } as const;
const restrictedFirst = { unit: 'D1', restricted: true } as const;
const byA = { by: 'district.a', unit: 'D1' } as const;

const claim =
  (options: ClaimOptions): Make =>
  async (objects) => ({ params: { id: (await objects.claim(options)).id } });

const claims = {
  open: claim({}),
  'of the second district': claim(inSecond),
  'reported by district.a': claim(byA),
  'restricted to the first district': claim(restrictedFirst),
  'restricted, by district.b': claim({ by: 'district.b', unit: 'D2', restricted: true }),
  'restricted to the first, by desk.d2': claim({ ...restrictedFirst, by: 'desk.d2' }),
  'there is none': () => ({ params: absent }),
};

const media =
  (options: ClaimOptions): Make =>
  async ({ claim: make, claimMedia }) => {
    const { id } = await make(options);
    return { params: { id: await claimMedia(id, options.by ?? 'researcher') } };
  };

/** A claim and the cluster it is to join. */
const joining =
  (options: ClaimOptions, target: ClaimOptions): Make =>
  async ({ claim: make }) => {
    const { id } = await make(options);
    const { clusterId } = await make(target);
    const nowhere = { params: { id }, body: { clusterId: absent.id } };
    return { params: { id }, body: { clusterId }, absent: nowhere };
  };

const said = { text: 'पुल टूट गया', language: 'hi' };

/** A new claim and the cluster it is logged into. */
const loggingInto =
  (target: ClaimOptions): Make =>
  async ({ claim: make }) => {
    const { clusterId } = await make(target);
    return {
      body: { ...said, join: { clusterId } },
      absent: { body: { ...said, join: { clusterId: absent.id } } },
    };
  };

/** A claim that joined another's cluster. */
const joined =
  (options: ClaimOptions): Make =>
  async ({ claim: make }) => {
    const { clusterId } = await make();
    return { params: { id: (await make({ ...options, cluster: clusterId })).id } };
  };

const attached = formOf({ file: { name: 'seen.jpg', content: jpeg } });

export const claimRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'GET /api/claims',
    'any                               401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200',
  ),
  ...rows(
    'POST /api/claims',
    `
    for my own unit                    401 401 | 201 201 201 403 403 | 201 201 201 | 201 201 403
    for the first district             401 401 | 201 201 201 403 403 | 201 403 403 | 403 403 403
    for a unit that is not there       401 401 | 400 400 400 403 403 | 400 400 400 | 400 400 403
    on a topic that is not there       401 401 | 400 400 400 403 403 | 400 400 400 | 400 400 403
    joined to what is there            401 401 | 201 403 201 403 403 | 403 403 403 | 201 201 403
    joined to what is restricted       401 401 | 201 403 201 403 403 | 403 403 403 | 404 404 403`,
    {
      'on a topic that is not there': () => ({ body: { ...said, topic: 'nothing' } }),
      'joined to what is there': loggingInto({}),
      'joined to what is restricted': loggingInto(restrictedFirst),
      'for my own unit': () => ({ body: said }),
      'for the first district': ({ unit }) => ({ body: { ...said, ownerUnitId: unit('D1') } }),
      'for a unit that is not there': () => ({ body: { ...said, ownerUnitId: absent.id } }),
    },
  ),
  ...['GET /api/claims/:id', 'GET /api/claims/:id/cluster'].flatMap((endpoint) =>
    rows(
      endpoint,
      `
      open                               401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
      reported by district.a             401 401 | 200 200 200 200 200 | 200 404 404 | 200 200 200
      restricted to the first district   401 401 | 200 200 200 200 200 | 404 404 404 | 404 404 404
      restricted, by district.b          401 401 | 200 200 200 200 200 | 404 200 404 | 200 200 200
      restricted to the first, by desk.d2  401 401 | 200 200 200 200 200 | 404 404 404 | 200 404 404
      there is none                      401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404`,
      claims,
    ),
  ),
  ...rows(
    'POST /api/claims/:id/state',
    `
    open                               401 401 | 200 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 200 403 200 403 403 | 403 403 403 | 200 200 403
    reported by district.a             401 401 | 200 403 200 403 403 | 403 403 403 | 403 403 403
    restricted to the first district   401 401 | 200 403 200 403 403 | 403 403 403 | 404 404 403
    there is none                      401 401 | 404 403 404 403 403 | 403 403 403 | 404 404 403`,
    asking(claims, { body: { state: 'triaged' }, ifMatch: 1 }),
  ),
  ...rows(
    'POST /api/claims/:id/state',
    `
    of the second district  401 401 | wrong_state 403 wrong_state 403 403 | 403 403 403 | wrong_state wrong_state 403`,
    // Answered without a fact.
    asking(claims, { body: { state: 'answered' }, ifMatch: 1 }),
  ),
  ...rows(
    'POST /api/claims/:id/lease',
    `
    open                               401 401 | 200 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 200 403 200 403 403 | 403 403 403 | 200 200 403
    restricted to the first district   401 401 | 200 403 200 403 403 | 403 403 403 | 404 404 403
    taken by the researcher            401 401 | 200 403 conflict 403 403 | 403 403 403 | conflict conflict 403
    there is none                      401 401 | 404 403 404 403 403 | 403 403 403 | 404 404 403`,
    {
      ...asking(claims, { body: { take: true } }),
      'taken by the researcher': {
        make: async (objects) => ({
          params: { id: (await objects.claim(inSecond)).id },
          body: { take: true },
        }),
        fresh: 'once',
        inTurn: true,
      },
    },
  ),
  ...rows(
    'POST /api/claims/:id/appearances',
    `
    open                               401 401 | 201 201 201 403 403 | 404 404 404 | 201 201 403
    reported by district.a             401 401 | 201 201 201 403 403 | 201 404 404 | 201 201 403
    restricted to the first district   401 401 | 201 201 201 403 403 | 404 404 404 | 404 404 403
    there is none                      401 401 | 404 404 404 403 403 | 404 404 404 | 404 404 403`,
    asking(claims, { body: { channel: 'tv', seenAt: '2026-01-05T10:00:00Z' } }),
  ),
  ...rows(
    'POST /api/claims/:id/media',
    `
    open                               401 401 | 201 201 201 403 403 | 404 404 404 | 201 201 403
    reported by district.a             401 401 | 201 201 201 403 403 | 201 404 404 | 201 201 403
    restricted to the first district   401 401 | 201 201 201 403 403 | 404 404 404 | 404 404 403
    there is none                      401 401 | 404 404 404 403 403 | 404 404 404 | 404 404 403`,
    asking(claims, { form: attached }),
  ),
  ...rows(
    'GET /api/claim-media/:id/file',
    `
    of an open claim                   401 401 | 200 200 200 200 200 | 404 404 404 | 200 200 200
    of a claim by district.a           401 401 | 200 200 200 200 200 | 200 404 404 | 200 200 200
    of one restricted to the first     401 401 | 200 200 200 200 200 | 404 404 404 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404`,
    {
      'of an open claim': media({}),
      'of a claim by district.a': media(byA),
      'of one restricted to the first': media(restrictedFirst),
      'there is none': () => ({ params: absent }),
    },
  ),
  ...rows(
    'POST /api/claims/:id/cluster',
    `
    open, to an open one               401 401 | 200 403 200 403 403 | 403 403 403 | 403 403 403
    of the second, to an open one      401 401 | 200 403 200 403 403 | 403 403 403 | 200 200 403
    of the second, to one restricted to the first  401 401 | 200 403 200 403 403 | 403 403 403 | 404 404 403
    restricted to the first            401 401 | 200 403 200 403 403 | 403 403 403 | 404 404 403
    a check stands on it               401 401 | conflict 403 conflict 403 403 | 403 403 403 | conflict conflict 403
    there is none                      401 401 | 404 403 404 403 403 | 403 403 403 | 404 404 403`,
    {
      'open, to an open one': joining({}, {}),
      'of the second, to an open one': joining(inSecond, {}),
      'of the second, to one restricted to the first': joining(inSecond, restrictedFirst),
      'restricted to the first': joining(restrictedFirst, {}),
      'a check stands on it': async ({ check, claim: make }) => ({
        params: { id: (await check(inSecond)).claimId },
        body: { clusterId: (await make()).clusterId },
      }),
      'there is none': async ({ claim: make }) => ({
        params: absent,
        body: { clusterId: (await make()).clusterId },
      }),
    },
  ),
  ...rows(
    'DELETE /api/claims/:id/cluster',
    `
    open                               401 401 | 200 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 200 403 200 403 403 | 403 403 403 | 200 200 403
    restricted to the first            401 401 | 200 403 200 403 403 | 403 403 403 | 404 404 403
    there is none                      401 401 | 404 403 404 403 403 | 403 403 403 | 404 404 403`,
    {
      open: joined({}),
      'of the second district': joined(inSecond),
      'restricted to the first': joined(restrictedFirst),
      'there is none': () => ({ params: absent }),
    },
  ),
  ...rows(
    'POST /api/claims/:id/topic',
    `
    open                               401 401 | 200 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 200 403 200 403 403 | 403 403 403 | 200 200 403
    reported by district.a             401 401 | 200 403 200 403 403 | 403 403 403 | 403 403 403
    restricted to the first district   401 401 | 200 403 200 403 403 | 403 403 403 | 404 404 403
    there is none                      401 401 | 404 403 404 403 403 | 403 403 403 | 404 404 403`,
    asking(claims, { body: { topic: 'health' } }),
  ),
  ...rows(
    'POST /api/claims/:id/topic',
    'of the second district  401 401 | 400 403 400 403 403 | 403 403 403 | 400 400 403',
    asking(claims, { body: { topic: 'nothing' } }),
  ),
  ...rows(
    'POST /api/claims/:id/answer-seen',
    `
    open                               401 401 | 200 403 403 403 403 | 404 404 404 | 403 403 403
    reported by district.a             401 401 | 403 403 403 403 403 | 200 404 404 | 403 403 403
    restricted, by district.b          401 401 | 403 403 403 403 403 | 404 200 404 | 403 403 403
    there is none                      401 401 | 404 404 404 404 404 | 404 404 404 | 404 404 404`,
    claims,
  ),
  ...rows(
    'POST /api/claim-matches',
    'any                               401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200',
    { any: () => ({ body: { text: 'पुल टूट गया' } }) },
  ),
];
