import type { AppearanceDraft, ClaimStateChange } from '../contract/claim.js';
import { claimMoves, mayMove } from '../contract/life-cycles.js';
import type { ClaimState } from '../contract/lists.js';
import { AppError, type FieldProblem } from '../errors.js';

/** Ways out without an answer: someone will ask why. */
const exits: readonly ClaimState[] = ['not_checkable', 'no_answer_needed'];

/** Clocks of phones run ahead; more than this is a mistake. */
const clockSkewMs = 10 * 60_000;

/** Throws unless a claim may go from one state to the other for the reason given. */
export function demandMove(
  from: ClaimState,
  { state, reason }: ClaimStateChange,
  { hasFact }: { hasFact: boolean },
): void {
  if (!mayMove(claimMoves, from, state)) throw new AppError('wrong_state');
  if (exits.includes(state) && reason === undefined) {
    const messages = {
      hi: 'जवाब न देने का कारण लिखें।',
      en: 'Say why it will not be answered.',
    };
    throw new AppError('invalid_input', { fields: [{ path: '/reason', messages }] });
  }
  if (state === 'answered' && !hasFact) {
    throw new AppError('wrong_state', {
      messages: {
        hi: 'दावा तभी उत्तरित होता है जब उसका सत्यापित तथ्य हो। पहले तथ्य-जाँच पूरी करें।',
        en: 'A claim is answered by a verified fact. Finish its check first.',
      },
    });
  }
}

/** Throws when something was seen in the future. */
export function demandPast(
  appearances: readonly AppearanceDraft[],
  now: number,
  pathOf = (index: number) => `/appearances/${index}`,
): void {
  const messages = { hi: 'देखे जाने का समय भविष्य का है।', en: 'It cannot have been seen in the future.' };
  const fields: FieldProblem[] = appearances.flatMap(({ seenAt }, index) =>
    Date.parse(seenAt) > now + clockSkewMs ? [{ path: `${pathOf(index)}/seenAt`, messages }] : [],
  );
  if (fields.length > 0) throw new AppError('invalid_input', { fields });
}
