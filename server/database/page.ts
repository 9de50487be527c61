/**
 * A page from rows of which one more than the page holds was asked for: that one tells of a further page, and the
 * last row shown is where it starts.
 */
export function pageOf<Row extends { id: string }>(
  rows: readonly Row[],
  limit: number,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** Rows asked for when the caller did not say. */
export const usualPage = 30;

/** A text as the start of a `like` pattern, its own wildcards taken literally. */
export function startingWith(text: string): string {
  return `${text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`;
}
