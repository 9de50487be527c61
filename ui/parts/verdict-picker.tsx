import {
  type AuthenticityCode,
  authenticityCodes,
  type VerdictCode,
  verdictCodes,
} from '../../server/contract/lists.js';
import type { ProblemError } from '../api/problem.js';
import { useCodes } from '../i18n/codes.js';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { RadioGroup } from './choice.js';
import { AuthenticityMark, VerdictMark } from './verdict-mark.js';

interface PickerProps<V> {
  value: V | null;
  onValue: (code: V) => void;
  problem?: ProblemError | null;
  disabled?: boolean;
}

/** All verdicts with shape, word and when to choose them; number keys are the screen's to bind. */
export function VerdictPicker(props: PickerProps<VerdictCode>) {
  const codes = useCodes();
  return (
    <RadioGroup
      label={useText(common)('verdict')}
      name="verdict"
      layout="grid"
      {...props}
      options={verdictCodes.map((code, index) => ({
        value: code,
        label: codes.verdict[code],
        hint: codes.verdictHint[code],
        content: <VerdictMark code={code} />,
        shortcut: String(index + 1),
      }))}
    />
  );
}

export function AuthenticityPicker(props: PickerProps<AuthenticityCode>) {
  const codes = useCodes();
  return (
    <RadioGroup
      label={useText(common)('authenticity')}
      name="authenticity"
      layout="grid"
      {...props}
      options={authenticityCodes.map((code) => ({
        value: code,
        label: codes.authenticity[code],
        content: <AuthenticityMark code={code} />,
      }))}
    />
  );
}
