import { formOf } from '../multipart.js';
import { asking, type Make, type Row, rows } from './matrix.js';
import type { CreativeOptions, RenditionOptions } from './pack-objects.js';
import { absent, jpeg } from './shared-requests.js';

const creative =
  (options: CreativeOptions): Make =>
  async (objects) => ({ params: { id: (await objects.creative(options)).id } });
const rendition =
  (options: RenditionOptions): Make =>
  async (objects) => ({ params: { id: (await objects.rendition(options)).id } });
const nothing = { 'there is none': () => ({ params: absent }) };

const creatives = {
  'by the designer': creative({}),
  'by someone else': creative({ by: 'desk.d2' }),
  'of the second district': creative({ unit: 'D2', by: 'desk.d2' }),
  'of the first district': creative({ unit: 'D1' }),
  'not looked into yet': creative({ inspection: 'queued' }),
  ...nothing,
};
const renditions = {
  ready: rendition({}),
  queued: rendition({ state: 'queued' }),
  failed: rendition({ state: 'failed' }),
  'failed, of the second district': rendition({ unit: 'D2', state: 'failed' }),
  'queued, of the second district': rendition({ unit: 'D2', state: 'queued' }),
  ...nothing,
};

const subtitles = { language: 'hi', name: 'बोल.srt', text: '1\n00:00:01,000 --> 00:00:02,000\nनमस्ते\n' };
const films = {
  'of a video': creative({ kind: 'video' }),
  'of the second district': creative({ unit: 'D2', by: 'desk.d2', kind: 'video' }),
  'of a picture': creative({}),
  ...nothing,
};
/** Reading needs no version; it does no harm there. */
const about = (id: string, language: string) => ({ params: { id, language }, ifMatch: 2 });
/** A film whose designer has given it Hindi subtitles: it is at version 2. */
const subtitledFilm =
  (options: CreativeOptions, language = 'hi'): Make =>
  async (objects) => {
    const { id } = await objects.creative({ ...options, kind: 'video' });
    const desk = await objects.callers.as('designer');
    await desk.call('creatives.addSubtitles', { params: { id }, body: subtitles, ifMatch: 1 });
    return { ...about(id, language), absent: about(absent.id, language) };
  };
const subtitled = {
  'with subtitles': subtitledFilm({}),
  'of the second district': subtitledFilm({ unit: 'D2', by: 'desk.d2' }),
  'in another language': subtitledFilm({}, 'en'),
  'there is none': () => ({ ...about(absent.id, 'hi'), absent: about(absent.id, 'hi') }),
};

const poster = { name: 'poster.jpg', content: jpeg };

export const creativeRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'GET /api/formats',
    'any                               401 401 | 200 200 200 200 200 | 200 200 200 | 200 200 200',
  ),
  ...rows(
    'GET /api/creatives',
    'any                               401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200',
  ),
  ...rows(
    'POST /api/creatives',
    `
    for my own unit                    401 401 | 403 201 403 403 403 | 403 403 403 | 201 403 403
    for the first district             401 401 | 403 201 403 403 403 | 403 403 403 | 403 403 403
    for a unit that is not there       401 401 | 403 400 403 403 403 | 403 403 403 | 400 403 403`,
    {
      'for my own unit': () => ({ form: formOf({ file: poster }) }),
      'for the first district': ({ unit }) => ({
        form: formOf({ fields: { ownerUnitId: unit('D1') }, file: poster }),
      }),
      'for a unit that is not there': () => ({
        form: formOf({ fields: { ownerUnitId: absent.id }, file: poster }),
      }),
    },
  ),
  ...rows(
    'GET /api/creatives/:id',
    `
    by the designer                    401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    of the first district              401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    not looked into yet                401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    creatives,
  ),
  ...rows(
    'PATCH /api/creatives/:id',
    `
    by the designer                    401 401 | 403 200 403 403 403 | 403 403 403 | 403 403 403
    by someone else                    401 401 | 403 200 403 403 403 | 403 403 403 | 403 403 403
    of the first district              401 401 | 403 200 403 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 200 403 403 403 | 403 403 403 | 200 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    asking(creatives, { body: { rights: 'खुला' }, ifMatch: 1 }),
  ),
  ...rows(
    'GET /api/creatives/:id/file',
    `
    by the designer                    401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    of the first district              401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    creatives,
  ),
  ...rows(
    'GET /api/creatives/:id/preview',
    `
    by the designer                    401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    of the first district              401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    not looked into yet                401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    creatives,
  ),
  ...rows(
    'POST /api/creatives/:id/renditions',
    `
    by the designer                    401 401 | 403 201 403 403 403 | 403 403 403 | 403 403 403
    by someone else                    401 401 | 403 201 403 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 201 403 403 403 | 403 403 403 | 201 403 403
    not looked into yet                401 401 | 403 wrong_state 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    asking(creatives, { body: {} }),
  ),
  ...rows(
    'GET /api/creatives/:id/recipes',
    `
    by the designer                    401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    of the first district              401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    creatives,
  ),
  ...rows(
    'POST /api/creatives/:id/subtitles',
    `
    of a video                         401 401 | 403 201 403 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 201 403 403 403 | 403 403 403 | 201 403 403
    of a picture                       401 401 | 403 wrong_state 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    asking(films, { body: subtitles, ifMatch: 1 }),
  ),
  ...rows(
    'GET /api/creatives/:id/subtitles/:language',
    `
    with subtitles                     401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    in another language                401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    subtitled,
  ),
  ...rows(
    'DELETE /api/creatives/:id/subtitles/:language',
    `
    with subtitles                     401 401 | 403 200 403 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 200 403 403 403 | 403 403 403 | 200 403 403
    in another language                401 401 | 403 404 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    subtitled,
  ),
  ...rows(
    'GET /api/renditions/:id/file',
    `
    ready                              401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    queued                             401 401 | 409 409 409 409 409 | 403 403 403 | 409 409 409
    failed                             401 401 | 409 409 409 409 409 | 403 403 403 | 409 409 409
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    renditions,
  ),
  ...rows(
    'POST /api/renditions/:id/retry',
    `
    failed                             401 401 | 403 200 403 403 403 | 403 403 403 | 403 403 403
    failed, of the second district     401 401 | 403 200 403 403 403 | 403 403 403 | 200 403 403
    ready                              401 401 | 403 wrong_state 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    renditions,
  ),
  ...rows(
    'POST /api/renditions/:id/cancel',
    `
    queued                             401 401 | 403 200 403 403 403 | 403 403 403 | 403 403 403
    queued, of the second district     401 401 | 403 200 403 403 403 | 403 403 403 | 200 403 403
    ready                              401 401 | 403 wrong_state 403 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 404 403 403 403 | 403 403 403 | 404 403 403`,
    renditions,
  ),
];
