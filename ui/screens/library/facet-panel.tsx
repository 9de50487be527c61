import { useState } from 'preact/hooks';
import { verdictCodes } from '../../../server/contract/lists.js';
import { useFormat, useText } from '../../i18n/language.js';
import { TextField } from '../../parts/field.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import type { FacetName } from './search-state.js';
import { texts } from './texts.js';
import type { FacetValue } from './use-facets.js';

/** More values than this are looked for by name. */
const many = 12;

export interface FacetPanelProps {
  name: FacetName;
  values: readonly FacetValue[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
}

/** The values of one facet to tick, each with how many facts it would show. */
export function FacetPanel({ name, values, chosen, onToggle }: FacetPanelProps) {
  const t = useText(texts);
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const shown = values.filter(
    ({ value, label }) => chosen.includes(value) || label.toLowerCase().includes(wanted),
  );
  return (
    <>
      {values.length > many ? (
        <TextField label={t('findValue')} name="findValue" type="search" value={typed} onValue={setTyped} />
      ) : null}
      <div class="facet-values">
        {shown.map(({ value, label, count }) => {
          const verdict = name === 'verdict' ? verdictCodes.find((code) => code === value) : undefined;
          return (
            <label key={value} class="facet-value">
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
              {verdict ? <VerdictMark code={verdict} /> : <span>{label}</span>}
              <span class="faint number">{format.number(count)}</span>
            </label>
          );
        })}
      </div>
      {shown.length === 0 ? <p class="hint">{t('noValues')}</p> : null}
    </>
  );
}
