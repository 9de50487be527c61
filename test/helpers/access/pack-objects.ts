import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { InspectionState, MediaKind, RenditionState } from '../../../server/contract/lists.js';
import { approvePack, draftPack, releasePack, submitPack } from '../pack-rules.js';
import type { UnitCode } from '../world.js';
import type { Caller } from './callers.js';
import type { CheckObjects, Shown } from './check-objects.js';
import type { Making } from './making.js';

type Person = Exclude<Caller, 'anonymous'>;

export interface CreativeOptions {
  by?: Person;
  unit?: UnitCode;
  inspection?: InspectionState;
  kind?: MediaKind;
  /** The verified fact it is a card of. */
  fact?: string;
}

export interface RenditionOptions extends Pick<CreativeOptions, 'unit' | 'fact'> {
  /** Who uploaded the creative. */
  uploader?: Person;
  /** Who had the rendition made. */
  maker?: Person;
  state?: Extract<RenditionState, 'queued' | 'ready' | 'failed'>;
}

export interface PackOptions {
  by?: Person;
  unit?: UnitCode;
  /** Its facts; a fresh one unless given. */
  facts?: readonly string[];
  renditions?: readonly string[];
  state?: 'draft' | 'in_review' | 'approved';
}

export interface MadeRelease {
  /** The release's id: what the inbox calls it. */
  id: string;
  packVersionId: string;
  factId: string;
  /** The one file it carries, a rendition's id. */
  fileId: string;
  content: Buffer;
}

export interface PackObjects {
  creative(options?: CreativeOptions): Promise<{ id: string; content: Buffer }>;
  rendition(options?: RenditionOptions): Promise<{ id: string; content: Buffer }>;
  pack(options?: PackOptions): Promise<{ id: string }>;
  shownPack(id: string): Promise<Shown>;
  /** A pack with a file, released and then left as it is or ended one way or the other. */
  release(
    units: readonly UnitCode[],
    options?: Pick<PackOptions, 'by' | 'unit' | 'facts'> & {
      ended?: 'recalled' | 'expired' | 'superseded';
    },
  ): Promise<MadeRelease>;
}

/** In which every card was drawn small. */
export const drawnFrame = '1080x1080-0-0-1080x1080';

