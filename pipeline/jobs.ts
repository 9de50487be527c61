import type { Lane, MediaKind } from '../server/contract/lists.js';
import type { PayloadOf } from './job.js';
import { cardPreview } from './jobs/card-preview.job.js';
import { creativeInspect } from './jobs/creative-inspect.job.js';
import { mediaPrint } from './jobs/media-print.job.js';
import { renditionRender } from './jobs/rendition-render.job.js';

/** Every kind of job there is. A worker starts only when each has exactly one handler. */
export const jobDefinitions = [creativeInspect, renditionRender, mediaPrint, cardPreview] as const;

export type AnyJob = (typeof jobDefinitions)[number];
export type JobName = AnyJob['name'];
export type JobPayload<Name extends JobName> = PayloadOf<Extract<AnyJob, { name: Name }>>;

/** The lane whose workers are sized for media of this kind. */
export function laneOf(kind: MediaKind): Lane {
  return kind === 'document' ? 'small' : kind;
}

/** A pack waits for this: before the uploads someone looks at (10), and before all else (0). */
export const packWaitsPriority = 100;
