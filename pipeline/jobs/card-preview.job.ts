import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { CardFrame, frameName } from '../../server/contract/card-frame.js';
import { defineJob } from '../job.js';

/** Draws a card small in the frames of its formats, so that it is seen before anything is made. */
export const cardPreview = defineJob({
  name: 'card.preview',
  lanes: ['image'],
  // Someone looks at the screen, as after an upload.
  priority: 10,
  payload: Type.Object(
    {
      creativeId: Type.String({ format: 'uuid' }),
      frames: Type.Array(CardFrame, { minItems: 1, maxItems: 100 }),
    },
    { additionalProperties: false },
  ),
  maxAttempts: 3,
  timeoutMs: 10 * 60_000,
  dedupeKey: ({ creativeId, frames }) =>
    `card.preview:${creativeId}:${createHash('sha256').update(frames.map(frameName).sort().join()).digest('hex')}`,
  object: ({ creativeId }) => ({ kind: 'creative', id: creativeId }),
});
