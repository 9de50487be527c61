import { MediaFailure } from '../media-failure.js';
import { TextOverflow, UndrawableText } from './render-text.js';

/** Longer texts are named by their beginning, cut between letters as a reader sees them. */
function named(text: string): string {
  const letters = [...new Intl.Segmenter('hi').segment(text)].map(({ segment }) => segment);
  return letters.length > 90 ? `${letters.slice(0, 89).join('')}…` : text;
}

/** What kept a text from being drawn, as a failure that names the text; anything else as it is. */
export function textFailure(error: unknown): unknown {
  if (error instanceof TextOverflow) {
    return new MediaFailure('text_does_not_fit', { text: named(error.text) }, error);
  }
  if (error instanceof UndrawableText) {
    const characters = error.characters.slice(0, 8).join(' ');
    const details = { text: named(error.text), ...(characters !== '' && { characters }) };
    return new MediaFailure('text_not_drawable', details, error);
  }
  return error;
}
