import type { SearchIndex, Standby } from '../../search/search-index.js';
import type { Evidence } from '../contract/check.js';
import type { FactDetail, LibraryQuery, LibraryResult } from '../contract/library.js';
import type { Database } from '../database/database.js';
import { AppError } from '../errors.js';
import type { Actor } from '../sessions/actor.js';
import type { Audiences } from './audiences.service.js';
import { findFacts, findPlaces, wasFact } from './library.repository.js';
import { noticeOf } from './standby.policy.js';

/** Verified facts for everyone who may see them. */
export interface LibraryService {
  /** Finds by words; without words, newest first. What the index says is checked against the database again. */
  search(actor: Actor, query: LibraryQuery): Promise<LibraryResult>;
  /** One live fact; one that was corrected or voided is `gone`, not unknown. */
  read(actor: Actor, id: string): Promise<FactDetail>;
}

export interface LibraryDependencies {
  db: Database;
  index: Pick<SearchIndex, 'search' | 'health'>;
  audiences: Audiences;
  standby(): Standby;
  /** The sources a version stands on. */
  evidenceOf(db: Database, versionId: string, options: { withFiles: boolean }): Promise<Evidence[]>;
}

const goneFact = {
  hi: 'यह तथ्य अब मान्य नहीं है: इसे सुधारा गया या निरस्त किया गया। इसे आगे न भेजें।',
  en: 'This fact no longer stands: it was corrected or voided. Do not pass it on.',
};

export function createLibraryService({
  db,
  index,
  audiences,
  standby,
  evidenceOf,
}: LibraryDependencies): LibraryService {
  return {
    async search(actor, { q = '', offset = 0, limit = 20, ...filters }) {
      const { verdict = [], topic = [], language = [], place = [], media = [], from, to } = filters;
      const viewer = await audiences.of(actor);
      const { hits, total, facets } = await index.search({
        text: q,
        audience: viewer,
        kinds: ['fact'],
        verdicts: verdict,
        topics: topic,
        languages: language,
        places: place,
        mediaKinds: media,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        offset,
        limit,
      });
      // "Nothing found" would be a lie while the index is still being filled.
      if (total === 0 && !(await index.health()).ready) throw new AppError('unavailable');
      const facts = await findFacts(
        db,
        viewer,
        hits.map(({ objectId }) => objectId),
      );
      const byId = new Map(facts.map((fact) => [fact.id, fact]));
      const items = hits.flatMap(({ objectId, matched }) => {
        const fact = byId.get(objectId);
        return fact === undefined ? [] : [{ fact, matched }];
      });
      return {
        items,
        total: Math.max(total - (hits.length - items.length), items.length),
        facets: {
          verdicts: facets.verdicts,
          topics: facets.topics,
          languages: facets.languages,
          mediaKinds: facets.mediaKinds,
          places: await findPlaces(db, facets.places, viewer.desk ? place : []),
        },
        ...noticeOf(standby()),
      };
    },

    async read(actor, id) {
      const viewer = await audiences.of(actor);
      const [fact] = await findFacts(db, viewer, [id]);
      if (fact === undefined) {
        throw (await wasFact(db, viewer, id))
          ? new AppError('gone', { messages: goneFact })
          : new AppError('not_found');
      }
      // Captured copies are the desk's own material.
      return { ...fact, evidence: await evidenceOf(db, id, { withFiles: viewer.desk }) };
    },
  };
}
