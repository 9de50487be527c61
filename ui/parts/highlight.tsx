/** Vowel signs, nukta and joiners differ between spellings of one word; matching looks past them. */
function plain(word: string): string {
  return word
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u093c\u200c\u200d]/g, '')
    .replace(/\u0901/g, '\u0902');
}

/** Shorter words are only marked when they are the whole word. */
const stemLength = 3;

export interface Piece {
  text: string;
  marked: boolean;
}

/** Cuts a text into marked and unmarked pieces; whole words are marked, in the script they are written in. */
export function markWords(text: string, words: readonly string[]): Piece[] {
  const wanted = words.map(plain).filter((word) => word !== '');
  const pieces: Piece[] = [];
  const push = (piece: string, marked: boolean) => {
    const last = pieces.at(-1);
    if (last && last.marked === marked) last.text += piece;
    else if (piece !== '') pieces.push({ text: piece, marked });
  };
  let at = 0;
  for (const found of text.matchAll(/[\p{L}\p{M}\p{N}\u200c\u200d]+/gu)) {
    const word = plain(found[0]);
    const marked = wanted.some(
      (want) => word === want || (want.length >= stemLength && word.startsWith(want)),
    );
    push(text.slice(at, found.index), false);
    push(found[0], marked);
    at = found.index + found[0].length;
  }
  push(text.slice(at), false);
  return pieces;
}

/** So much of a text is read at a glance in a list, and so much stands before the marked word of a cut one. */
const glance = 80;
const before = 30;

/** A text from a little before its first marked word, if that stands far within it; null where none is marked. */
export function fromMark(text: string, words: readonly string[]): string | null {
  const pieces = markWords(text, words);
  const first = pieces.findIndex(({ marked }) => marked);
  if (first < 0) return null;
  const at = pieces.slice(0, first).reduce((sum, piece) => sum + piece.text.length, 0);
  if (at < glance) return text;
  const space = text.indexOf(' ', at - before);
  return `… ${text.slice(space < 0 || space >= at ? at : space + 1)}`;
}

/** Shows why something was found. */
export function Highlight({ text, words }: { text: string; words: readonly string[] }) {
  return (
    <>
      {markWords(text, words).map((piece, index) =>
        piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text,
      )}
    </>
  );
}
