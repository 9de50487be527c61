import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FileStore } from '../../pipeline/files/file-store.js';
import type { Database } from '../database/database.js';
import { createIdempotency } from '../http/idempotency.js';
import type { SignInLine } from '../run/welcome.js';
import { foundOrganisation } from './first-organisation.js';
import { makeSample } from './make-sample.js';
import { sampleAdmin, samplePassword, samplePeople } from './sample-people.js';
import { readSampleUnits } from './sample-units.js';
import { createOnce, enter, type WorkspaceServices } from './sample-workspace.js';

export interface FirstTimeOptions {
  services: WorkspaceServices;
  files: FileStore;
  db: Database;
  dataDir: string;
  /** Where the program is reached. */
  address: string;
  /** Found an organisation with nothing in it. */
  empty: boolean;
  say: (line: string) => void;
}

export interface FirstTime {
  /** Who can sign in, when the program itself made them. */
  signIns: SignInLine[];
}

type Stage = 'making' | 'made';

const sampleSignIns: SignInLine[] = [...samplePeople, { ...sampleAdmin, who: 'administrator' }].map(
  ({ login, who }) => ({
    login,
    password: samplePassword,
    who,
  }),
);

/** Beside the data: whether this data folder's workspace is the sample, and whether it is whole. */
function stageFile(dataDir: string) {
  const file = path.join(dataDir, 'sample-workspace');
  return {
    async read(): Promise<Stage | null> {
      const text = await readFile(file, 'utf8').catch(() => '');
      return text === 'making' || text === 'made' ? text : null;
    },
    write: (stage: Stage) => writeFile(file, stage),
  };
}

async function foundEmpty(db: Database): Promise<FirstTime> {
  const password = randomBytes(9).toString('base64url');
  await foundOrganisation(db, {
    profile: 'ngo',
    name: { hi: 'मेरा संगठन', en: 'My organisation' },
    issuedBy: { hi: 'मेरा संगठन द्वारा जारी', en: 'Issued by My organisation' },
    units: [
      { type: 'state', code: 'ROOT', names: { hi: 'मुख्यालय', en: 'Headquarters' }, parent: null, links: [] },
    ],
    validFrom: '2000-01-01',
    admin: { login: 'admin', name: 'प्रबंधक', password },
  });
  return {
    signIns: [{ login: 'admin', password, who: 'administrator; note the password, it is shown only now' }],
  };
}

/** On a database without an organisation: founds one, with the sample workspace unless told otherwise. */
export async function fillFirstTime({
  services,
  files,
  db,
  dataDir,
  address,
  empty,
  say,
}: FirstTimeOptions): Promise<FirstTime> {
  const stage = stageFile(dataDir);
  const founded = (await db.selectFrom('organisations').select('id').executeTakeFirst()) !== undefined;
  const reached = await stage.read();
  if (founded && reached === null) return { signIns: [] };
  if (founded && reached === 'made') return { signIns: sampleSignIns };
  if (empty && !founded) return foundEmpty(db);

  await stage.write('making');
  if (!founded) {
    await foundOrganisation(db, {
      profile: 'ngo',
      name: { hi: 'तथ्य मंच (नमूना)', en: 'Tathya Forum (sample)' },
      issuedBy: { hi: 'तथ्य मंच (नमूना) द्वारा जारी', en: 'Issued by Tathya Forum (sample)' },
      units: await readSampleUnits(),
      validFrom: '2020-01-01',
      admin: sampleAdmin,
    });
  }
  const units = await db.selectFrom('units').select(['id', 'code']).execute();
  const making = {
    services,
    files,
    tempDirectory: path.join(dataDir, 'storage', 'incoming'),
    origin: address,
    once: createOnce(createIdempotency({ db })),
    say,
  };
  const admin = await enter(services, sampleAdmin.login, sampleAdmin.password);
  await makeSample(making, { admin, unitIds: new Map(units.map(({ id, code }) => [code, id])) });
  await stage.write('made');
  return { signIns: sampleSignIns };
}
