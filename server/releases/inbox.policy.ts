import type { Names } from '../contract/common.js';
import type { Language } from '../contract/lists.js';
import type { RecallNotice } from '../contract/release.js';
import { AppError, type Messages } from '../errors.js';
import type { ActingAppointment, Actor } from '../sessions/actor.js';
import { clockTime } from './releases.policy.js';

/** An appointment through which packs reach a member, with the end of the silence over its unit. */
export interface Post {
  unitId: string;
  /** The unit and all units above it, nearest first. */
  path: readonly string[];
  silentUntil: string | null;
}

export function inboxAppointments(actor: Actor): ActingAppointment[] {
  return actor.appointments.filter(({ capabilities }) => capabilities.includes('inbox.read'));
}

/** Every unit whose releases these posts see. */
export function unitsSeen(posts: readonly { path: readonly string[] }[]): string[] {
  return [...new Set(posts.flatMap(({ path }) => path))];
}

/** The end of the silence over all of a member's posts; null while any post is free. */
export function silenceOver(posts: readonly Post[]): string | null {
  const ends = posts.flatMap(({ silentUntil }) => (silentUntil === null ? [] : [silentUntil]));
  if (ends.length === 0 || ends.length < posts.length) return null;
  return ends.sort()[0] ?? null;
}

/** The unit a mark is written under: the post nearest to a unit the release went to. */
export function nearestPost(posts: readonly Post[], releasedTo: readonly string[]): Post | undefined {
  const far = (post: Post) => {
    const steps = post.path.findIndex((unitId) => releasedTo.includes(unitId));
    return steps < 0 ? Number.POSITIVE_INFINITY : steps;
  };
  return posts
    .filter((post) => far(post) !== Number.POSITIVE_INFINITY)
    .sort((one, other) => far(one) - far(other))[0];
}

export function nameIn(names: Names, language: Language): string {
  return names[language] ?? names.hi ?? names.en ?? '';
}

/** A recalled pack answers with its notice: the sentence says why, `current` carries the notice itself. */
export function recalledError(notice: RecallNotice): AppError {
  const messages: Messages = {
    hi: `यह पैक वापस ले लिया गया है। इसे आगे न भेजें और अपने फ़ोन से हटा दें। कारण: ${notice.reason}`,
    en: `This pack has been recalled. Do not pass it on, and delete it from your phone. Reason: ${notice.reason}`,
  };
  return new AppError('recalled', { messages, details: { current: notice } });
}

export function silentError(until: string, { timeZone }: { timeZone: string }): AppError {
  const end = (language: Language) => clockTime(until, { timeZone, language });
  const messages: Messages = {
    hi: `आपके क्षेत्र में मौन अवधि लागू है। पैक ${end('hi')} के बाद खुलेगा।`,
    en: `A silence period is in force in your area. The pack opens after ${end('en')}.`,
  };
  return new AppError('silence_window', { messages });
}

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'application/pdf': 'pdf',
};

/**
 * Names for a phone's share sheet: the pack's title and the format, cut to what file systems take (255 bytes, three
 * to a Hindi letter), with a number where two files would be called the same.
 */
export function shareNames(title: string, files: readonly { format: string; mime: string }[]): string[] {
  const used = new Map<string, number>();
  return files.map(({ format, mime }) => {
    const letters = new Intl.Segmenter('hi', { granularity: 'grapheme' });
    let stem = '';
    for (const { segment } of letters.segment(`${title.slice(0, 60)} – ${format}`)) {
      if (Buffer.byteLength(stem + segment) > 190) break;
      stem += segment;
    }
    stem = stem
      .replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[\s.]+|[\s.]+$/g, '');
    const ending = endings[mime] ?? mime.split('/')[1]?.replace(/[^a-z0-9]/g, '') ?? 'bin';
    const name = stem === '' ? 'file' : stem;
    const times = (used.get(`${name}.${ending}`) ?? 0) + 1;
    used.set(`${name}.${ending}`, times);
    return times === 1 ? `${name}.${ending}` : `${name} ${times}.${ending}`;
  });
}
