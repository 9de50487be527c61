import { readFile } from 'node:fs/promises';
import type { ImportedUnit } from '../units/import-units.js';

/** Real units of Rajasthan: districts, constituencies, some blocks (see `units/LICENCE.md`). No cell holds a comma. */
export async function readSampleUnits(): Promise<ImportedUnit[]> {
  const text = await readFile(new URL('./units/rajasthan.csv', import.meta.url), 'utf8');
  const [, ...lines] = text.trim().split('\n');
  return lines.map((line) => {
    const [type = '', code = '', en = '', hi = '', parent = '', lokSabha = ''] = line.split(',');
    return {
      type,
      code,
      names: { ...(hi && { hi }), ...(en && { en }) },
      parent: parent || null,
      links: lokSabha ? [{ relation: 'in_lok_sabha', other: lokSabha }] : [],
    };
  });
}
