const link =
  /\b(?:https?:\/\/|www\.)\S+|(?:pic\.twitter\.com|t\.co|youtu\.be|bit\.ly|wa\.me|t\.me|fb\.watch)\/\S+/giu;
const mail = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** How a copied post ends: "— Name (@handle) May 24, 2019". */
const author = /\s[—–-]\s([^—–()]{1,60}) ?\(@(\w{1,40})\)\s*(?:(\p{L}+)\.? \d{1,2}, (\d{4}))?\s*$/u;
const tag = /[#@＃＠]([\p{L}\p{M}\p{N}_\u200c\u200d]+)/gu;

/** Forwards carry addresses whose parts would count as shared words. */
export function withoutLinks(text: string): string {
  const unlinked = text.replace(link, ' ');
  return unlinked.includes('@') ? unlinked.replace(mail, ' ') : unlinked;
}

/** A forward as its words: no addresses, #tags and @handles as the words they are made of. */
export function cleanPost(text: string): string {
  return withoutLinks(text).replace(tag, (_, words: string) => ` ${splitTag(words)} `);
}

export interface PostParts {
  said: string;
  /** Who posted it: tells posts apart, and facts often name them. */
  name: string;
  handle: string;
  /** Month and year, without the day. */
  day: string;
}

/** A copied post and its author, when it ends with one. */
export function postAuthor(text: string): PostParts {
  const found = author.exec(text);
  if (!found) return { said: text, name: '', handle: '', day: '' };
  const [, name = '', handle = '', month = '', year = ''] = found;
  return {
    said: text.slice(0, found.index),
    name: name.trim(),
    handle: `@${handle.replace(/\d+/gu, '')}`,
    day: `${month} ${year}`,
  };
}

function splitTag(tagged: string): string {
  return tagged
    .replace(/_/gu, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2');
}
