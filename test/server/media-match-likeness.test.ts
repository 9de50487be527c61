import { describe, expect, it } from 'vitest';
import { likePicture, likeSound } from '../../server/media-matches/likeness.policy.js';

const whole: [number, number, number, number] = [0, 0, 1, 1];
const row = { askedPart: whole, foundPart: whole, mirrored: false };
const exact = { covered: 1, alike: 1, against: 0, worst: 0.9, letters: false };

describe('two pictures laid over each other', () => {
  it('of letters are the same only when no single place differs, and of one layout when a word does', () => {
    const letters = { ...exact, letters: true };
    expect(likePicture(row, letters)).toMatchObject({ band: 'same', likeness: 'same_picture' });
    expect(likePicture(row, { ...letters, worst: 0.7 })).toMatchObject({ band: 'likely' });
    // Two cards that differ in a number came as near as this.
    expect(likePicture(row, { ...letters, worst: 0.79 })).toMatchObject({ band: 'likely' });
    expect(likePicture(row, { ...letters, worst: 0.2 })).toMatchObject({
      band: 'related',
      likeness: 'same_layout',
    });
  });

  it('of things seen may differ in a place: so little of them is kept', () => {
    expect(likePicture(row, { ...exact, worst: 0.2 })).toMatchObject({ band: 'same' });
    expect(likePicture(row, { ...exact, against: 0.02 })).toMatchObject({ band: 'likely' });
    expect(likePicture(row, { ...exact, against: 0.2 })).toMatchObject({ band: 'related' });
  });

  it('that hardly overlap or hardly agree are not alike', () => {
    expect(likePicture(row, { ...exact, covered: 0.3 })).toBeNull();
    expect(likePicture(row, { ...exact, alike: 0.4 })).toBeNull();
  });
});

describe('two sounds laid over each other', () => {
  it('are the same when nearly all of the asked one is heard with few wrong bits', () => {
    expect(likeSound({ errorRate: 0.12, seconds: 5, fromMs: 700 }, 5)).toEqual({
      ...{ band: 'same', likeness: 'same_sound', fromMs: 700 },
    });
    expect(likeSound({ errorRate: 0.12, seconds: 9, fromMs: 0 }, 60)).toMatchObject({ band: 'likely' });
    expect(likeSound({ errorRate: 0.12, seconds: 4, fromMs: 0 }, 60)).toMatchObject({ band: 'related' });
  });

  it('are offered as no more than related when they agree as strangers who hum alike do, unless for long', () => {
    expect(likeSound({ errorRate: 0.21, seconds: 6.4, fromMs: 0 }, 8)).toMatchObject({ band: 'related' });
    expect(likeSound({ errorRate: 0.2, seconds: 19, fromMs: 0 }, 27)).toMatchObject({ band: 'same' });
    expect(likeSound({ errorRate: 0.3, seconds: 19, fromMs: 0 }, 27)).toBeNull();
  });
});
