import type { Fact } from '../../../server/contract/library.js';
import {
  type CaptionPlatform,
  captionPlatforms,
  type Language,
  languages,
  type PackChangeKind,
} from '../../../server/contract/lists.js';
import type {
  Caption,
  PackEdit,
  PackFact,
  PackRendition,
  PackVersion,
} from '../../../server/contract/pack.js';

export type DraftFact = Pick<PackFact, 'id' | 'state' | 'verdict' | 'texts'>;
export type DraftRendition = Pick<
  PackRendition,
  'id' | 'format' | 'mime' | 'size' | 'durationMs' | 'url' | 'previewUrl' | 'texts' | 'creativeId'
>;
type Words = Readonly<Record<Language, string>>;

/** A draft as it is typed: everything present, however empty. */
export interface Draft {
  titles: Words;
  slips: Words;
  captions: readonly Caption[];
  points: Readonly<Record<Language, readonly string[]>>;
  facts: readonly DraftFact[];
  renditions: readonly DraftRendition[];
  /** As `datetime-local` has it, in India's time; empty for none. */
  expires: string;
  changeKind: PackChangeKind | null;
  changeNote: string;
}

export type DraftPart =
  | 'words'
  | 'slip'
  | 'captions'
  | 'points'
  | 'factsTitle'
  | 'renditions'
  | 'expiry'
  | 'changeNote';

const indiaMs = 5.5 * 3_600_000;

export function toLocal(moment: string | null): string {
  return moment === null ? '' : new Date(new Date(moment).getTime() + indiaMs).toISOString().slice(0, 16);
}

/** What the field holds, as a moment; null for an empty field. */
export function toMoment(local: string): string | null {
  return local === '' ? null : new Date(`${local.slice(0, 16)}:00+05:30`).toISOString();
}

export function draftOf(version: PackVersion): Draft {
  const { texts, talkingPoints } = version;
  return {
    titles: { hi: texts.hi?.title ?? '', en: texts.en?.title ?? '' },
    slips: { hi: texts.hi?.sourcesSlip ?? '', en: texts.en?.sourcesSlip ?? '' },
    captions: version.captions,
    points: { hi: talkingPoints.hi ?? [], en: talkingPoints.en ?? [] },
    facts: version.facts,
    renditions: version.renditions,
    expires: toLocal(version.expiresAt),
    changeKind: version.changeKind,
    changeNote: version.changeNote ?? '',
  };
}

export function draftFact({ id, verdict, texts }: Fact): DraftFact {
  return { id, state: 'verified', verdict, texts };
}

const filled = (text: string) => text.trim() !== '';

/** A language with a slip needs a title, and one language must have one. */
export function titlesMissing({ titles, slips }: Draft): boolean {
  return (
    languages.every((language) => !filled(titles[language])) ||
    languages.some((language) => filled(slips[language]) && !filled(titles[language]))
  );
}

function captionsOf({ captions }: Draft): Caption[] {
  const at = ({ platform, language }: Caption) =>
    `${captionPlatforms.indexOf(platform)} ${languages.indexOf(language)}`;
  return captions
    .filter(({ text }) => filled(text))
    .map(({ language, platform, text }) => ({ language, platform, text }))
    .sort((one, other) => at(one).localeCompare(at(other)));
}

/** What is sent: the whole content, without what is empty. */
export function editOf(draft: Draft): PackEdit {
  const said = languages.filter((language) => filled(draft.titles[language]));
  const spoken = languages.filter((language) => draft.points[language].some(filled));
  return {
    texts: Object.fromEntries(
      said.map((language) => [
        language,
        { title: draft.titles[language].trim(), sourcesSlip: draft.slips[language].trim() },
      ]),
    ),
    captions: captionsOf(draft),
    talkingPoints: Object.fromEntries(
      spoken.map((language) => [
        language,
        draft.points[language].filter(filled).map((point) => point.trim()),
      ]),
    ),
    factIds: draft.facts.map(({ id }) => id),
    renditionIds: draft.renditions.map(({ id }) => id),
    expiresAt: toMoment(draft.expires),
    ...(draft.changeKind
      ? { changeKind: draft.changeKind, changeNote: draft.changeNote.trim() || null }
      : {}),
  };
}

const partsOf: Readonly<Record<keyof PackEdit, readonly DraftPart[]>> = {
  texts: ['words', 'slip'],
  captions: ['captions'],
  talkingPoints: ['points'],
  factIds: ['factsTitle'],
  renditionIds: ['renditions'],
  expiresAt: ['expiry'],
  changeKind: ['changeNote'],
  changeNote: ['changeNote'],
};

/** Parts in which two drafts would be saved differently. */
export function differingParts(one: Draft, other: Draft): DraftPart[] {
  const mine = editOf(one);
  const theirs = editOf(other);
  // The keys of an edit are exactly those of the table above.
  const keys = Object.keys(partsOf) as (keyof PackEdit)[];
  const parts = keys.filter((key) => JSON.stringify(mine[key]) !== JSON.stringify(theirs[key]));
  return [...new Set(parts.flatMap((key) => partsOf[key]))];
}

/** What was typed over an old version, put on a newer one: a part only they changed is theirs, any other is mine. */
export function mergedDraft({
  base,
  mine,
  theirs,
}: Readonly<Record<'base' | 'mine' | 'theirs', Draft>>): Draft {
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const pick = <K extends keyof Draft>(key: K): Draft[K] =>
    same(mine[key], base[key]) ? theirs[key] : mine[key];
  return {
    titles: pick('titles'),
    slips: pick('slips'),
    captions: pick('captions'),
    points: pick('points'),
    facts: pick('facts'),
    renditions: pick('renditions'),
    expires: pick('expires'),
    changeKind: pick('changeKind'),
    changeNote: pick('changeNote'),
  };
}

export function captionFor(draft: Draft, platform: CaptionPlatform, language: Language): string {
  return (
    draft.captions.find((caption) => caption.platform === platform && caption.language === language)?.text ??
    ''
  );
}

export function withCaption(draft: Draft, caption: Caption): Draft {
  const others = draft.captions.filter(
    ({ platform, language }) => platform !== caption.platform || language !== caption.language,
  );
  return { ...draft, captions: [...others, caption] };
}

/** The list with one entry a place up (-1) or down (1). */
export function moved<T>(list: readonly T[], index: number, step: -1 | 1): readonly T[] {
  const next = [...list];
  const entry = next[index];
  const other = next[index + step];
  if (entry === undefined || other === undefined) return list;
  next[index] = other;
  next[index + step] = entry;
  return next;
}
