import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { TestApp } from '../app.js';
import { actingOn } from '../rules.js';
import type { UnitCode } from '../world.js';
import { createCallers } from './callers.js';
import { type CheckObjects, createCheckObjects } from './check-objects.js';
import type { Making } from './making.js';
import { createPackObjects, type PackObjects } from './pack-objects.js';

/** Fresh objects of every kind and state, on rows alone so that thousands of cells stay cheap. */
export interface Objects extends Making, CheckObjects, PackObjects {
  /** Opens a silence window over a unit; gives the way to lift it. */
  silence(code: UnitCode): Promise<() => Promise<void>>;
}

export async function createObjects(house: TestApp): Promise<Objects> {
  const as = actingOn(house.db);
  const unit = (code: UnitCode) => house.world.units[code];

  async function file() {
    const content = randomBytes(2000);
    const work = await house.api.files.workDirectory(`matrix-${randomBytes(6).toString('hex')}`);
    const temporary = path.join(work, 'file');
    await writeFile(temporary, content);
    const { sha256, size } = await house.api.files.adopt(temporary);
    await sql`insert into files (sha256, size, mime) values (${sha256}, ${size}, 'image/jpeg')`.execute(
      house.db,
    );
    return { sha256, content };
  }

  const making: Making = { house, callers: await createCallers(house), as, unit, file };
  const checks = createCheckObjects(making);
  return {
    ...making,
    ...checks,
    ...createPackObjects(making, checks),
    async silence(code) {
      const { rows } = await sql<{ id: string }>`
        with event as (insert into events (kind, owner_unit_id) values ('election', ${unit('S')}) returning id)
        insert into silence_windows (event_id, unit_id, starts_at, ends_at)
        select id, ${unit(code)}, now() - interval '1 hour', now() + interval '2 days' from event returning id`.execute(
        house.db,
      );
      return async () => {
        await sql`delete from silence_windows where id = ${rows[0]?.id}`.execute(house.db);
      };
    },
  };
}
