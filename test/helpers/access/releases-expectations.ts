import type { UnitCode } from '../world.js';
import { asking, type Case, type Make, type Row, rows } from './matrix.js';
import type { Objects } from './objects.js';
import type { PackObjects, PackOptions } from './pack-objects.js';
import { absent } from './shared-requests.js';

const inSecond = { unit: 'D2', by: 'desk.d2' } as const;

const released =
  (options: Parameters<PackObjects['release']>[1] = {}): Make =>
  async ({ release }) => ({ params: { id: (await release(['D1'], options)).packVersionId } });

const onRestricted: Make = async (objects) => {
  const fact = await objects.check({ unit: 'D1', restricted: true, state: 'verified' });
  return released({ unit: 'D2', facts: [fact.id] })(objects, 'researcher');
};

const stages = {
  draft: async ({ pack }: Objects) => ({ params: { id: (await pack()).id } }),
  approved: async ({ pack }: Objects) => ({ params: { id: (await pack({ state: 'approved' })).id } }),
  released: released(),
  'of the second district': released(inSecond),
  'on a restricted fact': onRestricted,
  superseded: released({ ended: 'superseded' }),
  recalled: released({ ended: 'recalled' }),
  expired: released({ ended: 'expired' }),
  'there is none': () => ({ params: absent }),
};

/** A pack at a stage and the unit it is to go to, without or with the hash of what was approved. */
function going(to: UnitCode, options: PackOptions, { dry }: { dry: boolean }): Make {
  return async (objects) => {
    const { id } = await objects.pack(options);
    const selector = { kind: 'units', unitIds: [objects.unit(to)] };
    const { hash } = await objects.shownPack(id);
    return { params: { id }, body: dry ? { selector } : { selector, hash } };
  };
}

function onward(ended: 'recalled' | undefined, { dry }: { dry: boolean }): Make {
  return async (objects) => {
    const { packVersionId: id } = await objects.release(['D1'], ended === undefined ? {} : { ended });
    const selector = { kind: 'units', unitIds: [objects.unit('D2')] };
    const { hash } = await objects.shownPack(id);
    return { params: { id }, body: dry ? { selector } : { selector, hash } };
  };
}

function routes(how: { dry: boolean }): Record<string, Case> {
  const approved = { state: 'approved' } as const;
  const nowhere = (objects: Objects) => ({ kind: 'units', unitIds: [objects.unit('D1')] });
  return {
    'approved, to the first': going('D1', approved, how),
    'of the second, to the second': going('D2', { ...inSecond, ...approved }, how),
    'of the second, to the first': going('D1', { ...inSecond, ...approved }, how),
    'of the second, on a restricted fact': async (objects, caller) => {
      const fact = await objects.check({ unit: 'D1', restricted: true, state: 'verified' });
      return going('D2', { unit: 'D2', ...approved, facts: [fact.id] }, how)(objects, caller);
    },
    'released already, to one more': onward(undefined, how),
    recalled: onward('recalled', how),
    draft: going('D1', {}, how),
    'into silence': { make: going('D1', approved, how), silence: 'D1' },
    'there is none': (objects) => ({
      params: absent,
      body: { selector: nowhere(objects), ...(how.dry ? {} : { hash: 'a'.repeat(64) }) },
    }),
  };
}

export const releaseRows: Row[] = [
  //                                   anon dis | res des rev obs adm | d.a d.b a.a | d2  r.d2 a.d2
  ...rows(
    'POST /api/pack-versions/:id/route-preview',
    `
    approved, to the first             401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    of the second, to the second       401 401 | 403 403 200 403 403 | 403 403 403 | 403 200 403
    of the second, to the first        401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    of the second, on a restricted fact  401 401 | 403 403 200 403 403 | 403 403 403 | 403 404 403
    released already, to one more      401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    draft                              401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    into silence                       401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 404 403 403 | 403 403 403 | 403 404 403`,
    routes({ dry: true }),
  ),
  ...rows(
    'POST /api/pack-versions/:id/releases',
    `
    approved, to the first             401 401 | 403 403 201 403 403 | 403 403 403 | 403 403 403
    of the second, to the second       401 401 | 403 403 201 403 403 | 403 403 403 | 403 201 403
    of the second, to the first        401 401 | 403 403 201 403 403 | 403 403 403 | 403 403 403
    of the second, on a restricted fact  401 401 | 403 403 201 403 403 | 403 403 403 | 403 404 403
    released already, to one more      401 401 | 403 403 201 403 403 | 403 403 403 | 403 403 403
    recalled                           401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    draft                              401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    into silence                       401 401 | 403 403 silence_window 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 404 403 403 | 403 403 403 | 403 404 403`,
    routes({ dry: false }),
  ),
  ...rows(
    'POST /api/pack-versions/:id/expiry',
    `
    released                           401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 403 200 403 403 | 403 403 403 | 403 200 403
    on a restricted fact               401 401 | 403 403 200 403 403 | 403 403 403 | 403 404 403
    draft                              401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    recalled                           401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 404 403 403 | 403 403 403 | 403 404 403`,
    stages,
  ),
  ...rows(
    'POST /api/pack-versions/:id/recall',
    `
    released                           401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    of the second district             401 401 | 403 403 200 403 403 | 403 403 403 | 403 200 403
    on a restricted fact               401 401 | 403 403 200 403 403 | 403 403 403 | 403 404 403
    superseded                         401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    draft                              401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    approved                           401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    recalled                           401 401 | 403 403 wrong_state 403 403 | 403 403 403 | 403 403 403
    expired                            401 401 | 403 403 200 403 403 | 403 403 403 | 403 403 403
    there is none                      401 401 | 403 403 404 403 403 | 403 403 403 | 403 404 403`,
    asking(stages, { body: { reason: 'आँकड़ा गलत था' } }),
  ),
  ...rows(
    'GET /api/pack-versions/:id/board',
    `
    draft                              401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    released                           401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    recalled                           401 401 | 200 200 200 200 200 | 403 403 403 | 200 200 200
    on a restricted fact               401 401 | 200 200 200 200 200 | 403 403 403 | 404 404 404
    there is none                      401 401 | 404 404 404 404 404 | 403 403 403 | 404 404 404`,
    stages,
  ),
];
