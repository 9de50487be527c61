import type { Standby } from '../../search/search-index.js';
import type { Names } from '../contract/common.js';

const searchedByStandby: Names = {
  hi: 'खोज का सर्वर अभी नहीं मिल रहा है, इसलिए कार्यक्रम ने ख़ुद खोजा है। परिणाम पूरे हैं।',
  en: 'The search server is away, so the program has searched by itself. Nothing is missing.',
};

/** What the reader of an answer should know of how it was found; empty while there is nothing to say. */
export function noticeOf(standby: Standby): { notice?: Names } {
  return standby === null ? {} : { notice: searchedByStandby };
}
