/** A line of subtitles and when it is seen, milliseconds from the beginning. */
export interface Cue {
  startMs: number;
  endMs: number;
  /** Plain words, lines parted by \n; mark-up is taken out. */
  text: string;
}

/** Why a text is not subtitles: of which line, counted from 1. */
export class SubtitlesError extends Error {
  readonly reason: 'no_cues' | 'too_many' | 'bad_time' | 'too_long';
  readonly line: number;

  constructor(reason: SubtitlesError['reason'], line: number) {
    super(`subtitles: ${reason} in line ${line}`);
    this.name = 'SubtitlesError';
    this.reason = reason;
    this.line = line;
  }
}

/** Four hours of a cue every five seconds; more is an attack on whoever draws them. */
export const mostCues = 3000;
export const longestCue = 300;

const arrow = '-->';
const time = /^(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})$/;

function milliseconds(text: string): number | null {
  const [, hours = '0', minutes, seconds, rest = ''] = time.exec(text) ?? [];
  if (minutes === undefined || seconds === undefined) return null;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest.padEnd(3, '0'));
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&lrm;': '',
  '&rlm;': '',
};

/** What is left of a line when styles, voices and positions are taken out. */
function plain(line: string): string {
  return line
    .replace(/\{\\[^}]*\}/g, '')
    .replace(/<\/?[a-z0-9:.][^<>]*>/gi, '')
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => entities[entity] ?? '')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .trim();
}

/**
 * Reads SRT or WebVTT, in order of time; cues without words are left out. Throws SubtitlesError for a text that is
 * neither, whose times run backwards, or that holds more than anyone can read.
 */
export function parseSubtitles(text: string): Cue[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const cues: Cue[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [from = '', to] = (lines[at] ?? '').split(arrow);
    if (to === undefined) continue;
    const start = milliseconds(from.trim());
    // WebVTT writes positions behind the second time.
    const end = milliseconds(to.trim().split(/\s/)[0] ?? '');
    if (start === null || end === null || end <= start) throw new SubtitlesError('bad_time', at + 1);
    const words: string[] = [];
    while (at + 1 < lines.length && (lines[at + 1] ?? '').trim() !== '' && !lines[at + 1]?.includes(arrow)) {
      at += 1;
      words.push(plain(lines[at] ?? ''));
    }
    const said = words.filter(Boolean).join('\n');
    if (said.length > longestCue) throw new SubtitlesError('too_long', at + 1);
    if (said !== '') cues.push({ startMs: start, endMs: end, text: said });
    if (cues.length > mostCues) throw new SubtitlesError('too_many', at + 1);
  }
  if (cues.length === 0) throw new SubtitlesError('no_cues', lines.length);
  return cues.sort((a, b) => a.startMs - b.startMs);
}
