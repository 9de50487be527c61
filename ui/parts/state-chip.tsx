import type {
  CheckState,
  ClaimState,
  InspectionState,
  JobState,
  PackState,
  RenditionState,
} from '../../server/contract/lists.js';
import type { Codes } from '../i18n/code-labels.js';
import { useCodes } from '../i18n/codes.js';

type Tone = 'open' | 'moving' | 'done' | 'stopped' | 'alert';

const tones = {
  claimState: {
    new: 'open',
    triaged: 'open',
    checking: 'moving',
    answered: 'done',
    not_checkable: 'stopped',
    no_answer_needed: 'stopped',
  },
  checkState: { draft: 'open', in_review: 'moving', verified: 'done', corrected: 'stopped', void: 'alert' },
  packState: {
    draft: 'open',
    in_review: 'moving',
    approved: 'moving',
    released: 'done',
    superseded: 'stopped',
    recalled: 'alert',
    expired: 'stopped',
  },
  renditionState: { queued: 'open', processing: 'moving', ready: 'done', failed: 'alert' },
  inspectionState: { queued: 'open', processing: 'moving', ready: 'done', failed: 'alert' },
  jobState: { queued: 'open', running: 'moving', done: 'done', failed: 'alert', cancelled: 'stopped' },
} as const satisfies { [K in keyof Codes]?: Readonly<Record<keyof Codes[K], Tone>> };

export type StateChipProps =
  | { kind: 'claimState'; code: ClaimState }
  | { kind: 'checkState'; code: CheckState }
  | { kind: 'packState'; code: PackState }
  | { kind: 'renditionState'; code: RenditionState }
  | { kind: 'inspectionState'; code: InspectionState }
  | { kind: 'jobState'; code: JobState };

/** Where something stands in its life: an empty, half or full ring beside the word; a full block when it needs someone. */
export function StateChip({ kind, code }: StateChipProps) {
  const labels: Readonly<Record<string, string>> = useCodes()[kind];
  const toneOf: Readonly<Record<string, Tone>> = tones[kind];
  return <span class={`chip chip-${toneOf[code] ?? 'open'}`}>{labels[code]}</span>;
}
