import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as lists from '../../server/contract/lists.js';
import { codes as english } from '../../ui/i18n/en/codes.js';
import { codes as hindi } from '../../ui/i18n/hi/codes.js';
import type { Area, Message } from '../../ui/i18n/message.js';

const folder = new URL('../../ui/i18n/', import.meta.url);
const files = (await readdir(new URL('hi/', folder))).filter((name) => name !== 'codes.ts').sort();

async function areaOf(language: 'hi' | 'en', file: string): Promise<Area> {
  const module: Record<string, Area> = await import(new URL(`${language}/${file}`, folder).href);
  const areas = Object.values(module);
  expect(areas, `${language}/${file} exports one area`).toHaveLength(1);
  return areas[0] ?? {};
}

const forms = (message: Message) => (typeof message === 'string' ? [message] : [message.one, message.other]);
const placesOf = (message: Message) =>
  [
    ...new Set(forms(message).flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map((found) => found[1]))),
  ].sort();

/** Technical names people in India read in Latin letters even on a Hindi page. */
const latinAllowed = /\b(URL)\b/g;
const withoutPlaces = (text: string) => text.replace(/\{\w+\}/g, '').replace(latinAllowed, '');

describe('texts of the interface', () => {
  it('every area exists in both languages', async () => {
    expect((await readdir(new URL('en/', folder))).sort()).toEqual([...files, 'codes.ts'].sort());
  });

  it.each(files)('%s says the same things with the same values in both languages', async (file) => {
    const [hi, en] = await Promise.all([areaOf('hi', file), areaOf('en', file)]);
    expect(Object.keys(en).sort()).toEqual(Object.keys(hi).sort());
    for (const [key, message] of Object.entries(hi)) {
      expect(placesOf(en[key] ?? ''), key).toEqual(placesOf(message));
    }
  });

  it.each(files)('%s leaves nothing empty, unfilled or in Latin letters on a Hindi screen', async (file) => {
    const [hi, en] = await Promise.all([areaOf('hi', file), areaOf('en', file)]);
    for (const [key, message] of Object.entries(hi)) {
      for (const form of forms(message)) {
        expect(form.trim(), key).not.toBe('');
        expect(withoutPlaces(form), key).not.toMatch(/[A-Za-z]/);
      }
    }
    for (const [key, message] of Object.entries(en)) {
      for (const form of forms(message)) {
        expect(form.trim(), key).not.toBe('');
        expect(form, key).not.toMatch(/[\u0900-\u097f]/);
      }
    }
  });

  it('every code of every closed list has a label of its own in both languages', () => {
    const expected: Readonly<Record<string, readonly string[]>> = {
      verdict: lists.verdictCodes,
      verdictHint: lists.verdictCodes,
      authenticity: lists.authenticityCodes,
      claimState: lists.claimStates,
      checkState: lists.checkStates,
      packState: lists.packStates,
      renditionState: lists.renditionStates,
      inspectionState: lists.inspectionStates,
      jobState: lists.jobStates,
      role: lists.roles,
      profile: lists.organisationProfiles,
      claimKind: lists.claimKinds,
      claimantKind: lists.claimantKinds,
      channel: lists.channels,
      claimLanguage: lists.claimLanguages,
      tier: lists.sourceTiers,
      tierHint: lists.sourceTiers,
      stance: lists.stances,
      mediaKind: lists.mediaKinds,
      origin: lists.creativeOrigins,
      aiDeclaration: lists.aiDeclarations,
      framing: lists.framings,
      platform: lists.platforms,
      packChangeKind: lists.packChangeKinds,
      receiptMark: lists.receiptMarks,
      eventKind: lists.eventKinds,
      clusterAct: lists.clusterActs,
      lane: lists.lanes,
      matchBand: ['same', 'likely', 'related'],
    };
    for (const labels of [hindi, english]) {
      expect(Object.keys(labels).sort()).toEqual(Object.keys(expected).sort());
      for (const [list, byCode] of Object.entries(labels)) {
        expect(Object.keys(byCode).sort(), list).toEqual([...(expected[list] ?? [])].sort());
        const words = Object.values(byCode);
        expect(new Set(words).size, list).toBe(words.length);
        const script = labels === hindi ? /^[^A-Za-z]+$/ : /^[^\u0900-\u097f]+$/;
        for (const word of words) expect(word, list).toMatch(script);
      }
    }
  });
});
