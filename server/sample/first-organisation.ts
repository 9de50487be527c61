import type { OrganisationProfile, Role } from '../contract/lists.js';
import { type Database, type DatabaseTransaction, transact } from '../database/database.js';
import { hashPassword } from '../sessions/passwords.js';
import { type ImportedUnit, importUnits } from '../units/import-units.js';

interface Names {
  hi: string;
  en: string;
}

/** The unit types most organisations here use; each may change them. */
const unitTypes: readonly { code: string; rank: number; names: Names }[] = [
  { code: 'state', rank: 10, names: { hi: 'प्रदेश', en: 'State' } },
  { code: 'district', rank: 20, names: { hi: 'ज़िला', en: 'District' } },
  { code: 'lok_sabha', rank: 30, names: { hi: 'लोकसभा क्षेत्र', en: 'Lok Sabha constituency' } },
  { code: 'assembly', rank: 40, names: { hi: 'विधानसभा क्षेत्र', en: 'Assembly constituency' } },
  { code: 'block', rank: 50, names: { hi: 'ब्लॉक', en: 'Block' } },
  { code: 'mandal', rank: 60, names: { hi: 'मंडल', en: 'Mandal' } },
  { code: 'panchayat', rank: 70, names: { hi: 'ग्राम पंचायत', en: 'Gram panchayat' } },
  { code: 'booth', rank: 80, names: { hi: 'बूथ', en: 'Booth' } },
];

const titles: readonly { code: string; names: Names }[] = [
  { code: 'in_charge', names: { hi: 'प्रभारी', en: 'In-charge' } },
  { code: 'co_in_charge', names: { hi: 'सह-प्रभारी', en: 'Co-in-charge' } },
  { code: 'convenor', names: { hi: 'संयोजक', en: 'Convenor' } },
  { code: 'co_convenor', names: { hi: 'सह-संयोजक', en: 'Co-convenor' } },
  { code: 'reviewer', names: { hi: 'समीक्षक', en: 'Reviewer' } },
];

export interface FirstOrganisation {
  profile: OrganisationProfile;
  name: Names;
  issuedBy: Names;
  units: readonly ImportedUnit[];
  validFrom: string;
  /** The one person who can then bring in the others. */
  admin: { login: string; name: string; password: string };
}

async function insertNamed(tx: DatabaseTransaction): Promise<void> {
  const languages = ['hi', 'en'] as const;
  await tx
    .insertInto('unitTypes')
    .values(unitTypes.map(({ code, rank }) => ({ code, rank })))
    .execute();
  await tx
    .insertInto('unitTypeTexts')
    .values(
      unitTypes.flatMap(({ code, names }) =>
        languages.map((language) => ({ unitType: code, language, name: names[language] })),
      ),
    )
    .execute();
  await tx
    .insertInto('titles')
    .values(titles.map(({ code }) => ({ code })))
    .execute();
  await tx
    .insertInto('titleTexts')
    .values(
      titles.flatMap(({ code, names }) =>
        languages.map((language) => ({ title: code, language, name: names[language] })),
      ),
    )
    .execute();
  await tx.insertInto('linkRelations').values({ code: 'in_lok_sabha' }).execute();
}

/**
 * Founds the organisation of this installation: before it nobody can sign in, so no service could do it. Gives the
 * units' ids by code. Rejects with `conflict` when there is an organisation already.
 */
export async function foundOrganisation(
  db: Database,
  first: FirstOrganisation,
): Promise<Map<string, string>> {
  const passwordHash = await hashPassword(first.admin.password);
  const role: Role = 'admin';
  return transact(db, {}, async (tx) => {
    await tx.insertInto('organisations').values({ profile: first.profile }).execute();
    await tx
      .insertInto('organisationTexts')
      .values(
        (['hi', 'en'] as const).map((language) => ({
          language,
          name: first.name[language],
          issuedBy: first.issuedBy[language],
        })),
      )
      .execute();
    await insertNamed(tx);
    const units = await importUnits(tx, first);
    const root = first.units[0];
    if (root === undefined) throw new Error('an organisation has at least one unit');
    const { id: memberId } = await tx
      .insertInto('members')
      .values({ login: first.admin.login, name: first.admin.name, passwordHash })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('appointments')
      .values({ memberId, unitId: units.get(root.code) ?? '', role })
      .execute();
    return units;
  });
}
