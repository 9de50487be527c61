/** Controls, lone surrogates, private use, and the marks that turn the direction of text or cannot be seen. */
const unfit = /[\p{Cc}\p{Cs}\p{Co}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const maxBytes = 200;
const encoder = new TextEncoder();

function cut(text: string, bytes: number): string {
  let used = 0;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('hi', { granularity: 'grapheme' }).segment(text)) {
    used += encoder.encode(segment).length;
    if (used > bytes) break;
    kept += segment;
  }
  return kept;
}

/** A name and its ending; the dot belongs to the ending. */
export function splitName(name: string): { stem: string; ending: string } {
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - ending.length), ending };
}

/**
 * The name a person gave a file, fit to be kept and shown: NFC, at most 200 bytes with its ending kept, without
 * folders, control and direction characters. It is data only and never a path.
 */
export function cleanFileName(given: string | undefined): string {
  const last = (given ?? '').slice(0, 4000).split(/[/\\]/).at(-1) ?? '';
  const name = last
    .normalize('NFC')
    .replace(unfit, '')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const { stem, ending } = splitName(name);
  return (cut(stem, maxBytes - ending.length) + ending).trim() || 'file';
}

/** `Content-Disposition` of RFC 6266: plain letters for old programs, the true name for the others. */
export function contentDisposition(disposition: 'attachment' | 'inline', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name.replace(/\p{Cs}/gu, '_')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
