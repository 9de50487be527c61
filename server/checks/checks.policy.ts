import type { CheckVersion } from '../contract/check.js';
import type { ClaimState } from '../contract/lists.js';
import { AppError, type FieldProblem } from '../errors.js';

/** A claim that was put aside is taken up again before it is checked. */
export function demandCheckable(state: ClaimState): void {
  if (state !== 'not_checkable' && state !== 'no_answer_needed') return;
  throw new AppError('wrong_state', {
    messages: {
      hi: 'यह दावा बंद किया जा चुका है। जाँच से पहले इसे फिर से खोलें।',
      en: 'This claim was closed. Reopen it before it is checked.',
    },
  });
}

/** Throws with every field that is missing before a second person can judge the draft. */
export function demandReady({ verdict, texts }: Pick<CheckVersion, 'verdict' | 'texts'>): void {
  const fields: FieldProblem[] = [];
  if (verdict === null) {
    fields.push({
      path: '/verdict',
      messages: { hi: 'समीक्षा से पहले निष्कर्ष चुनें।', en: 'Choose a verdict before review.' },
    });
  }
  if (texts.hi === undefined && texts.en === undefined) {
    fields.push({
      path: '/texts',
      messages: {
        hi: 'समीक्षा से पहले कम से कम एक भाषा में शीर्षक और सार लिखें।',
        en: 'Write a headline and a summary in at least one language before review.',
      },
    });
  }
  if (fields.length > 0) throw new AppError('invalid_input', { fields });
}

/** Review by a day before the fact holds as of would be overdue at birth. */
export function demandDates({ asOf, reviewBy }: { asOf: string; reviewBy: string | null }): void {
  if (reviewBy === null || reviewBy >= asOf) return;
  const messages = {
    hi: 'दोबारा जाँच का दिन तथ्य के दिन से पहले का है।',
    en: 'The day to review it lies before the day it holds as of.',
  };
  throw new AppError('invalid_input', { fields: [{ path: '/reviewBy', messages }] });
}
