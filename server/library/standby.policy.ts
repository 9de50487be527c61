import type { Names } from '../contract/common.js';

/** Set while the search server is away and the program's own index answers. */
export type StandbySearch = () => { reason: string } | null;

const searchedByStandby: Names = {
  hi: 'खोज का सर्वर अभी नहीं मिल रहा है, इसलिए कार्यक्रम ने ख़ुद खोजा है। परिणाम पूरे हैं।',
  en: 'The search server is away, so the program has searched by itself. Nothing is missing.',
};

/** What the reader of an answer should know of how it was found; empty while there is nothing to say. */
export function noticeOf(standby: StandbySearch): { notice?: Names } {
  return standby() === null ? {} : { notice: searchedByStandby };
}
