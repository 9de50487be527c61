import { type Database, type DatabaseTransaction, transact } from '../database/database.js';
import {
  bySureness,
  type Like,
  likeFilm,
  likeMoment,
  likePicture,
  likeSound,
  type PictureLikeness,
  type SoundLikeness,
} from './likeness.policy.js';
import {
  beginLooking,
  type Edges,
  mostNear,
  type NearPicture,
  type NearSound,
  nearPictures,
  nearSounds,
  type PrintDetail,
  printDetails,
  soundWords,
} from './near-media.repository.js';

interface Part {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface ComparedPicture {
  fine: Uint8Array;
  inside: Part;
  part: Part;
}

/** Lays media over each other; the pipeline's own, given by the composition root. */
export interface MediaComparer {
  pictures(pair: { asked: ComparedPicture; found: ComparedPicture; mirrored: boolean }): PictureLikeness;
  sounds(asked: readonly number[], found: readonly number[], shift: number): SoundLikeness | null;
  /** How long a sound is of which so many words were made. */
  secondsOf(words: number): number;
}

/** A kept file that is like an asked print. */
export interface LikeMedia extends Like {
  askedId: string;
  fileSha256: string;
}

/** Finds kept files that are like the ones of these prints, the surest first, leaving out those of other prints. */
export type FindMedia = (printIds: readonly string[], without?: readonly string[]) => Promise<LikeMedia[]>;

/**
 * Laid over each other and looked at closely, 2 to 8 ms each: so many of the nearest of each asked print, and the next
 * so many while all of these were copies, for a picture that was sent forty times is kept forty times.
 */
const comparedAtOnce = 3;

const partOf = ([left, top, right, bottom]: Edges): Part => ({ left, top, right, bottom });

/** An asked print and one that it met. */
interface Met {
  askedId: string;
  foundId: string;
  pictures: NearPicture[];
  sounds: NearSound[];
  /** How many the asked print met before this one, of pictures or of sounds. */
  place: number;
}

/** Rows come nearest first. */
function allMet(pictures: readonly NearPicture[], sounds: readonly NearSound[]): Met[] {
  const met = new Map<string, Met>();
  const counts = new Map<string, number>();
  const of = (kind: 'pictures' | 'sounds', { askedId, foundId }: NearPicture | NearSound): Met => {
    const key = `${askedId} ${foundId}`;
    const one = met.get(key) ?? { askedId, foundId, pictures: [], sounds: [], place: mostNear };
    met.set(key, one);
    if (one[kind].length === 0) {
      const count = counts.get(`${kind} ${askedId}`) ?? 0;
      counts.set(`${kind} ${askedId}`, count + 1);
      one.place = Math.min(one.place, count);
    }
    return one;
  };
  for (const row of pictures) of('pictures', row).pictures.push(row);
  for (const row of sounds) of('sounds', row).sounds.push(row);
  return [...met.values()].filter(({ place }) => place < mostNear);
}

export function createFindMedia({ db, compare }: { db: Database; compare: MediaComparer }): FindMedia {
  function soundOf(rows: readonly NearSound[], words: ReadonlyMap<string, number[]>): Like | null {
    const likes = rows.slice(0, 3).flatMap(({ askedId, foundId, shift }) => {
      const [asked, found] = [words.get(askedId), words.get(foundId)];
      const met = asked && found ? compare.sounds(asked, found, shift) : null;
      const like = met && asked ? likeSound(met, compare.secondsOf(asked.length)) : null;
      return like ? [like] : [];
    });
    return likes.sort(bySureness)[0] ?? null;
  }

  function stillOf(row: NearPicture, asked: PrintDetail, found: PrintDetail): Like | null {
    if (!asked.fine || !asked.inside || !found.fine || !found.inside) return null;
    const { askedPart, foundPart, mirrored } = row;
    const likeness = compare.pictures({
      asked: { fine: asked.fine, inside: partOf(asked.inside), part: partOf(askedPart) },
      found: { fine: found.fine, inside: partOf(found.inside), part: partOf(foundPart) },
      mirrored,
    });
    return likePicture(row, likeness);
  }

  function pictureOf(
    rows: readonly NearPicture[],
    asked: PrintDetail,
    found: PrintDetail,
    sound: Like | null,
  ): Like | null {
    const [nearestRow] = rows;
    if (nearestRow === undefined) return sound;
    const { askedAt, foundAt } = nearestRow;
    if (askedAt === null && foundAt === null) return stillOf(nearestRow, asked, found);
    if (askedAt === null || foundAt === null) return likeMoment(nearestRow);
    const possible = Math.min(asked.asking, found.moments);
    return likeFilm(rows, possible, { asked: asked.hasSound, found: found.hasSound, like: sound });
  }

  async function likesOf(tx: DatabaseTransaction, all: readonly Met[]): Promise<LikeMedia[]> {
    if (all.length === 0) return [];
    const idsOf = (some: readonly Met[]) => [
      ...new Set(some.flatMap(({ askedId, foundId }) => [askedId, foundId])),
    ];
    const details = await printDetails(tx, idsOf(all));
    const words = await soundWords(tx, idsOf(all.filter(({ sounds }) => sounds.length > 0)));
    return all.flatMap(({ askedId, foundId, pictures, sounds }): LikeMedia[] => {
      const [asked, found] = [details.get(askedId), details.get(foundId)];
      if (!asked || !found || found.fileSha256 === null) return [];
      const like = pictureOf(pictures, asked, found, soundOf(sounds, words));
      return like ? [{ ...like, askedId, fileSha256: found.fileSha256 }] : [];
    });
  }

  return async (printIds, without = []) => {
    if (printIds.length === 0) return [];
    return transact(db, {}, async (tx) => {
      const { sounds } = await beginLooking(tx, printIds);
      const pictures = await nearPictures(tx, printIds, without);
      const met = allMet(pictures, sounds ? await nearSounds(tx, printIds, without) : []);
      const likes: LikeMedia[] = [];
      let going = new Set(printIds);
      for (let first = 0; first < mostNear && going.size > 0; first += comparedAtOnce) {
        const next = met.filter(
          ({ askedId, place }) => going.has(askedId) && place >= first && place < first + comparedAtOnce,
        );
        const found = await likesOf(tx, next);
        likes.push(...found);
        const copies = found.filter(({ band }) => band !== 'related');
        going = new Set(
          [...going].filter((id) => copies.filter(({ askedId }) => askedId === id).length >= comparedAtOnce),
        );
      }
      return likes.sort(bySureness);
    });
  };
}
