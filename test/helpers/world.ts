import type { Role } from '../../server/contract/lists.js';
import { type Database, transact } from '../../server/database/database.js';
import { hashPassword } from '../../server/sessions/passwords.js';

/** Units of the small test organisation, by code. `L1` is linked to A11 and A21 (`in_lok_sabha`). */
const units = [
  { code: 'S', type: 'state', parent: null, hi: 'परीक्षण प्रदेश', en: 'Test State' },
  { code: 'D1', type: 'district', parent: 'S', hi: 'पहला ज़िला', en: 'First District' },
  { code: 'D2', type: 'district', parent: 'S', hi: 'दूसरा ज़िला', en: 'Second District' },
  { code: 'A11', type: 'assembly', parent: 'D1', hi: 'पहला क्षेत्र', en: 'First Seat' },
  { code: 'A12', type: 'assembly', parent: 'D1', hi: 'दूसरा क्षेत्र', en: 'Second Seat' },
  { code: 'A21', type: 'assembly', parent: 'D2', hi: 'तीसरा क्षेत्र', en: 'Third Seat' },
  { code: 'L1', type: 'lok_sabha', parent: 'S', hi: 'पहली लोकसभा', en: 'First Lok Sabha' },
] as const;
export type UnitCode = (typeof units)[number]['code'];

const members = [
  { login: 'researcher', role: 'researcher', unit: 'S' },
  { login: 'researcher2', role: 'researcher', unit: 'S' },
  { login: 'designer', role: 'designer', unit: 'S' },
  { login: 'reviewer', role: 'reviewer', unit: 'S' },
  { login: 'reviewer2', role: 'reviewer', unit: 'S' },
  { login: 'observer', role: 'observer', unit: 'S' },
  { login: 'admin', role: 'admin', unit: 'S' },
  { login: 'district.a', role: 'district', unit: 'D1' },
  { login: 'district.b', role: 'district', unit: 'D2' },
  { login: 'assembly.a', role: 'district', unit: 'A11' },
] as const satisfies readonly { login: string; role: Role; unit: UnitCode }[];
export type Login = (typeof members)[number]['login'];

export const testPassword = 'a quiet river at dawn';

/** A small organisation: ids by unit code and by login. */
export interface World {
  units: Record<UnitCode, string>;
  members: Record<Login, string>;
}

/** Fills an empty database with the small organisation, as the application's own login. */
export async function createWorld(db: Database): Promise<World> {
  const passwordHash = await hashPassword(testPassword);
  return transact(db, {}, async (tx) => {
    await tx.insertInto('organisations').values({ profile: 'ngo' }).execute();
    await tx
      .insertInto('organisationTexts')
      .values([
        { language: 'hi', name: 'परीक्षण मंच', issuedBy: 'परीक्षण मंच द्वारा जारी' },
        { language: 'en', name: 'Test Forum', issuedBy: 'Issued by Test Forum' },
      ])
      .execute();
    await tx
      .insertInto('unitTypes')
      .values([
        { code: 'state', rank: 1 },
        { code: 'district', rank: 2 },
        { code: 'lok_sabha', rank: 3 },
        { code: 'assembly', rank: 4 },
        { code: 'booth', rank: 5 },
      ])
      .execute();
    await tx.insertInto('linkRelations').values({ code: 'in_lok_sabha' }).execute();
    const made = await tx
      .insertInto('units')
      .values(units.map(({ code, type }) => ({ code, type, validFrom: '2026-01-01' })))
      .returning(['id', 'code'])
      .execute();
    // Checked edge: the codes are those inserted just above.
    const unitIds = Object.fromEntries(made.map(({ code, id }) => [code, id])) as Record<UnitCode, string>;
    await tx
      .insertInto('unitTexts')
      .values(
        units.flatMap(({ code, hi, en }) => [
          { unitId: unitIds[code], language: 'hi' as const, name: hi },
          { unitId: unitIds[code], language: 'en' as const, name: en },
        ]),
      )
      .execute();
    await tx
      .insertInto('unitParents')
      .values(
        units.flatMap(({ code, parent }) =>
          parent === null
            ? []
            : [{ unitId: unitIds[code], parentId: unitIds[parent], validFrom: '2026-01-01' }],
        ),
      )
      .execute();
    await tx
      .insertInto('unitLinks')
      .values([
        { unitId: unitIds.A11, relation: 'in_lok_sabha', otherId: unitIds.L1, validFrom: '2026-01-01' },
        { unitId: unitIds.A21, relation: 'in_lok_sabha', otherId: unitIds.L1, validFrom: '2026-01-01' },
      ])
      .execute();
    const people = await tx
      .insertInto('members')
      .values(members.map(({ login }) => ({ login, name: `Person ${login}`, passwordHash })))
      .returning(['id', 'login'])
      .execute();
    // Checked edge: the logins are those inserted just above.
    const memberIds = Object.fromEntries(people.map(({ login, id }) => [login, id])) as Record<Login, string>;
    await tx
      .insertInto('appointments')
      .values(
        members.map(({ login, role, unit }) => ({
          memberId: memberIds[login],
          unitId: unitIds[unit],
          role,
          validFrom: '2026-01-01',
        })),
      )
      .execute();
    return { units: unitIds, members: memberIds };
  });
}
