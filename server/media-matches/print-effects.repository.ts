import type { JobEffectsByName } from '../jobs/jobs.policy.js';
import { announceClaimsOfPrint } from './announce-claims.repository.js';
import { failPrint, requeuePrint } from './media-prints.repository.js';

/** What becomes of a print when its job waits again or ends without one: the claim it came with is not touched. */
export function createPrintEffects(): Pick<JobEffectsByName, 'media.print'> {
  return {
    'media.print': {
      waits: (tx, { objectId }) => requeuePrint(tx, objectId),
      async failed(tx, { objectId }, failure) {
        await failPrint(tx, objectId, failure);
        await announceClaimsOfPrint(tx, objectId);
      },
    },
  };
}
