export interface DiffPiece {
  kind: 'same' | 'added' | 'deleted';
  text: string;
}

/** Beyond this many pairs of words a table would be too large for a phone; then all is shown as replaced. */
const mostPairs = 4_000_000;

const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];

/** Lengths of the longest common subsequence of every pair of endings. */
function tableOf(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = table[i];
    const below = table[i + 1];
    if (!row || !below) continue;
    for (let j = after.length - 1; j >= 0; j -= 1) {
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

/** What was taken out of and put into a text, word by word, by their longest common subsequence. */
export function wordDiff(before: string, after: string): DiffPiece[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const pieces: DiffPiece[] = [];
  const push = (kind: DiffPiece['kind'], text: string | undefined) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text ?? '';
    else if (text) pieces.push({ kind, text });
  };
  if (old.length * fresh.length > mostPairs) {
    push('deleted', before);
    push('added', after);
    return pieces;
  }
  const table = tableOf(old, fresh);
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && old[i] === fresh[j]) {
      push('same', old[i]);
      i += 1;
      j += 1;
    } else if (
      j >= fresh.length ||
      (i < old.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))
    ) {
      push('deleted', old[i]);
      i += 1;
    } else {
      push('added', fresh[j]);
      j += 1;
    }
  }
  return pieces;
}
