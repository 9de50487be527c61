import { overlayLineHeight, type TextPlace } from '../../../server/contract/overlay-layout.js';
import { type Cue, parseSubtitles, SubtitlesError } from '../../../server/contract/subtitles.js';
import { missingCharacters } from '../../fonts/font-coverage.js';
import { MediaFailure } from '../media-failure.js';
import { plainText } from '../text/markup.js';
import { renderText, UndrawableText } from '../text/render-text.js';
import { textFailure } from '../text/text-failure.js';
import { groundPad, heightPerEm } from './ass.js';

/** More than two lines at once cover the picture and are not read in time. */
const mostLines = 2;
/** No letter of the bundled font is wider, in parts of its size: shorter cues need not be measured. */
const widestLetter = 1.3;

/** One cue after the other: what is said at the same time is shown together, an early end makes room for the next. */
export function inTurn(cues: readonly Cue[]): Cue[] {
  const turns: Cue[] = [];
  for (const cue of [...cues].sort((a, b) => a.startMs - b.startMs)) {
    const last = turns.at(-1);
    if (last && last.startMs === cue.startMs) {
      turns[turns.length - 1] = {
        startMs: cue.startMs,
        endMs: Math.max(last.endMs, cue.endMs),
        text: `${last.text}\n${cue.text}`,
      };
      continue;
    }
    if (last && last.endMs > cue.startMs) turns[turns.length - 1] = { ...last, endMs: cue.startMs };
    turns.push(cue);
  }
  return turns;
}

async function demandFits({ text }: Cue, { box, maxSizePx }: TextPlace): Promise<void> {
  const maxWidth = box.width - maxSizePx * groundPad * 2;
  const lines = plainText(text).split('\n');
  const surely =
    lines.length <= mostLines && lines.every((line) => line.length * widestLetter * maxSizePx <= maxWidth);
  if (surely) return;
  await renderText({
    text,
    weight: 600,
    sizePx: maxSizePx,
    color: '#ffffff',
    // libass breaks lines by its own sums: a hair less than it has.
    maxWidth: maxWidth * 0.98,
    maxHeight: maxSizePx * ((mostLines - 1) * heightPerEm + overlayLineHeight),
    align: 'center',
    lineHeight: heightPerEm,
  });
}

/**
 * Reads an SRT or VTT file for a frame: in turn, cut at the video's end, each cue in two lines at most. Throws
 * MediaFailure: `subtitles_not_readable`, or one that names the cue that does not fit or cannot be drawn.
 */
export async function prepareCues(
  file: string,
  { place, durationMs }: { place: TextPlace; durationMs: number },
): Promise<Cue[]> {
  let cues: Cue[];
  try {
    cues = inTurn(parseSubtitles(file)).filter(({ startMs }) => startMs < durationMs);
  } catch (error) {
    if (!(error instanceof SubtitlesError)) throw error;
    throw new MediaFailure('subtitles_not_readable', { line: error.line }, error);
  }
  try {
    const all = cues.map(({ text }) => plainText(text)).join('\n');
    const missing = missingCharacters(all);
    const first = cues.find(({ text }) => missing.some((sign) => text.includes(sign)));
    if (first) throw new UndrawableText(first.text, missing);
    for (const cue of cues) await demandFits(cue, place);
  } catch (error) {
    throw textFailure(error);
  }
  return cues;
}
