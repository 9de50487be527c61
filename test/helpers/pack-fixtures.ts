import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PackDraft, PackVersion } from '../../server/contract/pack.js';
import type { Release, Selector } from '../../server/contract/release.js';
import type { TestApp } from './app.js';
import { approvePack, draftPack, releasePack, submitPack } from './pack-rules.js';
import { actingOn, submitCheck, verifiedFact, verifyCheck } from './rules.js';
import type { Login, UnitCode } from './world.js';

export interface ReadyFile {
  id: string;
  content: Buffer;
}

/** Ready-made things a pack stands on, and packs at each stage, as the application's login with the right actors. */
export function createPackFixtures(test: TestApp) {
  const { db, world, api } = test;
  const as = actingOn(db);
  const unitIds = (codes: readonly UnitCode[]) => codes.map((code) => world.units[code]);
  const toUnits = (...codes: UnitCode[]): Selector => ({ kind: 'units', unitIds: unitIds(codes) });

  /** A verified fact; gives its check version's id. */
  async function fact(): Promise<string> {
    return (await verifiedFact(as, db, world)).version;
  }

  /** Verifies the next version of a fact, which corrects it; gives the new version's id. */
  async function correctFact(id: string): Promise<string> {
    const { researcher, reviewer } = world.members;
    const next = await as(researcher, async (tx) => {
      const before = await tx
        .selectFrom('checkVersions')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const { checkId, clusterId, number } = before;
      const made = await tx
        .insertInto('checkVersions')
        .values({
          checkId,
          clusterId,
          number: number + 1,
          basedOn: id,
          verdict: 'misleading',
          createdBy: researcher,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('checkTexts')
        .values({ checkVersionId: made.id, language: 'hi', headline: 'सुधारा हुआ तथ्य', summary: 'नया आँकड़ा।' })
        .execute();
      const sources = await tx
        .selectFrom('checkEvidence')
        .selectAll()
        .where('checkVersionId', '=', id)
        .execute();
      for (const source of sources) {
        await tx
          .insertInto('checkEvidence')
          .values({ ...source, checkVersionId: made.id })
          .execute();
      }
      return made.id;
    });
    await submitCheck(as, next, researcher);
    await verifyCheck(as, db, next, reviewer);
    return next;
  }

  /** A ready rendition whose file is really in the store. */
  async function file({
    maker = 'designer',
    uploader = maker,
  }: {
    maker?: Login;
    uploader?: Login;
  } = {}): Promise<ReadyFile> {
    const content = randomBytes(5000);
    const work = await api.files.workDirectory(`fixture-${randomBytes(6).toString('hex')}`);
    const temporary = path.join(work, 'file');
    await writeFile(temporary, content);
    const { sha256, size } = await api.files.adopt(temporary);
    const creativeId = await as(world.members[uploader], async (tx) => {
      await tx.insertInto('files').values({ sha256, size, mime: 'image/jpeg' }).execute();
      const { id } = await tx
        .insertInto('creatives')
        .values({
          ownerUnitId: world.units.S,
          kind: 'image',
          fileSha256: sha256,
          previewSha256: sha256,
          originalName: 'bridge.jpg',
          inspection: 'ready',
          createdBy: world.members[uploader],
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('creativeTexts')
        .values({ creativeId: id, language: 'hi', title: 'पुल', altText: 'पुल का चित्र' })
        .execute();
      return id;
    });
    const format = await db
      .selectFrom('formatVersions')
      .innerJoin('formats', 'formats.code', 'formatVersions.format')
      .select('formatVersions.id')
      .where('formats.kind', '=', 'image')
      .orderBy('formats.code')
      .executeTakeFirstOrThrow();
    const id = await as(world.members[maker], async (tx) => {
      const made = await tx
        .insertInto('renditions')
        .values({
          creativeId,
          formatVersionId: format.id,
          recipe: JSON.stringify({ framing: 'crop' }),
          recipeKey: randomBytes(32).toString('hex'),
          createdBy: world.members[maker],
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const row = tx.updateTable('renditions').where('id', '=', made.id);
      await row.set({ state: 'processing' }).execute();
      await row.set({ state: 'ready', fileSha256: sha256, probe: '{}', width: 1080, height: 1080 }).execute();
      return made.id;
    });
    return { id, content };
  }

  /** A draft by the researcher through the API, on one fresh fact unless told otherwise. */
  async function draft(content: Partial<PackDraft> = {}, by: Login = 'researcher'): Promise<PackVersion> {
    const client = await test.as(by);
    const answer = await client.call('packs.create', { body: { factIds: [await fact()], ...content } });
    if (answer.status !== 201) throw new Error(`packs.create answered ${answer.raw.body}`);
    return answer.body;
  }

  async function submit(pack: PackVersion, by: Login = 'researcher'): Promise<PackVersion> {
    const client = await test.as(by);
    const answer = await client.call('packs.submit', { params: { id: pack.id }, ifMatch: pack.version });
    if (answer.status !== 200) throw new Error(`packs.submit answered ${answer.raw.body}`);
    return answer.body;
  }

  async function approve(pack: PackVersion): Promise<PackVersion> {
    const client = await test.as('reviewer');
    const body = { hash: pack.hash };
    const answer = await client.call('packs.approve', { params: { id: pack.id }, body });
    if (answer.status !== 200) throw new Error(`packs.approve answered ${answer.raw.body}`);
    return answer.body;
  }

  async function approved(content: Partial<PackDraft> = {}): Promise<PackVersion> {
    return approve(await submit(await draft(content)));
  }

  async function release(pack: PackVersion, ...codes: UnitCode[]): Promise<Release> {
    const client = await test.as('reviewer');
    const body = { selector: toUnits(...codes), hash: pack.hash };
    const answer = await client.call('packs.release', { params: { id: pack.id }, body });
    if (answer.status !== 201) throw new Error(`packs.release answered ${answer.raw.body}`);
    return answer.body;
  }

  /** Many released packs on one fact, written straight to the database. */
  async function releaseMany(count: number, codes: readonly UnitCode[]): Promise<void> {
    const { researcher, reviewer } = world.members;
    const factId = await fact();
    const { id } = await file();
    for (let made = 0; made < count; made += 1) {
      const { version } = await draftPack(as, world, {
        author: researcher,
        facts: [factId],
        renditions: [id],
      });
      await submitPack(as, version, researcher);
      await approvePack(as, db, version, reviewer);
      await releasePack(as, version, reviewer, unitIds(codes));
    }
  }

  /** Opens a silence window over a unit from an hour ago until two days from now; gives a way to lift it. */
  async function silence(code: UnitCode): Promise<() => Promise<void>> {
    const id = await as(world.members.admin, async (tx) => {
      const event = await tx
        .insertInto('events')
        .values({ kind: 'election', ownerUnitId: world.units.S })
        .returning('id')
        .executeTakeFirstOrThrow();
      const window = await tx
        .insertInto('silenceWindows')
        .values({
          eventId: event.id,
          unitId: world.units[code],
          startsAt: new Date(Date.now() - 3_600_000).toISOString(),
          endsAt: new Date(Date.now() + 2 * 86_400_000).toISOString(),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return window.id;
    });
    return async () => {
      await db.deleteFrom('silenceWindows').where('id', '=', id).execute();
    };
  }

  return {
    as,
    fact,
    correctFact,
    file,
    draft,
    submit,
    approve,
    approved,
    release,
    releaseMany,
    silence,
    toUnits,
  };
}