export function createPackObjects(
  { house, callers, as, unit, file }: Making,
  { check }: Pick<CheckObjects, 'check'>,
): PackObjects {
  const { db, world } = house;
  const reviewer = world.members.reviewer2;

  async function creative(options: CreativeOptions = {}) {
    const { by = 'designer', unit: code = 'S', inspection = 'ready', kind = 'image' } = options;
    const { fact = null } = options;
    const { sha256, content } = await file();
    const { rows } = await sql<{ id: string }>`
      insert into creatives (owner_unit_id, kind, file_sha256, preview_sha256, original_name, inspection, width, height, created_by,
                             origin, check_version_id)
      values (${unit(code)}, ${kind}, ${sha256}, ${inspection === 'ready' ? sha256 : null}, 'bridge.jpg', ${inspection},
              1000, 1000, ${callers.ids[by]}, ${fact === null ? 'uploaded' : 'generated'}, ${fact}) returning id`.execute(
      db,
    );
    const id = rows[0]?.id ?? '';
    if (fact !== null) {
      await sql`insert into cards (creative_id, template, language, leads_to)
        values (${id}, 'plain', 'hi', 'https://tathya.example.org/library')`.execute(db);
      await sql`insert into card_previews (creative_id, frame, file_sha256) values (${id}, ${drawnFrame}, ${sha256})`.execute(
        db,
      );
    }
    return { id, content };
  }

  async function rendition({
    uploader = 'designer',
    maker = 'designer',
    unit: code = 'S',
    state = 'ready',
    ...of
  }: RenditionOptions = {}) {
    const source = await creative({ by: uploader, unit: code, ...of });
    const recipeKey = randomBytes(32).toString('hex');
    const { rows } = await sql<{ id: string }>`
      insert into renditions (creative_id, format_version_id, recipe, recipe_key, created_by)
      select ${source.id}, v.id, '{"framing":"crop"}', ${recipeKey}, ${callers.ids[maker]}
        from format_versions v join formats f on f.code = v.format where f.kind = 'image' order by f.code limit 1
      returning id`.execute(db);
    const id = rows[0]?.id ?? '';
    if (state === 'failed')
      await sql`update renditions set state = 'failed', failure = 'internal' where id = ${id}`.execute(db);
    if (state === 'ready') {
      await sql`update renditions set state = 'processing' where id = ${id}`.execute(db);
      await sql`update renditions r set state = 'ready', probe = '{}', width = 1080, height = 1080, file_sha256 = c.file_sha256
        from creatives c where c.id = r.creative_id and r.id = ${id}`.execute(db);
    }
    return { id, content: source.content };
  }

  async function pack({ by = 'researcher', state = 'draft', ...options }: PackOptions = {}) {
    const author = callers.ids[by];
    const facts = options.facts ?? [(await check({ state: 'verified', unit: options.unit ?? 'S' })).id];
    const owner = { ...world, units: { ...world.units, S: unit(options.unit ?? 'S') } };
    const { version: id } = await draftPack(as, owner, {
      author,
      facts,
      renditions: options.renditions ?? [],
    });
    if (state !== 'draft') await submitPack(as, id, author);
    if (state === 'approved') await approvePack(as, db, id, reviewer);
    return { id };
  }

  async function supersede(id: string): Promise<void> {
    const author = callers.ids.researcher;
    const next = await as(author, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        insert into pack_versions (pack_id, number, based_on, change_kind, change_note, created_by)
        select pack_id, number + 1, id, 'update', 'नई सामग्री', ${author} from pack_versions where id = ${id} returning id`.execute(
        tx,
      );
      const made = rows[0]?.id ?? '';
      await sql`insert into pack_texts (pack_version_id, language, title) values (${made}, 'hi', 'नया शीर्षक')`.execute(
        tx,
      );
      await sql`insert into pack_facts select ${made}, check_version_id from pack_facts where pack_version_id = ${id}`.execute(
        tx,
      );
      return made;
    });
    await submitPack(as, next, author);
    await approvePack(as, db, next, reviewer);
    // Released where nobody of the matrix is, so that only the end of the first is seen.
    await releasePack(as, next, reviewer, [unit('A12')]);
  }

  return {
    creative,
    rendition,
    pack,

    async shownPack(id) {
      const { rows } = await sql<Shown>`
        select version, pack_version_hash(id) as hash from pack_versions where id = ${id}`.execute(db);
      return rows[0] ?? { version: 0, hash: '' };
    },

    async release(units, { ended, ...options } = {}) {
      const facts = options.facts ?? [(await check({ state: 'verified', unit: options.unit ?? 'S' })).id];
      const carried = await rendition();
      const made = await pack({ ...options, facts, renditions: [carried.id], state: 'approved' });
      const id = await releasePack(as, made.id, reviewer, units.map(unit));
      if (ended === 'superseded') await supersede(made.id);
      if (ended === 'expired') {
        await as(reviewer, (tx) =>
          sql`update pack_versions set state = 'expired' where id = ${made.id}`.execute(tx),
        );
      }
      if (ended === 'recalled') {
        await as(reviewer, async (tx) => {
          await sql`insert into recalls (pack_version_id, reason, noticed_at, due_at, recalled_by)
            values (${made.id}, 'आँकड़ा गलत था', now(), now() + interval '3 hours', ${reviewer})`.execute(tx);
          await sql`update pack_versions set state = 'recalled' where id = ${made.id}`.execute(tx);
        });
      }
      return {
        id,
        packVersionId: made.id,
        factId: facts[0] ?? '',
        fileId: carried.id,
        content: carried.content,
      };
    },
  };
}
