import type { ReceiptMark } from '../../../server/contract/lists.js';
import { useCodes } from '../../i18n/codes.js';

const order = ['handed_over', 'downloaded', 'seen'] as const satisfies readonly ReceiptMark[];

/** One tick, two ticks, two ticks and an arrow: told by shape, and by the word beside it. */
const shapes: Readonly<Record<(typeof order)[number], string>> = {
  seen: 'M3 12.5l4.5 4.5L17 7',
  downloaded: 'M1 12.5l4.5 4.5L15 7M11 16l1 1L22 7',
  handed_over: 'M1 12.5l4 4L13 8M9 15.5l1 1L17 9M17 17h6M20 14l3 3-3 3',
};

/** How far a pack went on this phone. */
export function Ticks({ marks }: { marks: readonly ReceiptMark[] }) {
  const words = useCodes().receiptMark;
  const furthest = order.find((mark) => marks.includes(mark));
  if (!furthest) return null;
  return (
    <span class="ticks">
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path d={shapes[furthest]} />
      </svg>
      {words[furthest]}
    </span>
  );
}
