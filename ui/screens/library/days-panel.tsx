import { useText } from '../../i18n/language.js';
import { TextField } from '../../parts/field.js';
import { type LibrarySearch, type Period, periods } from './search-state.js';
import { texts } from './texts.js';

type Days = Pick<LibrarySearch, 'period' | 'from' | 'to'>;

/** Usual spans of days, or one's own. */
export function DaysPanel({ period, from, to, onDays }: Days & { onDays: (days: Days) => void }) {
  const t = useText(texts);
  const choose = (next: Period) => onDays({ period: next === period ? null : next, from: '', to: '' });
  return (
    <div class="stack-small">
      <div class="row filter-pills">
        {periods.map((one) => (
          <button key={one} type="button" aria-pressed={one === period} onClick={() => choose(one)}>
            {t(`days_${one}`)}
          </button>
        ))}
      </div>
      <div class="facet-days">
        <TextField
          label={t('from')}
          name="from"
          type="date"
          value={from}
          {...(to ? { max: to } : {})}
          onValue={(value) => onDays({ period: null, from: value, to })}
        />
        <TextField
          label={t('to')}
          name="to"
          type="date"
          value={to}
          onValue={(value) => onDays({ period: null, from, to: value })}
        />
      </div>
    </div>
  );
}
