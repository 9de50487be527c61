import { useState } from 'preact/hooks';
import type { UnitRef } from '../../../server/contract/common.js';
import type { Selector } from '../../../server/contract/release.js';
import { useMe } from '../../api/session.js';
import { common } from '../../i18n/common.js';
import { useText } from '../../i18n/language.js';
import { RadioGroup, Select } from '../../parts/choice.js';
import { UnitField, UnitPills, UnitSearch, useUnitTypes } from '../../parts/unit-search.js';
import { texts } from './texts.js';

type Kind = Selector['kind'];

interface Chosen {
  kind: Kind;
  units: readonly UnitRef[];
  top: UnitRef | null;
  type: string;
  relation: string;
}

function selectorOf({ kind, units, top, type, relation }: Chosen): Selector | null {
  if (kind === 'units') return units.length > 0 ? { kind, unitIds: units.map(({ id }) => id) } : null;
  if (!top) return null;
  if (kind === 'below') return type ? { kind, unitId: top.id, type } : null;
  return relation ? { kind, unitId: top.id, relation } : null;
}

/** Says which units a release means; `onValue` gets null while it is not yet said. */
export function SelectorBuilder({ onValue }: { onValue: (selector: Selector | null) => void }) {
  const t = useText(texts);
  const frame = useText(common);
  const { types, relations, nameOf } = useUnitTypes();
  const own = useMe().appointments[0]?.unit ?? null;
  const [chosen, setChosen] = useState<Chosen>({
    kind: 'below',
    units: [],
    top: own,
    type: '',
    relation: '',
  });
  function change(part: Partial<Chosen>): void {
    const next = { ...chosen, ...part };
    const only = relations.length === 1 ? (relations[0] ?? '') : '';
    if (next.kind === 'linked' && next.relation === '') next.relation = only;
    setChosen(next);
    onValue(selectorOf(next));
  }

  const top = (label: string) => (
    <UnitField
      label={label}
      name="unit"
      type={chosen.kind === 'linked' ? linkedType(chosen.relation) : undefined}
      value={chosen.top}
      onValue={(unit) => change({ top: unit })}
    />
  );
  /** A link into a Lok Sabha constituency starts from one, where such a type exists. */
  function linkedType(relation: string): string | undefined {
    const code = relation.replace(/^in_/, '');
    return types.some((type) => type.code === code) ? code : undefined;
  }

  return (
    <div class="stack">
      <RadioGroup<Kind>
        label={t('selKind')}
        name="selector"
        layout="grid"
        value={chosen.kind}
        options={[
          { value: 'below', label: t('selBelow') },
          ...(relations.length > 0 ? [{ value: 'linked' as const, label: t('selLinked') }] : []),
          { value: 'units', label: t('selUnits') },
        ]}
        onValue={(kind) => change({ kind, top: kind === 'below' ? own : null })}
      />
      {chosen.kind === 'units' ? (
        <>
          <UnitPills
            units={chosen.units}
            onRemove={(unit) => change({ units: chosen.units.filter(({ id }) => id !== unit.id) })}
          />
          <UnitSearch
            label={frame('findUnit')}
            name="unit"
            taken={chosen.units}
            onChoose={(unit) => change({ units: [...chosen.units, unit] })}
          />
        </>
      ) : null}
      {chosen.kind === 'below' ? (
        <div class="both">
          <Select
            label={t('type')}
            name="selector.type"
            value={chosen.type}
            placeholder={t('chooseType')}
            options={types.map(({ code, units }) => ({
              value: code,
              label: `${nameOf(code)} (${units})`,
              disabled: units === 0,
            }))}
            onValue={(type) => change({ type })}
          />
          {top(t('unitTop'))}
        </div>
      ) : null}
      {chosen.kind === 'linked' ? (
        <div class="both">
          <Select
            label={t('relation')}
            name="selector.relation"
            value={chosen.relation}
            options={relations.map((code) => ({
              value: code,
              label: code === 'in_lok_sabha' ? t('relationLokSabha') : t('relationOther', { code }),
            }))}
            onValue={(relation) => change({ relation })}
          />
          {top(t('unitOf'))}
        </div>
      ) : null}
    </div>
  );
}
