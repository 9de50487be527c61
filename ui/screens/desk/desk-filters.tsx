import { claimStates } from '../../../server/contract/lists.js';
import { useCodes } from '../../i18n/codes.js';
import { useText } from '../../i18n/language.js';
import { Tabs } from '../../parts/tabs.js';
import { type DeskFilter, owners } from './filters.js';
import { texts } from './texts.js';

/** Outside the desk every claim is one's own: what is left to choose is whether its answer is new. */
const own = ['unread'] as const;

/** Whose claims, and in which state. */
export function Filters(props: {
  desk: boolean;
  filter: DeskFilter;
  onFilter: (filter: DeskFilter) => void;
}) {
  const { desk, filter, onFilter } = props;
  const t = useText(texts);
  const codes = useCodes();
  const choices = desk ? owners : own;
  return (
    <div class="desk-filters">
      <Tabs
        label={t('whose')}
        value={filter.mine ?? 'everyone'}
        tabs={(['everyone', ...choices] as const).map((value) => ({ value, label: t(value) }))}
        onValue={(value) => onFilter({ ...filter, mine: owners.find((owner) => owner === value) })}
      />
      {desk ? (
        <fieldset class="state-facet filter-pills">
          <legend class="hidden">{t('byState')}</legend>
          {([undefined, ...claimStates] as const).map((state) => (
            <button
              key={state ?? 'all'}
              type="button"
              aria-pressed={filter.state === state}
              onClick={() => onFilter({ ...filter, state })}
            >
              {state ? codes.claimState[state] : t('allStates')}
            </button>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
