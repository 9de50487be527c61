import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import type { Board as BoardData } from '../../../server/contract/release.js';
import { useRead } from '../../api/queries.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Checkbox } from '../../parts/choice.js';
import { EmptyState, ErrorState, Skeleton } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { DeviceTable, owes } from './device-table.js';
import { RecallClock } from './recall-clock.js';
import { texts } from './texts.js';
import './board.css';

function Counts({ board: { counts, state } }: { board: BoardData }) {
  const t = useText(texts);
  const format = useFormat();
  const shown = [
    ...(state === 'recalled' ? ([['owing', counts.devicesOwing]] as const) : []),
    ['downloaded', counts.devicesDownloaded],
    ['seen', counts.devicesSeen],
    ['units', counts.units],
    ['vacant', counts.vacantUnits],
    ['reached', counts.peopleReached],
  ] as const;
  return (
    <ul class="board-counts">
      {shown.map(([key, count]) => (
        <li key={key} class={key === 'owing' && count > 0 ? 'board-owing' : undefined}>
          <strong class="number">{format.number(count)}</strong>
          <span>{t(key, { count })}</span>
        </li>
      ))}
    </ul>
  );
}

function Devices({ board }: { board: BoardData }) {
  const t = useText(texts);
  const [only, setOnly] = useState(false);
  if (board.rows.length === 0) {
    return <EmptyState icon="eye" title={t('nobodyTitle')} text={t('nobodyText')} />;
  }
  const recalled = board.state === 'recalled';
  const rows = only ? board.rows.filter((row) => owes(row, recalled)) : board.rows;
  return (
    <section class="stack">
      <div class="row between">
        <h2>{t('devices')}</h2>
        {recalled ? <Checkbox label={t('onlyOwing')} checked={only} onValue={setOnly} /> : null}
      </div>
      {rows.length > 0 ? <DeviceTable board={board} rows={rows} /> : <p class="hint">{t('nobodyOwes')}</p>}
    </section>
  );
}

function SilentUnits({ board: { silentUnits } }: { board: BoardData }) {
  const t = useText(texts);
  const { language } = useLanguage();
  if (silentUnits.length === 0) return null;
  return (
    <section class="stack">
      <h2>{t('silent', { count: silentUnits.length })}</h2>
      <ul class="silent-units">
        {silentUnits.map((unit) => (
          <li key={unit.id}>{nameIn(unit.name, language)}</li>
        ))}
      </ul>
    </section>
  );
}

/** Who holds a pack, and after a recall who has not acknowledged it; live. */
export default function Board() {
  const t = useText(texts);
  const { language } = useLanguage();
  const { versionId = '' } = useRoute().params;
  const { data, problem, retry } = useRead('packs.board', { params: { id: versionId } });
  if (!data) return problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={5} />;
  return (
    <Page
      title={nameIn(data.title, language)}
      lead={
        <span class="row">
          <StateChip kind="packState" code={data.state} />
          {t(data.recall ? 'leadRecall' : 'lead')}
        </span>
      }
      actions={
        <Button icon="packs" href={`/packs/${versionId}`}>
          {t('backToPack')}
        </Button>
      }
    >
      <div class="board">
        {data.recall ? <RecallClock recall={data.recall} owing={data.counts.devicesOwing} /> : null}
        <Counts board={data} />
        <Devices board={data} />
        <SilentUnits board={data} />
      </div>
    </Page>
  );
}
