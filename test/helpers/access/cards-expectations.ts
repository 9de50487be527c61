import type { CheckOptions } from './check-objects.js';
import { asking, type Make, type Row, rows } from './matrix.js';
import { drawnFrame } from './pack-objects.js';
import { absent } from './shared-requests.js';

const first = { unit: 'D1', restricted: true } as const;
const second = { unit: 'D2', restricted: true, by: 'desk.d2' } as const;

const fact =
  (options: CheckOptions): Make =>
  async (objects) => ({ params: { id: (await objects.check({ state: 'verified', ...options })).id } });

const facts = {
  'of all': fact({}),
  'of the first district, open': fact({ unit: 'D1' }),
  'restricted to the first': fact(first),
  'restricted to the second': fact(second),
  'still a draft': fact({ state: 'draft' }),
  'void by now': fact({ state: 'void' }),
  'there is none': () => ({ params: absent }),
};

/** A card that a fact of one district is on, whose own unit is the whole organisation. */
const card =
  (options: CheckOptions, inspection: 'ready' | 'queued' = 'ready'): Make =>
  async (objects) => {
    const { id } = await objects.check({ state: 'verified', ...options });
    return { params: { id: (await objects.creative({ fact: id, unit: 'S', inspection })).id } };
  };
const cards = { 'on a fact of the first': card(first), 'on a fact of the second': card(second) };

/** The small picture of such a card, in a frame it was drawn in or in another. */
const preview =
  (options: CheckOptions, frame = drawnFrame): Make =>
  async (objects, caller) => {
    const { params } = await card(options)(objects, caller);
    return { params: { ...params, frame }, absent: { params: { ...absent, frame } } };
  };

const rendition =
  (options: CheckOptions, state: 'ready' | 'queued' | 'failed'): Make =>
  async (objects) => {
    const { id } = await objects.check({ state: 'verified', ...options });
    return { params: { id: (await objects.rendition({ fact: id, unit: 'D2', state })).id } };
  };

export const cardRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'POST /api/check-versions/:id/cards',
    `
    of all                             401 401 | 403 201 403 403 403 | 403 403 403 | 201 403 403
    of the first district, open        401 401 | 403 201 403 403 403 | 403 403 403 | 201 403 403
    restricted to the first            401 401 | 403 201 403 403 403 | 403 403 403 | 404 403 403
    restricted to the second           401 401 | 403 201 403 403 403 | 403 403 403 | 201 403 403
    still a draft                      401 401 | 403 wrong_state 403 403 403 | 403 403 403 | wrong_state 403 403
    void by now                        401 401 | 403 wrong_state 403 403 403 | 403 403 403 | wrong_state 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    asking(facts, { body: { template: 'plain', language: 'hi' } }),
  ),
  ...rows(
    'GET /api/creatives/:id',
    `
    on a fact of the first             401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    on a fact of the second            401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200`,
    cards,
  ),
  ...rows(
    'PATCH /api/creatives/:id',
    `
    on a fact of the first             401 401 | 403 200 403 403 403 | 403 403 403 | 404 403 403
    on a fact of the second            401 401 | 403 200 403 403 403 | 403 403 403 | 403 403 403`,
    asking(cards, { body: { rights: 'खुला' }, ifMatch: 1 }),
  ),
  ...rows(
    'GET /api/creatives/:id/file',
    `
    on a fact of the first             401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    on a fact of the second            401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200`,
    cards,
  ),
  ...rows(
    'GET /api/creatives/:id/preview',
    `
    on a fact of the first             401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404`,
    cards,
  ),
  ...rows(
    'GET /api/creatives/:id/recipes',
    `
    on a fact of the first             401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404`,
    cards,
  ),
  ...rows(
    'POST /api/creatives/:id/card-previews',
    `
    on a fact of the first             401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    on a fact of the second            401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    of what is no card                 401 401 | wrong_state wrong_state wrong_state wrong_state wrong_state | 403 403 403 | wrong_state wrong_state wrong_state
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    {
      ...cards,
      'of what is no card': async (objects) => ({ params: { id: (await objects.creative({})).id } }),
      'there is none': () => ({ params: absent }),
    },
  ),
  ...rows(
    'GET /api/creatives/:id/card-previews/:frame',
    `
    on a fact of the first             401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    on a fact of the second            401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    not drawn                          401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    {
      'on a fact of the first': preview(first),
      'on a fact of the second': preview(second),
      'not drawn': preview(second, '2x2-0-0-2x2'),
      'there is none': () => {
        const params = { ...absent, frame: drawnFrame };
        return { params, absent: { params } };
      },
    },
  ),
  ...rows(
    'POST /api/creatives/:id/renditions',
    `
    on a fact of the first             401 401 | 403 201 403 403 403 | 403 403 403 | 404 403 403`,
    asking(cards, { body: { formats: ['feed_image_1x1'] } }),
  ),
  ...rows(
    'GET /api/renditions/:id/file',
    `
    of a card of the first             401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404`,
    { 'of a card of the first': rendition(first, 'ready') },
  ),
  ...rows(
    'POST /api/renditions/:id/retry',
    `
    of a card of the first             401 401 | 403 200 403 403 403 | 403 403 403 | 404 403 403`,
    { 'of a card of the first': rendition(first, 'failed') },
  ),
  ...rows(
    'POST /api/renditions/:id/cancel',
    `
    of a card of the first             401 401 | 403 200 403 403 403 | 403 403 403 | 404 403 403`,
    { 'of a card of the first': rendition(first, 'queued') },
  ),
];
