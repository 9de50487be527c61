import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { FormatSpec } from '../contract/format.js';
import { languages } from '../contract/lists.js';
import { type Database, type DatabaseTransaction, transact } from '../database/database.js';
import { firstPlatform } from './formats.policy.js';

export interface SeededFormats {
  /** Versions entered now, as `code@number`. */
  added: string[];
  /** Versions whose numbers here differ from those kept: the kept ones stay, a change needs the next number. */
  differing: string[];
}

async function enterFormat(tx: DatabaseTransaction, spec: FormatSpec, rank: number): Promise<void> {
  const { code, kind, labels } = spec;
  await tx
    .insertInto('formats')
    .values({ code, platform: firstPlatform(spec), kind, rank })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ rank }))
    .execute();
  // A name changed by an administrator stays.
  await tx
    .insertInto('formatTexts')
    .values(languages.map((language) => ({ format: code, language, name: labels[language] })))
    .onConflict((conflict) => conflict.columns(['format', 'language']).doNothing())
    .execute();
}

/** Enters a version after all older ones of its format; it comes into force when it is the newest. */
async function enterVersion(tx: DatabaseTransaction, spec: FormatSpec, newest: number): Promise<void> {
  const active = spec.version > newest;
  if (active) {
    await tx
      .updateTable('formatVersions')
      .set({ active: false })
      .where('format', '=', spec.code)
      .where('active', '=', true)
      .execute();
  }
  await tx
    .insertInto('formatVersions')
    .values({ format: spec.code, number: spec.version, spec: JSON.stringify(spec), active })
    .execute();
}

/**
 * Brings the platform table in the database up to the one shipped with the program; does nothing when it is.
 * A version is never edited: renditions name the one they were made by.
 */
export async function seedFormats(db: Database, specs: readonly FormatSpec[]): Promise<SeededFormats> {
  return transact(db, {}, async (tx) => {
    // Several servers may start at once.
    await sql`select pg_advisory_xact_lock(hashtext('tathya.formats'))`.execute(tx);
    const kept = await tx.selectFrom('formatVersions').select(['format', 'number', 'spec']).execute();
    const seeded: SeededFormats = { added: [], differing: [] };
    for (const spec of specs) {
      const label = `${spec.code}@${spec.version}`;
      const versions = kept.filter(({ format }) => format === spec.code);
      const same = versions.find(({ number }) => number === spec.version);
      if (same) {
        if (!isDeepStrictEqual(same.spec, spec)) seeded.differing.push(label);
        continue;
      }
      const rank = specs.findIndex(({ code }) => code === spec.code);
      await enterFormat(tx, spec, rank);
      await enterVersion(tx, spec, Math.max(0, ...versions.map(({ number }) => number)));
      kept.push({ format: spec.code, number: spec.version, spec });
      seeded.added.push(label);
    }
    return seeded;
  });
}
