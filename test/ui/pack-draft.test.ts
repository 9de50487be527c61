import { describe, expect, it } from 'vitest';
import {
  type Draft,
  differingParts,
  editOf,
  mergedDraft,
  moved,
  titlesMissing,
  toLocal,
  toMoment,
  withCaption,
} from '../../ui/screens/packs/draft.js';

const empty: Draft = {
  titles: { hi: '', en: '' },
  slips: { hi: '', en: '' },
  captions: [],
  points: { hi: [], en: [] },
  facts: [],
  renditions: [],
  expires: '',
  changeKind: null,
  changeNote: '',
};
const draft: Draft = { ...empty, titles: { hi: 'बाँध सुरक्षित है', en: '' } };

describe('a pack being written', () => {
  it('sends no language, caption or point that is empty', () => {
    const edit = editOf({
      ...draft,
      captions: [
        { language: 'hi', platform: 'x', text: '  ' },
        { language: 'hi', platform: 'whatsapp', text: 'एक' },
      ],
      points: { hi: [' पहला ', ''], en: [''] },
    });
    expect(edit.texts).toEqual({ hi: { title: 'बाँध सुरक्षित है', sourcesSlip: '' } });
    expect(edit.captions).toEqual([{ language: 'hi', platform: 'whatsapp', text: 'एक' }]);
    expect(edit.talkingPoints).toEqual({ hi: ['पहला'] });
    expect(edit).not.toHaveProperty('changeKind');
  });

  it('needs a title, and one in every language that has a slip', () => {
    expect(titlesMissing(empty)).toBe(true);
    expect(titlesMissing(draft)).toBe(false);
    expect(titlesMissing({ ...draft, slips: { hi: '', en: 'Water Board' } })).toBe(true);
  });

  it('counts as changed only when it would be saved differently', () => {
    expect(differingParts(draft, { ...draft, points: { hi: [''], en: [] } })).toEqual([]);
    const more = withCaption(draft, { language: 'hi', platform: 'x', text: 'नया' });
    expect(differingParts(draft, { ...more, expires: '2026-12-01T18:00' })).toEqual(['captions', 'expiry']);
  });

  it('takes over what only the other person changed and keeps what was typed here', () => {
    const mine = { ...draft, titles: { hi: 'मेरा', en: '' } };
    const theirs = { ...draft, titles: { hi: 'उनका', en: '' }, points: { hi: ['उनका'], en: [] } };
    const merged = mergedDraft({ base: draft, mine, theirs });
    expect(merged.titles.hi).toBe('मेरा');
    expect(merged.points.hi).toEqual(['उनका']);
  });

  it('reads and writes times as clocks in India show them', () => {
    expect(toLocal('2026-12-01T12:30:00.000Z')).toBe('2026-12-01T18:00');
    expect(toMoment('2026-12-01T18:00')).toBe('2026-12-01T12:30:00.000Z');
    expect(toMoment('')).toBeNull();
  });

  it('moves an entry and leaves the ends where they are', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  });
});
