import { useState } from 'preact/hooks';
import type { UnitRef } from '../../../server/contract/common.js';
import type { Selector } from '../../../server/contract/release.js';
import { useRead } from '../../api/queries.js';
import { useMe } from '../../api/session.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { RadioGroup, Select } from '../../parts/choice.js';
import { texts } from './texts.js';
import { UnitSearch } from './unit-search.js';

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

function Pills(props: { units: readonly UnitRef[]; onRemove: (unit: UnitRef) => void }) {
  const t = useText(texts);
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

/** Says which units a release means; `onValue` gets null while it is not yet said. */
export function SelectorBuilder({ onValue }: { onValue: (selector: Selector | null) => void }) {
  const t = useText(texts);
  const { language } = useLanguage();
  const types = useRead('units.types', {}, { staleTime: 600_000 });
  const own = useMe().appointments[0]?.unit ?? null;
  const [chosen, setChosen] = useState<Chosen>({
    kind: 'below',
    units: [],
    top: own,
    type: '',
    relation: '',
  });
  const typeNames = (code: string) => {
    const known = types.data?.items.find((type) => type.code === code);
    return nameIn(known?.name, language) || code;
  };
  const relations = types.data?.relations ?? [];

  function change(part: Partial<Chosen>): void {
    const next = { ...chosen, ...part };
    const only = relations.length === 1 ? (relations[0] ?? '') : '';
    if (next.kind === 'linked' && next.relation === '') next.relation = only;
    setChosen(next);
    onValue(selectorOf(next));
  }

  const search = (label: string) =>
    chosen.top ? (
      <div class="stack">
        <strong>{label}</strong>
        <Pills units={[chosen.top]} onRemove={() => change({ top: null })} />
      </div>
    ) : (
      <UnitSearch
        label={label}
        name="unit"
        type={chosen.kind === 'linked' ? linkedType(chosen.relation) : undefined}
        typeNames={typeNames}
        taken={[]}
        onChoose={(top) => change({ top })}
      />
    );
  /** A link into a Lok Sabha constituency starts from one, where such a type exists. */
  function linkedType(relation: string): string | undefined {
    const code = relation.replace(/^in_/, '');
    return types.data?.items.some((type) => type.code === code) ? code : undefined;
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
          <Pills
            units={chosen.units}
            onRemove={(unit) => change({ units: chosen.units.filter(({ id }) => id !== unit.id) })}
          />
          <UnitSearch
            label={t('unitSearch')}
            name="unit"
            typeNames={typeNames}
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
            options={(types.data?.items ?? []).map(({ code, units }) => ({
              value: code,
              label: `${typeNames(code)} (${units})`,
              disabled: units === 0,
            }))}
            onValue={(type) => change({ type })}
          />
          {search(t('unitTop'))}
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
          {search(t('unitOf'))}
        </div>
      ) : null}
    </div>
  );
}
