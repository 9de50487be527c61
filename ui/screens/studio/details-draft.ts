import type { Creative, CreativeEdit } from '../../../server/contract/creative.js';
import { languages } from '../../../server/contract/lists.js';
import type { Declaration } from './declaration.js';

interface Words {
  title: string;
  altText: string;
}

/** What the form of a creative's details holds. */
export interface Details extends Declaration {
  hi: Words;
  en: Words;
}

export type DetailField = 'hi.title' | 'hi.altText' | 'en.title' | 'en.altText' | keyof Declaration;

export function detailsOf({ texts, aiDeclaration, aiTool, rights, credit }: Creative): Details {
  const none: Words = { title: '', altText: '' };
  return {
    hi: { ...none, ...texts.hi },
    en: { ...none, ...texts.en },
    aiDeclaration,
    aiTool: aiTool ?? '',
    rights,
    credit,
  };
}

function flat(details: Details): Readonly<Record<DetailField, string>> {
  const { hi, en, aiDeclaration, aiTool, rights, credit } = details;
  return {
    'hi.title': hi.title,
    'hi.altText': hi.altText,
    'en.title': en.title,
    'en.altText': en.altText,
    aiDeclaration: aiDeclaration ?? '',
    aiTool,
    rights,
    credit,
  };
}

export const detailFields = [
  'hi.title',
  'hi.altText',
  'en.title',
  'en.altText',
  'aiDeclaration',
  'aiTool',
  'rights',
  'credit',
] as const satisfies readonly DetailField[];

/** The fields in which two differ, with the value of the second. */
export function differences(one: Details, other: Details): { field: DetailField; value: string }[] {
  const [before, after] = [flat(one), flat(other)];
  return detailFields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, value: after[field] }));
}

/** What was typed, on top of what is saved by now: untouched fields follow the saved ones. */
export function merged(base: Details, draft: Details, saved: Details): Details {
  const touched = new Set(differences(base, draft).map(({ field }) => field));
  const from = (field: DetailField) => (touched.has(field) ? draft : saved);
  return {
    hi: { title: from('hi.title').hi.title, altText: from('hi.altText').hi.altText },
    en: { title: from('en.title').en.title, altText: from('en.altText').en.altText },
    aiDeclaration: from('aiDeclaration').aiDeclaration,
    aiTool: from('aiTool').aiTool,
    rights: from('rights').rights,
    credit: from('credit').credit,
  };
}

/** Fields that were typed in here and saved differently by someone else since, with what is saved. */
export function clashes(base: Details, draft: Details, saved: Details) {
  const touched = new Set(differences(base, draft).map(({ field }) => field));
  const apart = new Set(differences(saved, draft).map(({ field }) => field));
  return differences(base, saved).filter(({ field }) => touched.has(field) && apart.has(field));
}

/** Only what differs from what is saved goes out. */
export function editOf(saved: Details, draft: Details): CreativeEdit {
  const changed = new Set(differences(saved, draft).map(({ field }) => field));
  const edit: CreativeEdit = {};
  for (const language of languages) {
    if (!changed.has(`${language}.title`) && !changed.has(`${language}.altText`)) continue;
    const { title, altText } = draft[language];
    edit.texts = { ...edit.texts, [language]: { title: title.trim(), altText: altText.trim() } };
  }
  if (changed.has('rights')) edit.rights = draft.rights.trim();
  if (changed.has('credit')) edit.credit = draft.credit.trim();
  if (draft.aiDeclaration !== null && changed.has('aiDeclaration')) edit.aiDeclaration = draft.aiDeclaration;
  if (changed.has('aiTool') || changed.has('aiDeclaration')) {
    const tool = draft.aiDeclaration === 'none' ? '' : draft.aiTool.trim();
    edit.aiTool = tool === '' ? null : tool;
  }
  return edit;
}
