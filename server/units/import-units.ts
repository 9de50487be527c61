import type { DatabaseTransaction } from '../database/database.js';

/** One unit of a list to be brought in; parents stand before their children. */
export interface ImportedUnit {
  type: string;
  code: string;
  names: { hi?: string; en?: string };
  /** Code of its organisational parent; null for the root. */
  parent: string | null;
  /** Codes of units it is linked to, by relation. */
  links: { relation: string; other: string }[];
}

/** Rows per statement: far below PostgreSQL's 65,535 parameters. */
const batch = 2_000;

async function inBatches<T>(rows: readonly T[], insert: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += batch) await insert(rows.slice(at, at + batch));
}

/** Brings a whole tree in with a few statements; gives the ids by code. */
export async function importUnits(
  tx: DatabaseTransaction,
  { units, validFrom }: { units: readonly ImportedUnit[]; validFrom: string },
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  await inBatches(units, async (part) => {
    const made = await tx
      .insertInto('units')
      .values(part.map(({ code, type }) => ({ code, type, validFrom })))
      .returning(['id', 'code'])
      .execute();
    for (const { id, code } of made) ids.set(code, id);
  });
  const idOf = (code: string) => {
    const id = ids.get(code);
    if (id === undefined) throw new Error(`the list of units names ${code}, which is not in it`);
    return id;
  };
  const texts = units.flatMap(({ code, names }) =>
    (['hi', 'en'] as const).flatMap((language) => {
      const name = names[language];
      return name ? [{ unitId: idOf(code), language, name }] : [];
    }),
  );
  await inBatches(texts, (part) => tx.insertInto('unitTexts').values(part).execute());
  const parents = units.flatMap(({ code, parent }) =>
    parent === null ? [] : [{ unitId: idOf(code), parentId: idOf(parent), validFrom }],
  );
  await inBatches(parents, (part) => tx.insertInto('unitParents').values(part).execute());
  const links = units.flatMap(({ code, links: wanted }) =>
    wanted.map(({ relation, other }) => ({ unitId: idOf(code), relation, otherId: idOf(other), validFrom })),
  );
  await inBatches(links, (part) => tx.insertInto('unitLinks').values(part).execute());
  return ids;
}
