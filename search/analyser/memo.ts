/** Remembers what a pure function of a word gave, and forgets everything when it is full. */
export function memo<T>(make: (word: string) => T, most = 40_000): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const made = make(word);
    if (known.size >= most) known.clear();
    known.set(standalone(word), made);
    return made;
  };
}

/** The engine keeps a long part of a text as a view of it, and so the whole text in memory: this is a copy. */
export function standalone(word: string): string {
  return word.length > 12 ? Buffer.from(word, 'utf8').toString('utf8') : word;
}
