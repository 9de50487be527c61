import { useEffect, useState } from 'preact/hooks';
import type { UnitRef } from '../../../server/contract/common.js';
import { useRead } from '../../api/queries.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { TextField } from '../../parts/field.js';
import { Icon } from '../../parts/icon.js';
import { ProblemNote } from '../../parts/messages.js';
import { texts } from './texts.js';

/** A pause in typing this long asks the server. */
const pauseMs = 200;
const offered = 8;

export interface UnitSearchProps {
  label: string;
  name: string;
  /** Only units of this type. */
  type?: string | undefined;
  typeNames: (code: string) => string;
  /** These are not offered again. */
  taken: readonly UnitRef[];
  onChoose: (unit: UnitRef) => void;
}

/** Units by the beginning of a name or code; choosing one hands it over. */
export function UnitSearch({ label, name, type, typeNames, taken, onChoose }: UnitSearchProps) {
  const t = useText(texts);
  const { language } = useLanguage();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useRead(
    'units.list',
    { query: { q: asked || undefined, type, limit: offered } },
    { keepPrevious: true },
  );
  const free = found.data?.items.filter(({ id }) => !taken.some((unit) => unit.id === id)) ?? [];
  return (
    <div class="unit-search">
      <TextField
        label={label}
        name={name}
        type="search"
        value={typed}
        onValue={setTyped}
        placeholder={t('unitSearch')}
        maxLength={100}
        autoComplete="off"
      />
      <ProblemNote problem={found.problem} />
      {found.data && free.length === 0 ? <p class="hint">{t('unitNone')}</p> : null}
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
              <small class="faint">{typeNames(unit.type)}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
