import type { UnitCode } from '../world.js';
import { type Case, type Make, type Row, rows } from './matrix.js';
import type { Objects } from './objects.js';
import type { MadeRelease, PackObjects } from './pack-objects.js';
import { absent } from './shared-requests.js';

type Release = (objects: Objects) => Promise<MadeRelease>;

/** Nothing the inbox does ends a release, so its lines share one of each kind. */
function once(release: Release): Release {
  const made = new WeakMap<Objects, Promise<MadeRelease>>();
  return (objects) => {
    const found = made.get(objects) ?? release(objects);
    made.set(objects, found);
    return found;
  };
}

const to = (units: readonly UnitCode[], options?: Parameters<PackObjects['release']>[1]) =>
  once(({ release }) => release(units, options));
const toBoth = to(['D1', 'D2']);
const unreal = (id: string) => ({ id, packVersionId: id, factId: id, fileId: id, content: Buffer.alloc(0) });

const releases: Record<string, Release> = {
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
  'on a restricted fact': once(async ({ check, release }) => {
    const fact = await check({ unit: 'D1', restricted: true, state: 'verified' });
    return release(['D1'], { facts: [fact.id] });
  }),
  'silence over the first': toBoth,
  'silence over the seat': toBoth,
  'silence over the constituency': toBoth,
  approved: once(async ({ pack }) => unreal((await pack({ state: 'approved' })).id)),
  'a file of another release': once(async ({ release }) => {
    const other = await release(['D1']);
    return { ...(await release(['D1'])), fileId: other.fileId };
  }),
  'there is none': async () => unreal(absent.id),
};
const silences: Readonly<Record<string, UnitCode>> = {
  'silence over the first': 'D1',
  'silence over the seat': 'A11',
  'silence over the constituency': 'L1',
};

/** A release by its own address or that of a file in it; a mark may be made twice, so all callers share it. */
function asked(address: (made: MadeRelease) => Record<string, string>, body?: object): Record<string, Case> {
  return Object.fromEntries(
    Object.entries(releases).map(([what, release]): [string, Case] => {
      const make: Make = async (objects) => ({
        params: address(await release(objects)),
        ...(body && { body }),
      });
      const silence = silences[what];
      return [what, { make, fresh: 'once', ...(silence && { silence }) }];
    }),
  );
}

const whole = ({ id }: MadeRelease) => ({ id });
const files = ({ id, fileId }: MadeRelease) => ({ id, fileId });

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
  ...rows('GET /api/inbox/:id', reads, asked(whole)),
  ...rows('GET /api/inbox/:id/files/:fileId', reads + ofFiles, asked(files)),
  ...rows('GET /api/inbox/:id/previews/:fileId', reads + ofFiles, asked(files)),
  ...rows('POST /api/inbox/:id/receipts', marks, asked(whole, { mark: 'seen' })),
  ...rows(
    'POST /api/inbox/:id/receipts',
    `
    to the first district      401 401 | 403 403 403 403 403 | wrong_state 404 wrong_state | 403 403 403
    recalled                   401 401 | 403 403 403 403 403 | 204 404 204 | 403 403 403`,
    asked(whole, { mark: 'recall_acknowledged' }),
  ),
  ...rows('POST /api/inbox/:id/reach', marks, asked(whole, { people: 120 })),
];
