import { describe, expect, it } from 'vitest';
import { addressOf } from '../../ui/api/client.js';
import { fieldName, problemOf } from '../../ui/api/problem.js';
import { createFormat } from '../../ui/i18n/format.js';
import { fill } from '../../ui/i18n/message.js';
import { fromMark, markWords } from '../../ui/parts/highlight.js';
import { hiddenPassage } from '../../ui/screens/library/words.js';

const marked = (text: string, words: string[]) =>
  markWords(text, words)
    .filter((piece) => piece.marked)
    .map((piece) => piece.text);

describe('sentences', () => {
  const message = { one: '{count} तथ्य मिला', other: '{count} तथ्य मिले' };

  it('take the plural form of their language and its grouping of digits', () => {
    expect(fill(message, { count: 1 }, 'hi')).toBe('1 तथ्य मिला');
    expect(fill(message, { count: 123456 }, 'hi')).toBe('1,23,456 तथ्य मिले');
    expect(fill({ one: '{count} fact', other: '{count} facts' }, { count: 0 }, 'en')).toBe('0 facts');
  });

  it('keep a place that got no value, so that the fault is seen', () => {
    expect(fill('{who} ने', {}, 'hi')).toBe('{who} ने');
  });
});

describe('days, times and sizes', () => {
  const hi = createFormat('hi');
  const en = createFormat('en');

  it('are those of India, in words of the language', () => {
    expect(hi.dateTime('2026-11-22T10:37:00Z')).toBe('22 नवंबर 2026, शाम 4:07');
    expect(en.dateTime('2026-11-22T10:37:00Z')).toBe('22 Nov 2026, 4:07 pm');
    expect(hi.date('2026-11-30T20:00:00Z')).toBe('1 दिसंबर 2026');
  });

  it('say how long ago something was', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    expect(hi.relative('2026-11-22T09:48:00Z', now)).toBe('12 मिनट पहले');
    expect(hi.relative('2026-11-22T09:59:50Z', now)).toBe('अभी');
    expect(en.relative('2026-11-22T12:00:00Z', now)).toBe('in 2 hours');
  });

  it('write sizes and lengths for people', () => {
    expect(hi.bytes(950)).toBe('950 बाइट');
    expect(hi.bytes(482_133)).toBe('482 केबी');
    expect(en.bytes(15_960_000)).toBe('16 MB');
    expect(en.bytes(1_260_000)).toBe('1.3 MB');
    expect(en.duration(61_400)).toBe('1:01');
  });
});

describe('highlighting', () => {
  it('marks whole words in the script they are written in', () => {
    expect(marked('School fees 300% badh gayi', ['Fees', 'badh'])).toEqual(['fees', 'badh']);
    expect(marked('बाँध की दीवार टूट गई?', ['बांध'])).toEqual(['बाँध']);
    expect(marked('ज़िला अस्पताल', ['जिला'])).toEqual(['ज़िला']);
  });

  it('marks inflected forms of a longer word but no chance beginnings of a short one', () => {
    expect(marked('सड़कों की लंबाई', ['सड़क'])).toEqual(['सड़कों']);
    expect(marked('काम के नाम', ['का'])).toEqual([]);
  });

  it('gives back every letter of the text', () => {
    const text = '“क्या” जयपुर—के बाँध?\nहाँ!';
    expect(
      markWords(text, ['जयपुर'])
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});

describe('requests', () => {
  it('fill parameters and leave out what is not asked', () => {
    expect(addressOf('inbox.file', { id: 'a/b', fileId: 'c' })).toBe('/api/inbox/a%2Fb/files/c');
    expect(addressOf('library.search', {}, { q: 'बाँध', verdict: undefined, offset: 0 })).toBe(
      '/api/library?q=%E0%A4%AC%E0%A4%BE%E0%A4%81%E0%A4%A7&offset=0',
    );
  });

  it('find the field a refusal speaks of, however its path is written', () => {
    expect(fieldName('/texts/hi/title')).toBe('texts.hi.title');
    const body = {
      code: 'invalid_input',
      details: { hi: 'ठीक करें', en: 'Correct it' },
      errors: [{ field: '/login', message: 'x' }],
    };
    const problem = problemOf(400, JSON.stringify(body));
    expect(problem.errors).toEqual([{ field: 'login', message: 'x' }]);
    expect(problem.mayPass).toBe(false);
  });

  it('explain an answer that is no problem body in both languages', () => {
    const problem = problemOf(502, '<html>Bad gateway</html>');
    expect(problem.code).toBe('unreadable_answer');
    expect(problem.details.hi).toMatch(/[\u0900-\u097f]/);
    expect(problem.mayPass).toBe(true);
  });
});

describe('what a list shows of a found text', () => {
  const long = 'जल संसाधन मंडल के आज के प्रतिवेदन में बाँध का जलस्तर सामान्य है और कोई रिसाव दर्ज नहीं है, यह वायरल नहीं।';

  it('begins a little before the first marked word when that stands far within it', () => {
    expect(fromMark(long, ['वायरल'])).toBe('… कोई रिसाव दर्ज नहीं है, यह वायरल नहीं।');
    expect(fromMark(long, ['मंडल'])).toBe(long);
    expect(fromMark(long, ['तूफ़ान'])).toBeNull();
  });

  it('is a passage of what it hides, when nothing shown has the words', () => {
    const text = (headline: string, summary: string) => ({ headline, summary, correctionNote: null });
    const texts = {
      hi: text('बाँध सुरक्षित है', 'तस्वीर पुरानी है।'),
      en: text('The dam is safe', 'An old photo.'),
    };
    const claim = { text: 'बाँध टूट गया', language: 'hi' as const, seen: 1 };
    const passage = (matched: string[]) => hiddenPassage({ texts, claim }, { matched, language: 'hi' });
    expect(passage(['तस्वीर'])).toEqual({ text: 'तस्वीर पुरानी है।', language: 'hi' });
    expect(passage(['safe'])).toEqual({ text: 'The dam is safe', language: 'en' });
    expect(passage(['photo'])).toEqual({ text: 'An old photo.', language: 'en' });
    expect(passage(['टूट', 'photo'])).toBeNull();
    expect(passage([])).toBeNull();
  });
});
