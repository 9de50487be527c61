import { useState } from 'preact/hooks';
import type { UnitRef } from '../../server/contract/common.js';
import { useRead } from '../api/queries.js';
import { common } from '../i18n/common.js';
import { nameIn, useLanguage, useText } from '../i18n/language.js';
import { Button } from './button.js';
import { TextField } from './field.js';
import { Icon } from './icon.js';
import { ProblemNote } from './messages.js';
import { useSettled } from './use-settled.js';

/** A pause in typing this long asks the server. */
const pauseMs = 200;
const offered = 8;

/** The types of unit that exist and how they may be linked, and what a type is called. */
export function useUnitTypes() {
  const { language } = useLanguage();
  const { data } = useRead('units.types', {}, { staleTime: 600_000 });
  const types = data?.items ?? [];
  const nameOf = (code: string) => {
    const known = types.find((type) => type.code === code);
    return nameIn(known?.name, language) || code;
  };
  return { types, relations: data?.relations ?? [], nameOf };
}

/** Chosen units, each of which can be taken out again. */
export function UnitPills(props: { units: readonly UnitRef[]; onRemove: (unit: UnitRef) => void }) {
  const t = useText(common);
  const { language } = useLanguage();
  if (props.units.length === 0) return null;
  return (
    <ul class="pills" aria-label={t('unitsChosen')}>
      {props.units.map((unit) => (
        <li key={unit.id}>
          {nameIn(unit.name, language) || unit.code}
          <Button look="quiet" small icon="close" label={t('remove')} onPress={() => props.onRemove(unit)} />
        </li>
      ))}
    </ul>
  );
}

export interface UnitSearchProps {
  label: string;
  name: string;
  /** Only units of this type. */
  type?: string | undefined;
  /** These are not offered again. */
  taken?: readonly UnitRef[];
  /** Nothing is offered before something is typed. */
  quiet?: boolean;
  optional?: boolean;
  onChoose: (unit: UnitRef) => void;
}

/** Units by the beginning of a name or code; choosing one hands it over. */
export function UnitSearch({ label, name, type, taken = [], quiet, optional, onChoose }: UnitSearchProps) {
  const t = useText(common);
  const { language } = useLanguage();
  const { nameOf } = useUnitTypes();
  const [typed, setTyped] = useState('');
  const asked = useSettled(typed.trim(), pauseMs);
  const open = !quiet || asked !== '';
  const found = useRead(
    'units.list',
    { query: { q: asked || undefined, type, limit: offered } },
    { keepPrevious: true, enabled: open },
  );
  const shown = open ? found.data : undefined;
  const free = shown?.items.filter(({ id }) => !taken.some((unit) => unit.id === id)) ?? [];
  return (
    <div class="unit-search">
      <TextField
        label={label}
        name={name}
        type="search"
        value={typed}
        onValue={setTyped}
        placeholder={t('findUnit')}
        maxLength={100}
        autoComplete="off"
        optional={optional ?? false}
      />
      <ProblemNote problem={found.problem} />
      {shown && free.length === 0 ? <p class="hint">{t('noUnit')}</p> : null}
      <ul class="unit-offers">
        {free.map((unit) => (
          <li key={unit.id}>
            <button
              type="button"
              onClick={() => {
                onChoose(unit);
                setTyped('');
              }}
            >
              <Icon name="plus" size={16} />
              {nameIn(unit.name, language) || unit.code}
              <small class="faint">{nameOf(unit.type)}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One unit: searched for until it is chosen, then shown until it is taken out. */
export function UnitField({
  value,
  onValue,
  ...search
}: Omit<UnitSearchProps, 'taken' | 'onChoose'> & {
  value: UnitRef | null;
  onValue: (unit: UnitRef | null) => void;
}) {
  if (value === null) return <UnitSearch {...search} onChoose={onValue} />;
  return (
    <div class="unit-search">
      <strong>{search.label}</strong>
      <UnitPills units={[value]} onRemove={() => onValue(null)} />
    </div>
  );
}
