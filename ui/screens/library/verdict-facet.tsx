import { type VerdictCode, verdictCodes } from '../../../server/contract/lists.js';
import { useFormat, useText } from '../../i18n/language.js';
import { VerdictMark } from '../../parts/verdict-mark.js';
import { texts } from './texts.js';

export interface VerdictFacetProps {
  value: VerdictCode | undefined;
  counts: Readonly<Record<string, number>>;
  onValue: (code: VerdictCode | undefined) => void;
}

/** Verdicts that occur among what was found, each with how often; pressing the chosen one takes it off. */
export function VerdictFacet({ value, counts, onValue }: VerdictFacetProps) {
  const t = useText(texts);
  const format = useFormat();
  const shown = verdictCodes.filter((code) => code === value || (counts[code] ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <fieldset class="facet" aria-label={t('byVerdict')}>
      <button type="button" aria-pressed={value === undefined} onClick={() => onValue(undefined)}>
        {t('all')}
      </button>
      {shown.map((code) => (
        <button
          key={code}
          type="button"
          aria-pressed={code === value}
          onClick={() => onValue(code === value ? undefined : code)}
        >
          <VerdictMark code={code} />
          <span class="number">{format.number(counts[code] ?? 0)}</span>
        </button>
      ))}
    </fieldset>
  );
}
