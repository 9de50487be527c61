import type { FactDetail } from '../../../server/contract/library.js';
import { useCodes } from '../../i18n/codes.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { texts } from './texts.js';
import { factAddress, plainText } from './words.js';

/** Makes a fact a message in the language on screen. */
export function useFactText(): (fact: FactDetail) => string {
  const t = useText(texts);
  const codes = useCodes();
  const { language, format } = useLanguage();
  return (fact) => plainText(fact, { t, codes, format, language, address: factAddress(fact.id) });
}
