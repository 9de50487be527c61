import { type Asked, asking, type Make, type Row, rows } from './matrix.js';
import type { Objects } from './objects.js';
import type { PackObjects, PackOptions, RenditionOptions } from './pack-objects.js';
import { absent } from './shared-requests.js';

const inSecond = { unit: 'D2', by: 'desk.d2' } as const;
const nothing = { 'there is none': () => ({ params: absent }) };

type More = (id: string, objects: Objects) => Promise<Asked> | Asked;

const pack =
  (options: PackOptions, more: More = () => ({})): Make =>
  async (objects) => {
    const { id } = await objects.pack(options);
    return { params: { id }, ...(await more(id, objects)) };
  };

/** A pack of the second district that stands on a fact restricted to the first. */
const hidden =
  (state: NonNullable<PackOptions['state']>, more: More = () => ({})): Make =>
  async (objects) => {
    const fact = await objects.check({ unit: 'D1', restricted: true, state: 'verified' });
    return pack({ unit: 'D2', state, facts: [fact.id] }, more)(objects, 'researcher');
  };

const carrying =
  (options: RenditionOptions, more: More): Make =>
  async (objects) => {
    const { id } = await objects.rendition(options);
    return pack({ state: 'in_review', renditions: [id] }, more)(objects, 'researcher');
  };

const released =
  (options: Parameters<PackObjects['release']>[1] = {}, more: More = () => ({})): Make =>
  async (objects) => {
    const { packVersionId: id } = await objects.release(['D1'], options);
    return { params: { id }, ...(await more(id, objects)) };
  };

const hiddenReleased: Make = async (objects) => {
  const fact = await objects.check({ unit: 'D1', restricted: true, state: 'verified' });
  return released({ unit: 'D2', facts: [fact.id] })(objects, 'researcher');
};

const version: More = async (id, { shownPack }) => ({ ifMatch: (await shownPack(id)).version });
const hash: More = async (id, { shownPack }) => ({ body: { hash: (await shownPack(id)).hash } });
const texts = { body: { texts: { hi: { title: 'नया शीर्षक', sourcesSlip: '' } } } };
const edited: More = async (id, objects) => ({ ...texts, ...(await version(id, objects)) });

const stages = {
  draft: pack({}),
  'draft by someone else': pack({ by: 'reviewer' }),
  'draft of the second district': pack(inSecond),
  'draft on a restricted fact': hidden('draft'),
  'in review': pack({ state: 'in_review' }),
  approved: pack({ state: 'approved' }),
  released: released(),
  'released, of the second district': released(inSecond),
  'released, on a restricted fact': hiddenReleased,
  recalled: released({ ended: 'recalled' }),
  superseded: released({ ended: 'superseded' }),
  expired: released({ ended: 'expired' }),
  ...nothing,
};

const pinning =
  (fact: (objects: Objects) => Promise<string>): Make =>
  async (objects) => ({
    body: { factIds: [await fact(objects)] },
  });

