import { useState } from 'preact/hooks';
import type { CheckVersion } from '../../../server/contract/check.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { StateChip } from '../../parts/state-chip.js';
import { Difference, lastKnownTo } from './difference.js';
import { texts } from './texts.js';

/** Every version, and on demand what changed since the last one readers had. */
export function History({ check }: { check: CheckVersion }) {
  const t = useText(texts);
  const [open, setOpen] = useState(false);
  const before = lastKnownTo(check);
  if (check.history.length < 2) return null;
  return (
    <section class="stack-small">
      <header class="row between">
        <h2>{t('history')}</h2>
        {before ? (
          <Button small look="quiet" icon="down" expanded={open} onPress={() => setOpen(!open)}>
            {t('compare', { number: before.number })}
          </Button>
        ) : null}
      </header>
      <ul class="row">
        {check.history.map(({ id, number, state }) => (
          <li key={id} class="row">
            {id === check.id ? (
              <strong aria-current="true">{t('version', { number })}</strong>
            ) : (
              <a href={`/checks/${id}`}>{t('version', { number })}</a>
            )}
            <StateChip kind="checkState" code={state} />
          </li>
        ))}
      </ul>
      {open && before ? <Difference check={check} beforeId={before.id} /> : null}
    </section>
  );
}
