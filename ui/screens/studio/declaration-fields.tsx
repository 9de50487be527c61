import { aiDeclarations } from '../../../server/contract/lists.js';
import type { ProblemError } from '../../api/problem.js';
import { useText } from '../../i18n/language.js';
import { Select } from '../../parts/choice.js';
import { TextField } from '../../parts/field.js';
import { aiWords, type Declaration } from './declaration.js';
import { texts } from './texts.js';

export interface DeclarationFieldsProps {
  value: Declaration;
  onValue: (value: Declaration) => void;
  /** Says what is missing; off until someone tried to go on. */
  strict: boolean;
  problem?: ProblemError | null;
}

/** AI use, rights and credit: the same questions for a batch, for one file and later on its page. */
export function DeclarationFields({ value, onValue, strict, problem }: DeclarationFieldsProps) {
  const t = useText(texts);
  const { aiDeclaration, rights } = value;
  const put = (part: Partial<Declaration>) => onValue({ ...value, ...part });
  const offers = [t('rightsOwn'), t('rightsLicence'), t('rightsConsent')];
  return (
    <div class="declaration">
      <Select
        label={t('ai')}
        name="aiDeclaration"
        placeholder="…"
        required
        value={aiDeclaration ?? ''}
        options={aiDeclarations.map((code) => ({ value: code, label: t(aiWords[code]) }))}
        onValue={(next) => put({ aiDeclaration: next })}
        {...(strict && aiDeclaration === null ? { error: t('needAi') } : {})}
        problem={problem ?? null}
      />
      {aiDeclaration !== null && aiDeclaration !== 'none' ? (
        <TextField
          label={t('aiTool')}
          name="aiTool"
          optional
          maxLength={120}
          value={value.aiTool}
          onValue={(aiTool) => put({ aiTool })}
          hint={t('aiToolHint')}
          problem={problem ?? null}
        />
      ) : null}
      <div class="declaration-rights">
        <TextField
          label={t('rights')}
          name="rights"
          required
          maxLength={1000}
          value={rights}
          onValue={(next) => put({ rights: next })}
          hint={t('rightsHint')}
          {...(strict && rights.trim() === '' ? { error: t('needRights') } : {})}
          problem={problem ?? null}
        />
        {rights.trim() === '' ? (
          <div class="row offers">
            {offers.map((offer) => (
              <button key={offer} type="button" class="offer" onClick={() => put({ rights: offer })}>
                {offer}
              </button>
            ))}
          </div>
        ) : null}
      </div>
      <TextField
        label={t('credit')}
        name="credit"
        optional
        maxLength={300}
        value={value.credit}
        onValue={(credit) => put({ credit })}
        hint={t('creditHint')}
        problem={problem ?? null}
      />
    </div>
  );
}
