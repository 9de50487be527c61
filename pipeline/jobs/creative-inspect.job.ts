import { Type } from 'typebox';
import { defineJob } from '../job.js';

/** Decodes an uploaded file for real: size, duration, streams, preview, or the reason it is unusable. */
export const creativeInspect = defineJob({
  name: 'creative.inspect',
  lanes: ['image', 'audio', 'video', 'small'],
  // Someone has just uploaded and looks at the screen: before the renditions of others.
  priority: 10,
  payload: Type.Object({ creativeId: Type.String({ format: 'uuid' }) }, { additionalProperties: false }),
  maxAttempts: 3,
  timeoutMs: 10 * 60_000,
  dedupeKey: ({ creativeId }) => `creative.inspect:${creativeId}`,
  object: ({ creativeId }) => ({ kind: 'creative', id: creativeId }),
});
