import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { defineJob } from '../job.js';

/** Makes renditions of one creative in one run, so that its file is decoded once. */
export const renditionRender = defineJob({
  name: 'rendition.render',
  lanes: ['image', 'audio', 'video', 'small'],
  priority: 0,
  payload: Type.Object(
    {
      creativeId: Type.String({ format: 'uuid' }),
      renditionIds: Type.Array(Type.String({ format: 'uuid' }), {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
      }),
    },
    { additionalProperties: false },
  ),
  maxAttempts: 3,
  // Above the media code's own budget per file, which ends a run earlier and says more exactly why.
  timeoutMs: 4 * 3_600_000,
  dedupeKey: ({ creativeId, renditionIds }) =>
    `rendition.render:${creativeId}:${createHash('sha256')
      .update([...renditionIds].sort().join())
      .digest('hex')}`,
  object: ({ creativeId }) => ({ kind: 'creative', id: creativeId }),
});
