/** Remembers what a pure function of a word gave; when it is full, it forgets what was not asked for since it last was. */
export function memo<T>(make: (word: string) => T, most = 60_000): (word: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();

  function remember(word: string, made: T): void {
    if (young.size * 2 >= most) {
      old = young;
      young = new Map();
    }
    young.set(word, made);
  }

  return (word) => {
    const found = young.get(word);
    if (found !== undefined) return found;
    const older = old.get(word);
    if (older !== undefined) {
      remember(word, older);
      return older;
    }
    const made = make(word);
    remember(standalone(word), made);
    return made;
  };
}

/** The engine keeps a long part of a text as a view of it, and so the whole text in memory: this is a copy. */
export function standalone(word: string): string {
  return word.length > 12 ? Buffer.from(word, 'utf8').toString('utf8') : word;
}
