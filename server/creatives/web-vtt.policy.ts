import type { Cue } from '../contract/subtitles.js';

function moment(ms: number): string {
  const part = (value: number, digits: number) => String(Math.floor(value)).padStart(digits, '0');
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60];
  return `${part(hours, 2)}:${part(minutes, 2)}:${part(seconds, 2)}.${part(ms % 1000, 3)}`;
}

/** Cues as players take them. Nothing in a text can end its cue or count as mark-up. */
export function webVtt(cues: readonly Cue[]): string {
  const escaped = (text: string) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/\r\n?/g, '\n')
      .replace(/\n{2,}/g, '\n');
  const blocks = cues.map(
    ({ startMs, endMs, text }) => `${moment(startMs)} --> ${moment(endMs)}\n${escaped(text)}\n`,
  );
  return ['WEBVTT\n', ...blocks].join('\n');
}
