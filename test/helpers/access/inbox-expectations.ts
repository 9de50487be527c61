import type { UnitCode } from '../world.js';
import { asking, type Case, type Make, type Row, rows } from './matrix.js';
import type { MadeRelease, PackObjects } from './pack-objects.js';
import { absent } from './shared-requests.js';

type Options = Parameters<PackObjects['release']>[1];
type Address = (made: MadeRelease) => Record<string, string>;

/** A release to units, by the address of it or of a file in it. */
function releases(address: Address): Record<string, Case> {
  const to =
    (units: readonly UnitCode[], options?: Options): Make =>
    async ({ release }) => ({ params: address(await release(units, options)) });
  const files =
    'fileId' in address({ id: '', packVersionId: '', factId: '', fileId: '', content: Buffer.alloc(0) });
  return {
    'to the first district': to(['D1']),
    'to the second district': to(['D2']),
    'to the seat of assembly.a': to(['A11']),
    'to the other seat of the first': to(['A12']),
    'to the whole': to(['S']),
    'to a linked constituency': to(['L1']),
    'to the seats of both': to(['A11', 'A21']),
    recalled: to(['D1'], { ended: 'recalled' }),
    superseded: to(['D1'], { ended: 'superseded' }),
    expired: to(['D1'], { ended: 'expired' }),
    'on a restricted fact': async ({ check, release }) => {
      const fact = await check({ unit: 'D1', restricted: true, state: 'verified' });
      return { params: address(await release(['D1'], { facts: [fact.id] })) };
    },
    'silence over the first': { make: to(['D1', 'D2']), silence: 'D1' },
    'silence over the seat': { make: to(['D1', 'D2']), silence: 'A11' },
    'silence over the constituency': { make: to(['D1', 'D2']), silence: 'L1' },
    approved: async ({ pack }) => {
      const { id } = await pack({ state: 'approved' });
      return { params: address({ id, packVersionId: id, factId: id, fileId: id, content: Buffer.alloc(0) }) };
    },
    'a file of another release': async ({ release }) => {
      const [mine, other] = [await release(['D1']), await release(['D1'])];
      return { params: address({ ...mine, fileId: other.fileId }) };
    },
    'there is none': () => ({ params: files ? { ...absent, fileId: absent.id } : absent }),
  };
}

const whole = releases(({ id }) => ({ id }));
const files = releases(({ id, fileId }) => ({ id, fileId }));

/** The same cases with a body; a mark may be made twice, so they share one release. */
function telling(body: object): Record<string, Case> {
  return Object.fromEntries(
    Object.entries(whole).map(([what, given]): [string, Case] => {
      const { make, ...options } = typeof given === 'function' ? { make: given } : given;
      const asked = asking({ [what]: make }, { body })[what] ?? make;
      return [what, { ...options, make: asked, fresh: 'once' }];
    }),
  );
}

const reads = `
    to the first district              401 401 | 403 403 403 403 403 | 200 404 200 | 403 403 403
    to the second district             401 401 | 403 403 403 403 403 | 404 200 404 | 403 403 403
    to the seat of assembly.a          401 401 | 403 403 403 403 403 | 404 404 200 | 403 403 403
    to the other seat of the first     401 401 | 403 403 403 403 403 | 404 404 404 | 403 403 403
    to the whole                       401 401 | 403 403 403 403 403 | 200 200 200 | 403 403 403
    to a linked constituency           401 401 | 403 403 403 403 403 | 404 404 404 | 403 403 403
    to the seats of both               401 401 | 403 403 403 403 403 | 404 404 200 | 403 403 403
    recalled                           401 401 | 403 403 403 403 403 | recalled 404 recalled | 403 403 403
    superseded                         401 401 | 403 403 403 403 403 | gone 404 gone | 403 403 403
    expired                            401 401 | 403 403 403 403 403 | gone 404 gone | 403 403 403
    on a restricted fact               401 401 | 403 403 403 403 403 | 200 404 200 | 403 403 403
    silence over the first             401 401 | 403 403 403 403 403 | silence_window 200 silence_window | 403 403 403
    silence over the seat              401 401 | 403 403 403 403 403 | 200 200 silence_window | 403 403 403
    silence over the constituency      401 401 | 403 403 403 403 403 | 200 200 silence_window | 403 403 403
    approved                           401 401 | 403 403 403 403 403 | 404 404 404 | 403 403 403
    there is none                      401 401 | 403 403 403 403 403 | 404 404 404 | 403 403 403`;

const ofFiles = `
    a file of another release          401 401 | 403 403 403 403 403 | 404 404 404 | 403 403 403`;

const marks = `
    to the first district              401 401 | 403 403 403 403 403 | 204 404 204 | 403 403 403
    to the second district             401 401 | 403 403 403 403 403 | 404 204 404 | 403 403 403
    to the seat of assembly.a          401 401 | 403 403 403 403 403 | 404 404 204 | 403 403 403
    to the whole                       401 401 | 403 403 403 403 403 | 204 204 204 | 403 403 403
    recalled                           401 401 | 403 403 403 403 403 | 204 404 204 | 403 403 403
    superseded                         401 401 | 403 403 403 403 403 | 204 404 204 | 403 403 403
    expired                            401 401 | 403 403 403 403 403 | 204 404 204 | 403 403 403
    silence over the first             401 401 | 403 403 403 403 403 | 204 204 204 | 403 403 403
    approved                           401 401 | 403 403 403 403 403 | 404 404 404 | 403 403 403
    there is none                      401 401 | 403 403 403 403 403 | 404 404 404 | 403 403 403`;

export const inboxRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'GET /api/inbox',
    'any                               401 401 | 403 403 403 403 403 | 200 200 200 | 403 403 403',
  ),
  ...rows('GET /api/inbox/:id', reads, whole),
  ...rows('GET /api/inbox/:id/files/:fileId', reads + ofFiles, files),
  ...rows('GET /api/inbox/:id/previews/:fileId', reads + ofFiles, files),
  ...rows('POST /api/inbox/:id/receipts', marks, telling({ mark: 'seen' })),
  ...rows(
    'POST /api/inbox/:id/receipts',
    `
    to the first district      401 401 | 403 403 403 403 403 | wrong_state 404 wrong_state | 403 403 403
    recalled                   401 401 | 403 403 403 403 403 | 204 404 204 | 403 403 403`,
    telling({ mark: 'recall_acknowledged' }),
  ),
  ...rows('POST /api/inbox/:id/reach', marks, telling({ people: 120 })),
];