export const packRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'GET /api/packs',
    'any                               401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200',
  ),
  ...rows(
    'POST /api/packs',
    `
    on a fact                          401 401 | 201 201 403 403 403 | 403 403 403 | 201 403 403
    for the first district             401 401 | 201 201 403 403 403 | 403 403 403 | 403 403 403
    on a fact restricted to the first  401 401 | 201 201 403 403 403 | 403 403 403 | 400 403 403
    on a draft                         401 401 | 400 400 403 403 403 | 403 403 403 | 400 403 403
    on no fact there is                401 401 | 400 400 403 403 403 | 403 403 403 | 400 403 403`,
    {
      'on a fact': pinning(async ({ check }) => (await check({ state: 'verified' })).id),
      'for the first district': ({ unit }) => ({ body: { ...texts.body, ownerUnitId: unit('D1') } }),
      'on a fact restricted to the first': pinning(
        async ({ check }) => (await check({ unit: 'D1', restricted: true, state: 'verified' })).id,
      ),
      'on a draft': pinning(async ({ check }) => (await check()).id),
      'on no fact there is': pinning(async () => absent.id),
    },
  ),
  ...rows(
    'GET /api/pack-versions/:id',
    `
    draft                              401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    draft of the second district       401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    draft on a restricted fact         401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    in review                          401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    released                           401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    released, on a restricted fact     401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    recalled                           401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    stages,
  ),
  ...rows(
    'PATCH /api/pack-versions/:id',
    `
    draft                              401 401 | 200 200 403 403 403 | 403 403 403 | 403 403 403
    draft by someone else              401 401 | 200 200 403 403 403 | 403 403 403 | 403 403 403
    draft of the second district       401 401 | 200 200 403 403 403 | 403 403 403 | 200 403 403
    draft on a restricted fact         401 401 | 200 200 403 403 403 | 403 403 403 | 404 403 403
    in review                          401 401 | wrong_state wrong_state 403 403 403 | 403 403 403 | 403 403 403
    released                           401 401 | wrong_state wrong_state 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 404 404 403 403 403 | 403 403 403 | 404 403 403`,
    {
      draft: pack({}, edited),
      'draft by someone else': pack({ by: 'reviewer' }, edited),
      'draft of the second district': pack(inSecond, edited),
      'draft on a restricted fact': hidden('draft', edited),
      'in review': pack({ state: 'in_review' }, edited),
      released: released({}, edited),
      'there is none': () => ({ params: absent, ...texts, ifMatch: 1 }),
    },
  ),
  ...rows(
    'POST /api/pack-versions/:id/submission',
    `
    draft                              401 401 | 200 200 403 403 403 | 403 403 403 | 403 403 403
    draft by someone else              401 401 | 200 200 403 403 403 | 403 403 403 | 403 403 403
    draft of the second district       401 401 | 200 200 403 403 403 | 403 403 403 | 200 403 403
    draft on a restricted fact         401 401 | 200 200 403 403 403 | 403 403 403 | 404 403 403
    in review                          401 401 | wrong_state wrong_state 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 404 404 403 403 403 | 403 403 403 | 404 403 403`,
    {
      draft: pack({}, version),
      'draft by someone else': pack({ by: 'reviewer' }, version),
      'draft of the second district': pack(inSecond, version),
      'draft on a restricted fact': hidden('draft', version),
      'in review': pack({ state: 'in_review' }, version),
      'there is none': () => ({ params: absent, ifMatch: 1 }),
    },
  ),
  ...rows(
    'POST /api/pack-versions/:id/approval',
    `
    in review                          401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 403 200 403 403 | 403 403 403 | 403 200 403
    composed by the reviewer           401 401 | 403 403 own_work 403 403 | 403 403 403 | 403 403 403
    composed by reviewer.d2            401 401 | 403 403 200 403 403 | 403 403 403 | 403 own_work 403
    with a rendition by the reviewer   401 401 | 403 403 own_work 403 403 | 403 403 403 | 403 403 403
    with a file of the reviewer        401 401 | 403 403 own_work 403 403 | 403 403 403 | 403 403 403
    on a restricted fact               401 401 | 403 403 200 403 403 | 403 403 403 | 403 404 403
    draft                              401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    released                           401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 404 403 403 | 403 403 403 | 403 404 403`,
    {
      'in review': pack({ state: 'in_review' }, hash),
      'of the second district': pack({ ...inSecond, state: 'in_review' }, hash),
      'composed by the reviewer': pack({ by: 'reviewer', state: 'in_review' }, hash),
      'composed by reviewer.d2': pack({ by: 'reviewer.d2', unit: 'D2', state: 'in_review' }, hash),
      'with a rendition by the reviewer': carrying({ maker: 'reviewer' }, hash),
      'with a file of the reviewer': carrying({ uploader: 'reviewer' }, hash),
      'on a restricted fact': hidden('in_review', hash),
      draft: pack({}, hash),
      released: released({}, hash),
      'there is none': () => ({ params: absent, body: { hash: 'a'.repeat(64) } }),
    },
  ),
  ...rows(
    'POST /api/pack-versions/:id/return',
    `
    in review                          401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    approved                           401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 403 200 403 403 | 403 403 403 | 403 200 403
    on a restricted fact               401 401 | 403 403 200 403 403 | 403 403 403 | 403 404 403
    draft                              401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    released                           401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 404 403 403 | 403 403 403 | 403 404 403`,
    asking(
      {
        ...stages,
        'of the second district': pack({ ...inSecond, state: 'in_review' }),
        'on a restricted fact': hidden('in_review'),
      },
      { body: { comment: 'शीर्षक सुधारें' } },
    ),
  ),
  ...rows(
    'POST /api/pack-versions/:id/next',
    `
    released                           401 401 | 201 201 403 403 403 | 403 403 403 | 403 403 403
    released, of the second district   401 401 | 201 201 403 403 403 | 403 403 403 | 201 403 403
    released, on a restricted fact     401 401 | 201 201 403 403 403 | 403 403 403 | 404 403 403
    recalled                           401 401 | 201 201 403 403 403 | 403 403 403 | 403 403 403
    expired                            401 401 | 201 201 403 403 403 | 403 403 403 | 403 403 403
    superseded                         401 401 | wrong_state wrong_state 403 403 403 | 403 403 403 | 403 403 403
    draft                              401 401 | wrong_state wrong_state 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 404 404 403 403 403 | 403 403 403 | 404 403 403`,
    asking(stages, { body: { changeKind: 'update', changeNote: 'नया वीडियो' } }),
  ),
];
