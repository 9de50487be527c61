import { describe, expect, it } from 'vitest';
import { memo } from '../../search/analyser/memo.js';

describe('a memo', () => {
  it('makes what it was asked for again only once, and keeps that through any number of others', () => {
    const made: string[] = [];
    const lengthOf = memo((word) => {
      made.push(word);
      return word.length;
    }, 8);
    for (let at = 0; at < 100; at += 1) {
      expect(lengthOf('often')).toBe(5);
      expect(lengthOf(`once ${at}`)).toBe(`once ${at}`.length);
    }
    expect(made.filter((word) => word === 'often')).toHaveLength(1);
    expect(made).toHaveLength(101);
  });

  it('forgets what nobody asks for', () => {
    let made = 0;
    const lengthOf = memo((word) => {
      made += 1;
      return word.length;
    }, 8);
    lengthOf('once');
    for (let at = 0; at < 20; at += 1) lengthOf(String(at));
    lengthOf('once');
    expect(made).toBe(22);
  });
});
