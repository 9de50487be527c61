import type { Language } from '../contract/lists.js';
import type { Messages } from '../errors.js';
import type { LiveEvent } from '../live/live.js';
import type { RouteUnit } from './route.repository.js';

/** Above this a release tells everyone once instead of each unit: clients look for themselves. */
const unitsToldOneByOne = 50;
const unitsNamed = 5;

export function eventsFor(
  topic: 'release' | 'recall',
  { id, unitIds }: { id: string; unitIds: readonly string[] },
): LiveEvent[] {
  if (unitIds.length > unitsToldOneByOne) return [{ topic, id }];
  return unitIds.map((unitId) => ({ topic, id, unitId }));
}

export const noUnits: Messages = {
  hi: 'इस चयन में कोई इकाई नहीं है।',
  en: 'No unit matches this choice.',
};

export const heldAlready: Messages = {
  hi: 'चुनी गई हर इकाई के पास यह पैक पहले से है।',
  en: 'Every chosen unit already has this pack.',
};

export const pastItsEnd: Messages = {
  hi: 'इस पैक की समाप्ति का समय बीत चुका है।',
  en: 'This pack is past its end.',
};

export const noticedLater: Messages = {
  hi: 'यह समय आगे का है।',
  en: 'This time lies ahead.',
};

/** A moment as people of the organisation read it on their clocks. */
export function clockTime(
  iso: string,
  { timeZone, language }: { timeZone: string; language: Language },
): string {
  return new Intl.DateTimeFormat(language === 'hi' ? 'hi-IN' : 'en-IN', {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(iso));
}

/** Names the units a silence window covers and when it ends. */
export function silenceInWords(
  units: readonly (RouteUnit & { silentUntil: string })[],
  { timeZone }: { timeZone: string },
): Messages {
  const list = (language: Language, more: (count: number) => string) => {
    const named = units.slice(0, unitsNamed).map(({ unit, silentUntil }) => {
      const name = unit?.name[language] ?? unit?.name.hi ?? unit?.name.en ?? unit?.code ?? '';
      return `${name} (${clockTime(silentUntil, { timeZone, language })})`;
    });
    const rest = units.length - named.length;
    return named.join(', ') + (rest > 0 ? more(rest) : '');
  };
  return {
    hi: `मौन अवधि लागू है, इन इकाइयों में इस समय तक पैक जारी नहीं हो सकता: ${list('hi', (count) => ` और ${count} अन्य`)}।`,
    en: `A silence period is in force. No release until the time given in: ${list('en', (count) => ` and ${count} more`)}.`,
  };
}
