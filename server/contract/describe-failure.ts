import { type DetailUnit, type FailureDetails, failures } from './failures.js';
import type { FailureCode, Language } from './lists.js';

const unitWords: Readonly<Record<Language, Readonly<Record<'bytes' | 'milliseconds' | 'pixels', string>>>> = {
  hi: { bytes: 'एमबी', milliseconds: 'सेकंड', pixels: 'मेगापिक्सेल' },
  en: { bytes: 'MB', milliseconds: 's', pixels: 'megapixels' },
};
const unitScale = { bytes: 1_000_000, milliseconds: 1000, pixels: 1_000_000 } as const;

function writeDetail(value: number | string, unit: DetailUnit, language: Language): string {
  if (typeof value === 'string' || unit === 'text' || unit === 'count') return String(value);
  const scaled = value / unitScale[unit];
  return `${scaled >= 10 ? Math.round(scaled) : Math.round(scaled * 10) / 10} ${unitWords[language][unit]}`;
}

/** The sentence shown for a failure, with its details filled in. */
export function describeFailure({
  code,
  details,
  language,
}: {
  code: FailureCode;
  details: FailureDetails;
  language: Language;
}): { title: string; text: string } {
  const spec = failures[code];
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = details[name];
      return value === undefined ? '' : writeDetail(value, spec.details[name] ?? 'text', language);
    });
  const text = spec[language].text.replace(/\[([^\]]*)\]/g, (_, part: string) => {
    const names = [...part.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    return names.every((name) => details[name] !== undefined) ? part : '';
  });
  return { title: spec[language].title, text: fill(text) };
}

/** Title and sentence of a failure in both languages, as one text each. */
export function failureSentences({ code, details }: { code: FailureCode; details: FailureDetails }): {
  hi: string;
  en: string;
} {
  const hi = describeFailure({ code, details, language: 'hi' });
  const en = describeFailure({ code, details, language: 'en' });
  return { hi: `${hi.title}। ${hi.text}`, en: `${en.title}. ${en.text}` };
}
