import { useId, useRef, useState } from 'preact/hooks';
import { useFormat, useText } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { DaysPanel } from './days-panel.js';
import { FacetPanel } from './facet-panel.js';
import { type FacetName, facetNames, type LibrarySearch, noSearch, toggled } from './search-state.js';
import { texts } from './texts.js';
import type { Facets } from './use-facets.js';

export interface FacetBarProps {
  search: LibrarySearch;
  facets: Facets;
  onSearch: (search: LibrarySearch) => void;
}

/** One button per facet; the values of the one that is open are below, and what is chosen stands as chips. */
export function FacetBar({ search, facets, onSearch }: FacetBarProps) {
  const t = useText(texts);
  const id = useId();
  const [open, setOpen] = useState<FacetName | 'days' | null>(null);
  const bar = useRef<HTMLFieldSetElement>(null);
  const dated = search.period !== null || search.from !== '' || search.to !== '';
  const shown = facetNames.filter((name) => facets[name].length > 0 || search[name].length > 0);
  const pills = [
    ...shown.map((name) => ({ name, count: search[name].length })),
    { name: 'days' as const, count: dated ? 1 : 0 },
  ];

  function close(): void {
    bar.current?.querySelector<HTMLElement>('[aria-expanded=true]')?.focus();
    setOpen(null);
  }

  return (
    <fieldset
      ref={bar}
      class="facets"
      aria-label={t('narrow')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || open === null) return;
        event.preventDefault();
        close();
      }}
    >
      <div class="facet-pills filter-pills">
        {pills.map(({ name, count }) => (
          <button
            key={name}
            type="button"
            aria-expanded={open === name}
            aria-controls={`${id}-panel`}
            aria-pressed={count > 0}
            onClick={() => setOpen(open === name ? null : name)}
          >
            {t(`facet_${name}`)}
            {count > 0 && name !== 'days' ? <span class="number"> ({count})</span> : null}
            <Icon name="down" size={16} />
          </button>
        ))}
      </div>
      <div id={`${id}-panel`}>
        {open === null ? null : (
          <section class="facet-panel sheet" aria-label={t(`facet_${open}`)}>
            {open === 'days' ? (
              <DaysPanel {...search} onDays={(days) => onSearch({ ...search, ...days })} />
            ) : (
              <FacetPanel
                key={open}
                name={open}
                values={facets[open]}
                chosen={search[open]}
                onToggle={(value) => onSearch(toggled(search, open, value))}
              />
            )}
          </section>
        )}
      </div>
      <Chosen search={search} facets={facets} onSearch={onSearch} />
    </fieldset>
  );
}

/** What the list is narrowed to, each to be taken off by one press. */
function Chosen({ search, facets, onSearch }: FacetBarProps) {
  const t = useText(texts);
  const format = useFormat();
  const { period, from, to } = search;
  const chips = facetNames.flatMap((name) =>
    search[name].map((value: string) => ({
      key: `${name} ${value}`,
      label: facets[name].find((known) => known.value === value)?.label ?? '…',
      without: toggled(search, name, value),
    })),
  );
  const days =
    period !== null
      ? t(`days_${period}`)
      : from && to
        ? t('betweenDays', { from: format.date(from), to: format.date(to) })
        : from
          ? t('sinceDay', { date: format.date(from) })
          : to
            ? t('untilDay', { date: format.date(to) })
            : null;
  if (days !== null) {
    chips.push({ key: 'days', label: days, without: { ...search, period: null, from: '', to: '' } });
  }
  if (chips.length === 0) return null;
  return (
    <ul class="chosen" aria-label={t('chosen')}>
      {chips.map(({ key, label, without }) => (
        <li key={key}>
          <button type="button" class="chosen-chip" onClick={() => onSearch(without)}>
            <span class="hidden">{t('takeOff')} </span>
            {label}
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
      {chips.length > 1 ? (
        <li>
          <button type="button" class="chosen-all" onClick={() => onSearch({ ...noSearch, q: search.q })}>
            {t('clearFilters')}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
