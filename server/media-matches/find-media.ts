import { type Database, transact } from '../database/database.js';
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
  type Edges,
  type NearPicture,
  type NearSound,
  nearPictures,
  nearSounds,
  type PrintDetail,
  printDetails,
  soundWords,
  withoutCompiling,
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

/** Finds kept files that are like the ones of these prints, the surest first. */
export type FindMedia = (printIds: readonly string[]) => Promise<LikeMedia[]>;

/** Laid over each other and looked at closely, 3 to 10 ms each: the nearest of each asked print. */
const mostCompared = 3;

const partOf = ([left, top, right, bottom]: Edges): Part => ({ left, top, right, bottom });

function grouped<T extends { askedId: string; foundId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = `${row.askedId} ${row.foundId}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** The first few of what each asked print met; rows come nearest first. */
function nearest<T extends { askedId: string; foundId: string }>(rows: readonly T[]): T[][] {
  const taken = new Map<string, number>();
  return [...grouped(rows).values()].filter(([first]) => {
    if (first === undefined) return false;
    const count = (taken.get(first.askedId) ?? 0) + 1;
    taken.set(first.askedId, count);
    return count <= mostCompared;
  });
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
    const possible = Math.min(asked.moments, found.moments);
    return likeFilm(rows, possible, { asked: asked.hasSound, found: found.hasSound, like: sound });
  }

  return async (printIds) => {
    if (printIds.length === 0) return [];
    return transact(db, {}, async (tx) => {
      await withoutCompiling(tx);
      const pictures = nearest(await nearPictures(tx, printIds));
      const sounds = nearest(await nearSounds(tx, printIds));
      const pairs = new Map<string, { pictures: NearPicture[]; sounds: NearSound[] }>();
      const pairOf = (row: { askedId: string; foundId: string } | undefined) => {
        const key = row ? `${row.askedId} ${row.foundId}` : '';
        const pair = pairs.get(key) ?? { pictures: [], sounds: [] };
        pairs.set(key, pair);
        return pair;
      };
      for (const rows of pictures) pairOf(rows[0]).pictures = rows;
      for (const rows of sounds) pairOf(rows[0]).sounds = rows;
      if (pairs.size === 0) return [];
      const ids = [...new Set([...pairs.keys()].flatMap((key) => key.split(' ')))];
      const details = await printDetails(tx, ids);
      const heard = sounds.flatMap(([row]) => (row ? [row.askedId, row.foundId] : []));
      const words = await soundWords(tx, [...new Set(heard)]);
      const found = [...pairs].flatMap(([key, pair]): LikeMedia[] => {
        const [askedId = '', foundId = ''] = key.split(' ');
        const [asked, other] = [details.get(askedId), details.get(foundId)];
        if (!asked || !other || other.fileSha256 === null) return [];
        const like = pictureOf(pair.pictures, asked, other, soundOf(pair.sounds, words));
        return like ? [{ ...like, askedId, fileSha256: other.fileSha256 }] : [];
      });
      return found.sort(bySureness);
    });
  };
}
