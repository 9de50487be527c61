import type { Codes } from './code-labels.js';
import { useLanguage } from './language.js';

/** The labels of every closed list in the language on screen. */
export function useCodes(): Codes {
  return useLanguage().codes;
}
