import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printVersion } from '../../pipeline/media/prints/media-prints.js';
import type { MediaMatches } from '../../server/contract/media-match.js';
import { createMediaEffects } from '../../server/creatives/media-effects.repository.js';
import { createJobsService } from '../../server/jobs/jobs.service.js';
import { createMediaPrintsService } from '../../server/media-matches/media-prints.service.js';
import { createPrintEffects } from '../../server/media-matches/print-effects.repository.js';
import type { Client } from '../helpers/client.js';
import { silentLogger } from '../helpers/database.js';
import { factAbout, good, logClaim } from '../helpers/desk.js';
import { eventually } from '../helpers/eventually.js';
import {
  captionedPicture,
  converted,
  croppedPicture,
  forwardedPicture,
  voiceNote,
} from '../helpers/forwarded.js';
import { inspected, startMediaApp, upload } from '../helpers/media.js';
import { fixture } from '../helpers/media-files.js';
import { formOf } from '../helpers/multipart.js';

let app: Awaited<ReturnType<typeof startMediaApp>>;
let desk: Client;
let photo: Buffer;
let voice: Buffer;
let film: Buffer;

beforeAll(async () => {
  app = await startMediaApp();
  await app.startWorker();
  desk = await app.as('researcher');
  photo = await readFile(fixture('landscape-exif-1.jpg'));
  film = await readFile(fixture('big-buck-bunny-6s.mp4'));
  voice = await readFile('server/sample/media/forwarded-voice.ogg');
});
afterAll(() => app.close());

const patient = { timeoutMs: 60_000, everyMs: 50 };

async function attach(
  claimId: string,
  content: Buffer,
  { name = 'forward.jpg', by = desk } = {},
): Promise<void> {
  const { payload, headers } = formOf({ file: { name, content } });
  good(await by.call('claims.addMedia', { params: { id: claimId }, payload, headers }));
}

/** The matches of a claim once all its media are printed. */
async function matchesOf(claimId: string, by = desk): Promise<MediaMatches> {
  return eventually(async () => {
    const found = good(await by.call('claims.mediaMatches', { params: { id: claimId } }));
    return found.media.length > 0 && found.media.every(({ state }) => state !== 'queued') ? found : null;
  }, patient);
}

const idsOf = ({ items }: MediaMatches, kind: string) =>
  items.filter((item) => item.kind === kind).map(({ objectId }) => objectId);

