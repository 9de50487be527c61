/** The longest claim a card quotes; a longer one is cut at a word, or reworded by the designer. */
export const longestClaim = 200;
