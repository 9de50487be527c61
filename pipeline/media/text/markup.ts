/** How a text looks, as far as Pango takes it from markup. */
export interface MarkupStyle {
  sizePx: number;
  /** `#rrggbb` */
  color: string;
  /** Distance of lines in parts of the size; Devanagari needs 1.35 or more. */
  lineHeight: number;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A person's text without what could steer its drawing: control characters and marks that turn the
 * direction of writing go, joiners stay because they shape conjuncts, spaces and line ends become plain.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[\t\v\f]/g, ' ')
    .replace(/[^\P{Cc}\n]|\p{Cs}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu, '')
    .trim();
}

/** The text as Pango markup: nothing in it is markup any more, no font of the machine stands in for ours. */
export function toMarkup(text: string, { sizePx, color, lineHeight }: MarkupStyle): string {
  const escaped = plainText(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  // Over 1024 Pango reads an absolute height in 1024ths of a point; the language selects letter forms.
  const height = Math.max(1025, Math.round(sizePx * lineHeight * 1024));
  return `<span foreground="${color}" line_height="${height}" fallback="false" lang="hi">${escaped}</span>`;
}