describe('media that came with a claim', () => {
  it('lead to the fact and the claim that carried the same picture, recompressed, cropped or captioned', async () => {
    const { claim, fact } = await factAbout(app, { text: 'पहाड़ी पर नई सड़क बह गई' });
    await attach(claim.id, photo);
    await matchesOf(claim.id);
    const copies = {
      same_file: photo,
      same_picture: await forwardedPicture(photo),
      part_of_picture: await croppedPicture(photo, { left: 0.07, bottom: 0.05 }),
    };
    for (const [likeness, copy] of Object.entries(copies)) {
      const other = await logClaim(app);
      await attach(other.id, copy);
      const found = await matchesOf(other.id);
      const match = found.items.find(({ objectId }) => objectId === fact.id);
      expect(match).toMatchObject({
        kind: 'fact',
        band: 'same',
        likeness,
        clusterId: claim.cluster.id,
        verdict: 'false',
      });
      expect(idsOf(found, 'claim')).toContain(claim.id);
    }
    const captioned = await logClaim(app);
    await attach(captioned.id, await captionedPicture(photo, { share: 0.2, where: 'bottom' }));
    expect(idsOf(await matchesOf(captioned.id), 'fact')).toEqual([fact.id]);

    const stranger = await logClaim(app);
    await attach(stranger.id, await readFile(fixture('card-plain-hi.png')));
    expect((await matchesOf(stranger.id)).items).toEqual([]);
  });

  it('join nothing by themselves, and what is together already is no news', async () => {
    const one = await logClaim(app);
    const other = await logClaim(app);
    const picture = await readFile(fixture('portrait-exif-6.jpg'));
    await attach(one.id, picture);
    await matchesOf(one.id);
    await attach(other.id, await forwardedPicture(picture));
    expect(idsOf(await matchesOf(other.id), 'claim')).toEqual([one.id]);
    const { cluster } = good(await desk.call('claims.read', { params: { id: other.id } }));
    expect(cluster.id).toBe(other.cluster.id);

    const body = { clusterId: one.cluster.id, method: 'file' };
    good(await desk.call('claims.join', { params: { id: other.id }, body }));
    expect((await matchesOf(other.id)).items).toEqual([]);
  });

  it('lead past the many copies of their own cluster, and past those of others, to a fact farther off', async () => {
    const picture = await readFile(fixture('card-plain-hi.png'));
    const answered = await factAbout(app, { text: 'तालाब का पानी सूख गया' });
    await attach(answered.claim.id, await captionedPicture(picture, { share: 0.1, where: 'top' }));
    await matchesOf(answered.claim.id);
    const spread = await logClaim(app);
    const copies: string[] = [];
    for (const quality of [62, 66, 70, 74, 78]) {
      const { id } = await logClaim(app);
      await attach(id, await forwardedPicture(picture, quality));
      await matchesOf(id);
      copies.push(id);
    }
    await attach(spread.id, picture);
    const found = await matchesOf(spread.id);
    expect(idsOf(found, 'claim')).toEqual(expect.arrayContaining(copies));
    expect(idsOf(found, 'fact')).toEqual([answered.fact.id]);
    const body = { clusterId: spread.cluster.id, method: 'file' };
    for (const id of copies) good(await desk.call('claims.join', { params: { id }, body }));
    const apart = await matchesOf(spread.id);
    expect(idsOf(apart, 'claim').filter((id) => copies.includes(id))).toEqual([]);
    expect(idsOf(apart, 'claim')).toContain(answered.claim.id);
    expect(idsOf(apart, 'fact')).toEqual([answered.fact.id]);
  });

  it('are heard again as a voice note that was cut at both ends', async () => {
    const first = await logClaim(app);
    await attach(first.id, voice, { name: 'voice.ogg' });
    await matchesOf(first.id);
    const second = await logClaim(app);
    await attach(second.id, await voiceNote(voice, { format: 'ogg', from: 1.3, seconds: 5 }), {
      name: 'cut.ogg',
    });
    const [match] = (await matchesOf(second.id)).items;
    expect(match).toMatchObject({ kind: 'claim', objectId: first.id, likeness: 'same_sound', band: 'same' });
    expect(match?.fromMs).toBeGreaterThan(700);
    expect(match?.fromMs).toBeLessThan(2000);
  });

  it('that cannot be read fail alone: the claim stands and its other media are compared', async () => {
    const claim = await logClaim(app);
    await attach(claim.id, photo.subarray(0, 3000), { name: 'cut.jpg' });
    await attach(claim.id, await forwardedPicture(photo, 55));
    const found = await matchesOf(claim.id);
    expect(found.media.map(({ state, failure }) => [state, failure?.code ?? null]).toSorted()).toEqual([
      ['failed', 'damaged'],
      ['ready', null],
    ]);
    expect(found.items.length).toBeGreaterThan(0);
    expect(good(await desk.call('claims.read', { params: { id: claim.id } })).media).toHaveLength(2);
  });

  it('are found among creatives of the studio, and a film by its pictures and sound', async () => {
    const designer = await app.as('designer');
    const { body: creative } = await upload(designer, { content: film, name: 'film.mp4' });
    expect((await inspected(designer, creative.id)).inspection).toBe('ready');
    const claim = await logClaim(app);
    await attach(
      claim.id,
      await converted(film, {
        from: 'mp4',
        to: 'mp4',
        after: ['-vf', 'scale=480:-2', '-crf', '32', '-b:a', '48k'],
      }),
      { name: 'forward.mp4' },
    );
    const match = await eventually(async () => {
      const { items } = await matchesOf(claim.id);
      return items.find(({ objectId }) => objectId === creative.id);
    }, patient);
    expect(match).toMatchObject({ kind: 'creative', likeness: 'same_film', band: 'same', clusterId: null });
  });

  it('are printed again when an older version printed them, and are found once as before', async () => {
    const designer = await app.as('designer');
    const cut = await converted(film, { from: 'mp4', to: 'mp4', after: ['-ss', '1', '-t', '3'] });
    const { body: creative } = await upload(designer, { content: cut, name: 'cut.mp4' });
    const claim = await logClaim(app);
    await attach(claim.id, film, { name: 'whole.mp4' });
    const found = async () =>
      (await matchesOf(claim.id)).items.filter(({ objectId }) => objectId === creative.id);
    const before = await eventually(async () => ((await found()).length > 0 ? found() : null), patient);

    const { sha256 } = creative;
    const kept = async () => {
      const { rows } = await sql<{
        id: string;
        state: string;
        madeBy: number;
        hashes: string[];
        words: number;
      }>`
        select p.id, p.state, p.made_by, array(select hash::text from picture_prints where print_id = p.id order by 1) as hashes,
               (select count(*) from sound_prints where print_id = p.id)::integer as words
          from media_prints p where file_sha256 = ${sha256}`.execute(app.ownerDb);
      return rows[0];
    };
    const first = await kept();
    // As an older version left it: what it is found by is something else.
    await sql`update media_prints set made_by = 1 where file_sha256 = ${sha256}`.execute(app.ownerDb);
    await sql`update picture_prints set hash = ~hash where print_id = ${first?.id}`.execute(app.ownerDb);
    const prints = createMediaPrintsService({
      db: app.db,
      jobs: createJobsService({
        database: app.db,
        live: { publish: async () => undefined },
        effects: { ...createMediaEffects(), ...createPrintEffects() },
        logger: silentLogger,
      }),
      version: printVersion,
    });
    expect(await prints.catchUp()).toBe(1);
    expect(await prints.catchUp()).toBe(0);
    await eventually(async () => (await kept())?.state === 'ready', patient);
    expect(await kept()).toEqual(first);
    expect(await found()).toEqual(before);
  });

  it('do not crowd a key of the index: what is kept there four hundred times is enough', async () => {
    const [first, second] = [await logClaim(app), await logClaim(app)];
    // The same pixels in other bytes have the same keys.
    await attach(first.id, await sharp(photo).png({ compressionLevel: 1 }).toBuffer(), { name: 'one.png' });
    await matchesOf(first.id);
    const { rows } = await sql<{ key: number }>`
      select k.key from claim_media m join media_prints q on q.file_sha256 = m.file_sha256
        join picture_prints p on p.print_id = q.id join picture_keys k on k.picture_id = p.id
       where m.claim_id = ${first.id} order by k.key limit 1`.execute(app.db);
    const key = rows[0]?.key ?? 0;
    const held = async () => {
      const { rows: counted } = await sql<{ held: number }>`
        select count(*) as held from picture_keys where key = ${key}`.execute(app.db);
      return counted[0]?.held ?? 0;
    };
    await sql`
      with one as (select picture_id, hash from picture_keys where key = ${key} limit 1),
      more as (
        insert into picture_prints (print_id, hash, part)
        select p.print_id, p.hash, p.part from picture_prints p join one on one.picture_id = p.id, generate_series(1, 400)
        returning id, hash)
      insert into picture_keys (key, picture_id, hash) select ${key}::integer, id, hash from more`.execute(
      app.db,
    );
    const full = await held();
    await attach(second.id, await sharp(photo).png({ compressionLevel: 9 }).toBuffer(), { name: 'two.png' });
    expect(idsOf(await matchesOf(second.id), 'claim')).toContain(first.id);
    expect(await held()).toBe(full);
  });

  it('are compared no more when the claim they came with is gone', async () => {
    const one = await logClaim(app);
    const other = await logClaim(app);
    const picture = await captionedPicture(photo, { share: 0.12, where: 'top', colour: '#202020' });
    await attach(one.id, picture);
    await matchesOf(one.id);
    await attach(other.id, await forwardedPicture(picture));
    expect(idsOf(await matchesOf(other.id), 'claim')).toContain(one.id);
    await sql`delete from claim_media where claim_id = ${one.id}`.execute(app.ownerDb);
    expect(idsOf(await matchesOf(other.id), 'claim')).not.toContain(one.id);
    await sql`delete from files f where not exists (select from claim_media m where m.file_sha256 = f.sha256)
      and f.sha256 not in (select file_sha256 from creatives) and f.sha256 not in (select preview_sha256 from creatives where preview_sha256 is not null)`.execute(
      app.ownerDb,
    );
    const { rows } = await sql<{ orphans: number }>`
      select count(*) as orphans from picture_prints p where not exists (select from media_prints m where m.id = p.print_id)`.execute(
      app.db,
    );
    expect(rows[0]?.orphans).toBe(0);
  });
});
