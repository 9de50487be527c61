import type { ClaimLanguage } from '../../../server/contract/lists.js';

/** Scripts that stand for one language here; Devanagari is read as Hindi until someone says otherwise. */
const scripts: readonly (readonly [RegExp, ClaimLanguage])[] = [
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Gurmukhi}/gu, 'pa'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Kannada}/gu, 'kn'],
  [/\p{Script=Malayalam}/gu, 'ml'],
  [/\p{Script=Oriya}/gu, 'or'],
  [/\p{Script=Arabic}/gu, 'ur'],
];

const english = /\b(the|is|are|was|has|have|of|and|for|with|this|that|will|not|from|by)\b/gi;

/** A first guess for the form from the script, and between English and romanised Hindi from small words. */
export function guessLanguage(text: string): ClaimLanguage | undefined {
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const found = scripts
    .map(([script, language]) => ({ language, count: text.match(script)?.length ?? 0 }))
    .sort((one, other) => other.count - one.count)[0];
  if (found && found.count > latin) return found.language;
  if (latin < 4) return undefined;
  const words = text.split(/\s+/).length;
  return (text.match(english)?.length ?? 0) / words >= 0.12 ? 'en' : 'hi-Latn';
}
