/** A word as it stands in the text, and the folded form in which spellings of it meet. */
export interface Token {
  original: string;
  word: string;
}
