import { readdir, readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { FormatSpec } from '../../server/contract/format.js';

/**
 * Reads the platform table shipped with the program, ordered by file and position. Rejects with the
 * file and field when a row does not have the agreed shape or a code with its version occurs twice.
 */
export async function loadFormats(): Promise<FormatSpec[]> {
  const folder = new URL('./', import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const formats: FormatSpec[] = [];
  for (const name of names) {
    const rows: unknown = JSON.parse(await readFile(new URL(name, folder), 'utf8'));
    if (!Value.Check(Type.Array(FormatSpec), rows)) {
      const first = Value.Errors(Type.Array(FormatSpec), rows)[0];
      throw new Error(
        `Platform table ${name}: ${first?.instancePath ?? ''} ${first?.message ?? 'not valid'}`,
      );
    }
    formats.push(...rows);
  }
  const seen = new Set<string>();
  for (const format of formats) {
    const id = `${format.code}@${format.version}`;
    if (seen.has(id)) throw new Error(`Platform table: ${id} occurs twice`);
    seen.add(id);
  }
  return formats;
}
