import { Type } from 'typebox';
import { defineJob } from '../job.js';

/** Makes the fingerprints by which other copies of a file are found. */
export const mediaPrint = defineJob({
  name: 'media.print',
  lanes: ['image', 'audio', 'video'],
  // Nobody waits for it, unless someone searches with the file: after what people asked for.
  priority: -10,
  payload: Type.Object({ printId: Type.String({ format: 'uuid' }) }, { additionalProperties: false }),
  maxAttempts: 3,
  timeoutMs: 5 * 60_000,
  dedupeKey: ({ printId }) => `media.print:${printId}`,
  object: ({ printId }) => ({ kind: 'print', id: printId }),
});
