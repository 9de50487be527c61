import type { Language } from '../../server/contract/lists.js';
import { localeOf } from './message.js';

/** Days and times are shown as people in India read them, wherever the device is. */
const timeZone = 'Asia/Kolkata';

const units = {
  hi: ['बाइट', 'केबी', 'एमबी', 'जीबी'],
  en: ['bytes', 'KB', 'MB', 'GB'],
} as const;

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

export interface Format {
  number(value: number): string;
  /** A share from 0 to 1. */
  percent(share: number): string;
  /** A moment (ISO) or a day (YYYY-MM-DD). */
  date(moment: string): string;
  time(moment: string): string;
  dateTime(moment: string): string;
  /** "12 minutes ago", "in 2 hours". */
  relative(moment: string, now?: number): string;
  bytes(size: number): string;
  /** Milliseconds as minutes and seconds. */
  duration(milliseconds: number): string;
}

export function createFormat(language: Language): Format {
  const locale = localeOf(language);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: language === 'hi' ? 'long' : 'short',
    year: 'numeric',
  });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: 'numeric',
    minute: '2-digit',
    // Hindi says the part of the day; its am and pm are Latin letters.
    ...(language === 'hi' ? { dayPeriod: 'short' as const } : { hour12: true }),
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    date: (moment) => date.format(new Date(moment)),
    time: (moment) => time.format(new Date(moment)),
    dateTime: (moment) => `${date.format(new Date(moment))}, ${time.format(new Date(moment))}`,
    relative(moment, now = Date.now()) {
      const seconds = (new Date(moment).getTime() - now) / 1000;
      const step = steps.find(([, size]) => Math.abs(seconds) >= size);
      if (!step) return language === 'hi' ? 'अभी' : 'just now';
      return relative.format(Math.trunc(seconds / step[1]), step[0]);
    },
    bytes(size) {
      let index = 0;
      let value = size;
      while (value >= 1000 && index < 3) {
        value /= 1000;
        index += 1;
      }
      const shown = value >= 100 ? Math.round(value) : value;
      return `${number.format(shown)} ${units[language][index] ?? ''}`;
    },
    duration(milliseconds) {
      const seconds = Math.round(milliseconds / 1000);
      return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    },
  };
}
