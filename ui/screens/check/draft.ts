import type { CheckEdit, CheckVersion } from '../../../server/contract/check.js';
import {
  type AuthenticityCode,
  authenticityCodes,
  type Language,
  languages,
  type VerdictCode,
  verdictCodes,
} from '../../../server/contract/lists.js';

const textFields = ['headline', 'summary', 'correctionNote'] as const;
export type TextFieldName = (typeof textFields)[number];
export type FieldKey =
  | 'verdict'
  | 'authenticity'
  | 'asOf'
  | 'reviewBy'
  | 'sourceException'
  | `${Language}.${TextFieldName}`;

/** Every editable field of a check as typed; empty text is nothing. */
export type Draft = Readonly<Record<FieldKey, string>>;

export const fieldKeys: readonly FieldKey[] = [
  'verdict',
  'authenticity',
  'asOf',
  'reviewBy',
  'sourceException',
  ...languages.flatMap((language) => textFields.map((name) => `${language}.${name}` as const)),
];

export function draftOf(version: CheckVersion): Draft {
  const { hi, en } = version.texts;
  return {
    verdict: version.verdict ?? '',
    authenticity: version.authenticity ?? '',
    asOf: version.asOf,
    reviewBy: version.reviewBy ?? '',
    sourceException: version.sourceException ?? '',
    'hi.headline': hi?.headline ?? '',
    'hi.summary': hi?.summary ?? '',
    'hi.correctionNote': hi?.correctionNote ?? '',
    'en.headline': en?.headline ?? '',
    'en.summary': en?.summary ?? '',
    'en.correctionNote': en?.correctionNote ?? '',
  };
}

export const verdictOf = (draft: Draft): VerdictCode | null =>
  verdictCodes.find((code) => code === draft.verdict) ?? null;
export const authenticityOf = (draft: Draft): AuthenticityCode | null =>
  authenticityCodes.find((code) => code === draft.authenticity) ?? null;

/** Spaces at the ends are no change: someone is about to go on typing. */
export function changedFields(base: Draft, mine: Draft): FieldKey[] {
  return fieldKeys.filter((key) => base[key].trim() !== mine[key].trim());
}

/** A language with only one of line and summary cannot be stored yet. */
export function isHalf(draft: Draft, language: Language): boolean {
  const filled = (name: TextFieldName) => draft[`${language}.${name}`].trim() !== '';
  if (filled('headline') && filled('summary')) return false;
  return filled('headline') || filled('summary') || filled('correctionNote');
}

const shortestException = 10;
export function exceptionTooShort(draft: Draft): boolean {
  const { length } = draft.sourceException.trim();
  return length > 0 && length < shortestException;
}

export function reviewByWrong({ asOf, reviewBy }: Draft): boolean {
  return reviewBy !== '' && asOf !== '' && reviewBy < asOf;
}

export interface Edit {
  body: CheckEdit;
  /** Changes that cannot be stored as they are; they wait on this device. */
  waiting: FieldKey[];
}

/** The part of the changes that can be stored now. */
export function editOf(base: Draft, mine: Draft): Edit {
  const changed = changedFields(base, mine);
  const waiting: FieldKey[] = [];
  const body: CheckEdit = {};
  if (changed.includes('verdict')) body.verdict = verdictOf(mine);
  if (changed.includes('authenticity')) body.authenticity = authenticityOf(mine);
  const dates = changed.filter((key) => key === 'asOf' || key === 'reviewBy');
  if (dates.length > 0) {
    if (mine.asOf === '' || reviewByWrong(mine)) waiting.push(...dates);
    else {
      body.asOf = mine.asOf;
      body.reviewBy = mine.reviewBy || null;
    }
  }
  if (changed.includes('sourceException')) {
    if (exceptionTooShort(mine)) waiting.push('sourceException');
    else body.sourceException = mine.sourceException.trim() || null;
  }
  for (const language of languages) {
    const own = changed.filter((key) => key.startsWith(`${language}.`));
    if (own.length === 0) continue;
    const headline = mine[`${language}.headline`].trim();
    const summary = mine[`${language}.summary`].trim();
    if (headline === '' || summary === '') {
      waiting.push(...own);
      continue;
    }
    const correctionNote = mine[`${language}.correctionNote`].trim() || null;
    body.texts = { ...body.texts, [language]: { headline, summary, correctionNote } };
  }
  return { body, waiting };
}

export interface Rebased {
  mine: Draft;
  /** Changed here and there, and not to the same: a person decides. */
  conflicts: FieldKey[];
}

/** Brings unsaved changes onto a newer state: untouched fields follow it, touched ones stay as typed. */
export function rebase(base: Draft, mine: Draft, theirs: Draft): Rebased {
  const touched = changedFields(base, mine);
  const merged = Object.fromEntries(
    fieldKeys.map((key) => [key, touched.includes(key) ? mine[key] : theirs[key]]),
  );
  const conflicts = touched.filter(
    (key) => base[key] !== theirs[key] && mine[key].trim() !== theirs[key].trim(),
  );
  // Built from every key just above.
  return { mine: merged as Draft, conflicts };
}
