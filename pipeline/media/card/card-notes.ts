import type { CardDocument } from '../../../server/contract/card.js';
import { MediaFailure } from '../media-failure.js';
import type { CardSpaces } from './card-layout.js';
import type { CardLook } from './card-look.js';
import type { Sheet } from './card-sheet.js';
import { type FittedText, writeText } from './card-texts.js';

interface Note {
  part: 'asOf' | 'sources' | 'photoCredit' | 'issuedBy';
  text: string;
  weight: 400 | 600;
  color: string;
}

/** What is noted, column by column. */
function notesOf({ texts }: CardDocument, look: CardLook, { arrangement }: CardSpaces): Note[][] {
  const sources: Note = { part: 'sources', text: texts.sources, weight: 400, color: look.soft };
  const issuer: Note = { part: 'issuedBy', text: texts.issuedBy, weight: 600, color: look.ink };
  if (arrangement === 'emblem') return [[sources], [issuer]];
  const credit: Note[] =
    texts.photoCredit === null
      ? []
      : [{ part: 'photoCredit', text: texts.photoCredit, weight: 400, color: look.faint }];
  return [[{ part: 'asOf', text: texts.asOf, weight: 400, color: look.faint }, sources, ...credit, issuer]];
}

/** All notes in one size, the largest in which they have room together. */
async function writeNotes(
  columns: readonly (readonly Note[])[],
  spaces: CardSpaces,
  between: number,
): Promise<FittedText[][]> {
  const { min, max } = spaces.sizes.note;
  const step = Math.max(1, (max - min) / 4);
  let tooLarge: unknown = null;
  for (let size = max; size >= min; size -= step) {
    const range = { min: Math.floor(size), max: Math.floor(size) };
    try {
      const written: FittedText[][] = [];
      for (const [index, notes] of columns.entries()) {
        const { width = 1, height = 1 } = spaces.notes[index] ?? {};
        const column: FittedText[] = [];
        let left = height;
        for (const { text, weight, color } of notes) {
          const align = hugsCode(spaces, index) ? 'right' : 'left';
          const one = await writeText({
            text,
            weight,
            color,
            range,
            align,
            maxWidth: width,
            maxHeight: left,
          });
          column.push(one);
          left = Math.max(1, left - one.height - between);
        }
        written.push(column);
      }
      return written;
    } catch (error) {
      if (!(error instanceof MediaFailure) || error.code !== 'text_does_not_fit') throw error;
      tooLarge = error;
    }
  }
  throw tooLarge;
}

/** Whether a column stands left of the code, and so ends at it. */
function hugsCode({ arrangement }: CardSpaces, column: number): boolean {
  return arrangement === 'emblem' && column === 0;
}

/** Date, sources and whose picture it is from the top of their space, the issuer at its foot; beside a code both in the middle. */
export async function layNotes(
  sheet: Sheet,
  { document, spaces, look }: { document: CardDocument; spaces: CardSpaces; look: CardLook },
): Promise<void> {
  const { unit, arrangement } = spaces;
  const between = unit * 1.7;
  const columns = notesOf(document, look, spaces);
  const written = await writeNotes(columns, spaces, between);
  for (const [index, notes] of columns.entries()) {
    const space = spaces.notes[index];
    if (!space) continue;
    let top = space.y;
    for (const [row, { part }] of notes.entries()) {
      const text = written[index]?.[row];
      if (!text) continue;
      const { width, height } = text;
      const x = hugsCode(spaces, index) ? space.x + space.width - width : space.x;
      const low = space.y + space.height - height;
      const foot = part === 'issuedBy' ? low : top;
      const y = arrangement === 'emblem' ? (space.y + low) / 2 : foot;
      sheet.lay(part, text.png, { x, y, width, height });
      top += height + between;
    }
  }
}
