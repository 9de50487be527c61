import type { Creative } from '../../../server/contract/creative.js';
import type { Language, MediaKind } from '../../../server/contract/lists.js';
import { newKey } from '../../api/client.js';
import { checkFile } from './check-file.js';
import { type Declaration, declarationFields, isComplete } from './declaration.js';
import type { ReadyFile } from './ready-file.js';

/** What one file has of its own, instead of the batch's declaration. */
export interface Own extends Declaration {
  title: string;
  altText: string;
}

/** A chosen file before it is sent. */
export interface Staged {
  key: string;
  file: File;
  /** Null when it will not be taken; then `refusal` says why. */
  kind: MediaKind | null;
  refusal: Readonly<Record<Language, string>> | null;
  own: Own | null;
  /** It is sent although it is there already. */
  again: boolean;
  /** It comes in the place of this one. */
  replaces: Creative | null;
}

function sameFile(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}

/** Looks at every file; one chosen twice is there once. */
export async function stage(
  files: readonly File[],
  already: readonly Staged[],
  old?: { replaces: Creative; language: Language },
): Promise<Staged[]> {
  const replaces = old?.replaces ?? null;
  const fresh = files.filter(
    (file, index) =>
      !already.some((known) => sameFile(known.file, file)) &&
      files.findIndex((other) => sameFile(other, file)) === index,
  );
  const words = old?.replaces.texts[old.language];
  const own: Own | null = replaces && {
    title: words?.title ?? '',
    altText: words?.altText ?? '',
    aiDeclaration: replaces.aiDeclaration,
    aiTool: replaces.aiTool ?? '',
    rights: replaces.rights,
    credit: replaces.credit,
  };
  return Promise.all(
    fresh.map(async (file) => ({
      key: newKey(),
      file,
      ...(await checkFile(file)),
      own,
      again: false,
      replaces,
    })),
  );
}

/** Those that are missing something, given what is declared for the batch. */
export function isReady(item: Staged, batch: Declaration): boolean {
  return isComplete(item.own ?? batch);
}

export function needsBatch(items: readonly Staged[]): boolean {
  return items.some(({ kind, own }) => kind !== null && own === null);
}

/** What goes to the queue: everything that is taken; titles are in the language they were asked for in. */
export function readyFiles(items: readonly Staged[], batch: Declaration, language: Language): ReadyFile[] {
  return items.flatMap(({ key, file, kind, own, again, replaces }) =>
    kind === null
      ? []
      : {
          key,
          file,
          kind,
          anyway: again || replaces !== null,
          fields: {
            ...declarationFields(own ?? batch),
            language,
            title: own?.title.trim(),
            altText: own?.altText.trim(),
            supersedesId: replaces?.id,
          },
        },
  );
}
