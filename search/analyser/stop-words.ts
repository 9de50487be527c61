/**
 * Words too common to tell one claim from another, in folded form: Hindi, romanised Hindi, English.
 * Negations stay out: they turn a claim round.
 */
export const stopWords: ReadonlySet<string> = new Set([
  ...'का की के को से में मे पर ने है हैं था थी थे हो और या तो ही भी यह वह ये वे इस उस एक जो कि कर लिए'.split(' '),
  ...'ka ki ke ko se mein me par ne hai hain tha thi the ho aur ya to hi bhi yah yeh wah woh is us ek jo kar'.split(
    ' ',
  ),
  ...'liye a an and are as at be been by for from has have in it its of on or that this was were will with'.split(
    ' ',
  ),
]);

/** The words worth comparing; when a text has only common words, those. */
export function contentWords<T extends { word: string }>(tokens: T[]): T[] {
  const content = tokens.filter(({ word }) => !stopWords.has(word));
  return content.length > 0 ? content : tokens;
}
