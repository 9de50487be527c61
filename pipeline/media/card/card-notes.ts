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

function notesOf({ texts }: CardDocument, look: CardLook, withSources: boolean): Note[] {
  const issuer: Note = { part: 'issuedBy', text: texts.issuedBy, weight: 600, color: look.ink };
  if (!withSources) return [issuer];
  return [
    { part: 'asOf', text: texts.asOf, weight: 400, color: look.faint },
    { part: 'sources', text: texts.sources, weight: 400, color: look.soft },
    ...(texts.photoCredit === null
      ? []
      : [{ part: 'photoCredit' as const, text: texts.photoCredit, weight: 400 as const, color: look.faint }]),
    issuer,
  ];
}

/** All notes in one size, the largest in which they have room together. */
async function writeNotes(
  notes: readonly Note[],
  spaces: CardSpaces,
  between: number,
): Promise<FittedText[]> {
  const { min, max } = spaces.sizes.note;
  const { width, height } = spaces.notes;
  const align = spaces.arrangement === 'emblem' ? ('center' as const) : ('left' as const);
  const step = Math.max(1, (max - min) / 4);
  let tooLarge: unknown = null;
  for (let size = max; size >= min; size -= step) {
    const range = { min: Math.floor(size), max: Math.floor(size) };
    try {
      const written: FittedText[] = [];
      let left = height;
      for (const { text, weight, color } of notes) {
        const one = await writeText({ text, weight, color, range, align, maxWidth: width, maxHeight: left });
        written.push(one);
        left = Math.max(1, left - one.height - between);
      }
      return written;
    } catch (error) {
      if (!(error instanceof MediaFailure) || error.code !== 'text_does_not_fit') throw error;
      tooLarge = error;
    }
  }
  throw tooLarge;
}

/** Date, sources and whose picture it is from the top of their space, the issuer at its foot. */
export async function layNotes(
  sheet: Sheet,
  { document, spaces, look }: { document: CardDocument; spaces: CardSpaces; look: CardLook },
): Promise<void> {
  const { notes: space, unit, arrangement } = spaces;
  const middle = arrangement === 'emblem';
  const between = unit * 1.7;
  const notes = notesOf(document, look, !middle);
  const written = await writeNotes(notes, spaces, between);
  let top = space.y;
  for (const [index, { part }] of notes.entries()) {
    const text = written[index];
    if (!text) continue;
    const { width, height } = text;
    const x = middle ? space.x + (space.width - width) / 2 : space.x;
    const y = part === 'issuedBy' ? space.y + space.height - height : top;
    sheet.lay(part, text.png, { x, y, width, height });
    top += height + between;
  }
}
