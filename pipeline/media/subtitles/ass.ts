import type { Size } from '../../../server/contract/framing.js';
import type { TextPlace } from '../../../server/contract/overlay-layout.js';
import type { Cue } from '../../../server/contract/subtitles.js';
import { semiBoldFamily } from '../../fonts/bundled-fonts.js';
import { plainText } from '../text/markup.js';

/**
 * libass sizes a font by its height as Windows counts it: (usWinAscent + usWinDescent) / unitsPerEm of the bundled
 * TTF's OS/2 table, where everything else here counts the em square.
 */
export const heightPerEm = 1.906;

/** Dark ground around the words, in parts of their size. */
export const groundPad = 0.3;

function time(ms: number): string {
  const part = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${Math.floor(ms / 3_600_000)}:${part((ms / 60_000) % 60)}:${part((ms / 1000) % 60)}.${part((ms % 1000) / 10)}`;
}

/**
 * A person's words as ASS text: braces would begin commands, and a backslash would turn the next letter into one, but
 * for the invisible joiner that is put between them.
 */
export function assText(text: string): string {
  return plainText(text)
    .replace(/\\/g, '\\\u200c')
    .replace(/[{}]/g, (brace) => `\\${brace}`)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\\N');
}

/** The cues as an ASS file for a frame of this size: white on a dark ground, in the middle of their place's lower edge. */
export function assFile(cues: readonly Cue[], { box, maxSizePx }: TextPlace, target: Size): string {
  const pad = Math.round(maxSizePx * groundPad);
  const sides = [box.x + pad, target.width - box.x - box.width + pad];
  const margins = [...sides, target.height - box.y - box.height + pad];
  const style = [
    ...['Cue', semiBoldFamily, (maxSizePx * heightPerEm).toFixed(2)],
    // White, and a dark ground of which a fifth shows through; alpha counts the other way round in ASS.
    ...['&H00FFFFFF', '&H00FFFFFF', '&H30141414', '&H30141414'],
    // Border style 4: one ground behind all lines, wider than the words by the shadow's depth.
    ...[0, 0, 0, 0, 100, 100, 0, 0, 4, 0, pad, 2, ...margins, 1],
  ];
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${target.width}`,
    `PlayResY: ${target.height}`,
    'WrapStyle: 0',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: None',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, ' +
      'Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, ' +
      'MarginR, MarginV, Encoding',
    `Style: ${style.join(',')}`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...cues.map(
      ({ startMs, endMs, text }) =>
        `Dialogue: 0,${time(startMs)},${time(endMs)},Cue,,0,0,0,,${assText(text)}`,
    ),
    '',
  ].join('\n');
}
