import { describe, expect, it } from 'vitest';
import {
  changedFields,
  type Draft,
  editOf,
  fieldKeys,
  isHalf,
  rebase,
} from '../../ui/screens/check/draft.js';
import { readinessOf, sourceNeeds } from '../../ui/screens/check/meter.js';
import { wordDiff } from '../../ui/screens/check/word-diff.js';
import { guessLanguage } from '../../ui/screens/desk/guess-language.js';

// Built from every key, as a stored version gives them.
const blank = Object.fromEntries(fieldKeys.map((key) => [key, ''])) as Draft;
const stored: Draft = { ...blank, asOf: '2026-11-01', 'hi.headline': 'पुल खुला है', 'hi.summary': 'देखा गया।' };

describe('saving a draft', () => {
  it('sends only what changed, and a text as a whole', () => {
    const mine = { ...stored, verdict: 'false', 'hi.summary': 'दो बार देखा गया।' };
    expect(editOf(stored, mine)).toEqual({
      body: {
        verdict: 'false',
        texts: { hi: { headline: 'पुल खुला है', summary: 'दो बार देखा गया।', correctionNote: null } },
      },
      waiting: [],
    });
  });

  it('takes no space at the end for a change, so that nobody loses it while typing', () => {
    expect(changedFields(stored, { ...stored, 'hi.headline': 'पुल खुला है ' })).toEqual([]);
  });

  it('lets a half-written language, a short exception and impossible dates wait', () => {
    const mine = { ...stored, 'en.headline': 'Open', sourceException: 'short', reviewBy: '2026-10-01' };
    const { body, waiting } = editOf(stored, mine);
    expect(body).toEqual({});
    expect(waiting).toEqual(['reviewBy', 'sourceException', 'en.headline']);
    expect(isHalf(mine, 'en')).toBe(true);
    expect(isHalf(mine, 'hi')).toBe(false);
  });

  it('brings in what others changed and asks only where both changed the same', () => {
    const mine = { ...stored, verdict: 'false', 'hi.headline': 'मेरा' };
    const theirs = { ...stored, 'hi.headline': 'उनका', 'hi.summary': 'नया सार' };
    const { mine: merged, conflicts } = rebase(stored, mine, theirs);
    expect(conflicts).toEqual(['hi.headline']);
    expect(merged).toMatchObject({ verdict: 'false', 'hi.headline': 'मेरा', 'hi.summary': 'नया सार' });
  });

  it('sees no conflict when both wrote the same', () => {
    expect(rebase(stored, { ...stored, verdict: 'true' }, { ...stored, verdict: 'true' }).conflicts).toEqual(
      [],
    );
  });
});

describe('readiness', () => {
  const official = { url: null, publisher: 'Water Board', tier: 'official' as const };

  it('counts a source once per address, or per publisher without one', () => {
    expect(sourceNeeds([])).toEqual(['two', 'strong']);
    expect(sourceNeeds([official, { ...official, publisher: 'WATER BOARD' }])).toEqual(['two']);
    expect(sourceNeeds([official, { ...official, publisher: 'Paper', tier: 'press' }])).toEqual([]);
  });

  it('lets a written exception stand in for sources but for nothing else', () => {
    const excepted = { ...stored, sourceException: 'विभाग का आदेश अभी नहीं आया' };
    expect(readinessOf(excepted, [])).toEqual({ needs: ['verdict'], byException: true, ready: false });
    expect(readinessOf({ ...excepted, verdict: 'false' }, []).ready).toBe(true);
    expect(readinessOf({ ...stored, verdict: 'false' }, []).needs).toEqual(['two', 'strong']);
  });
});

describe('difference of words', () => {
  it('marks what went and what came, and keeps the rest', () => {
    expect(wordDiff('पुल आज खुला है', 'पुल कल खुला था')).toEqual([
      { kind: 'same', text: 'पुल ' },
      { kind: 'deleted', text: 'आज' },
      { kind: 'added', text: 'कल' },
      { kind: 'same', text: ' खुला ' },
      { kind: 'deleted', text: 'है' },
      { kind: 'added', text: 'था' },
    ]);
  });

  it('gives both texts back, whatever they are', () => {
    const [before, after] = ['a b  c\nd e', 'b c d\n\nf e a'];
    const pieces = wordDiff(before, after);
    const text = (without: string) =>
      pieces
        .filter(({ kind }) => kind !== without)
        .map((piece) => piece.text)
        .join('');
    expect(text('added')).toBe(before);
    expect(text('deleted')).toBe(after);
    expect(wordDiff('', '')).toEqual([]);
  });

  it('shows very long texts as replaced instead of filling the memory', () => {
    const long = 'शब्द '.repeat(3000);
    expect(wordDiff(long, `${long}x`)).toHaveLength(2);
  });
});

describe('the desk', () => {
  it('guesses the language of a claim from its script and small words', () => {
    expect(guessLanguage('नहर का पानी')).toBe('hi');
    expect(guessLanguage('Nahar ka paani kisi gaon tak nahi pahuncha')).toBe('hi-Latn');
    expect(guessLanguage('The canal has not reached the village')).toBe('en');
    expect(guessLanguage('ਨਹਿਰ ਦਾ ਪਾਣੀ')).toBe('pa');
    expect(guessLanguage('123')).toBeUndefined();
  });
});
