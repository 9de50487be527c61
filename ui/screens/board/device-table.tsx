import type { Board, BoardRow } from '../../../server/contract/release.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { Time } from '../../parts/values.js';
import { texts } from './texts.js';

export function owes(row: BoardRow, recalled: boolean): boolean {
  return recalled && row.downloadedAt !== null && row.recallAcknowledgedAt === null;
}

function State({ row, recalled }: { row: BoardRow; recalled: boolean }) {
  const t = useText(texts);
  if (owes(row, recalled)) return <span class="chip chip-alert">{t('stateOwing')}</span>;
  if (recalled && row.recallAcknowledgedAt) {
    return (
      <span class="device-done">
        <Icon name="check" size={18} />
        {t('stateDone')}
      </span>
    );
  }
  if (recalled) return <span class="faint">{t('stateFree')}</span>;
  return (
    <span class={row.downloadedAt ? '' : 'faint'}>{t(row.downloadedAt ? 'stateHolds' : 'stateSaw')}</span>
  );
}

function At({ moment, label }: { moment: string | null; label: string }) {
  const t = useText(texts);
  return (
    <td data-label={label} class={moment ? undefined : 'device-never'}>
      {moment ? <Time at={moment} look="full" /> : t('never')}
    </td>
  );
}

/** One row a device; a phone shows each as a card. */
export function DeviceTable({ board, rows }: { board: Board; rows: readonly BoardRow[] }) {
  const t = useText(texts);
  const { receiptMark } = useCodes();
  const { language } = useLanguage();
  const recalled = board.state === 'recalled';
  return (
    <table class="devices">
      <caption class="hidden">{t('devices')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('member')}</th>
          <th scope="col">{t('device')}</th>
          <th scope="col">{receiptMark.seen}</th>
          <th scope="col">{receiptMark.downloaded}</th>
          <th scope="col">{receiptMark.handed_over}</th>
          {recalled ? <th scope="col">{receiptMark.recall_acknowledged}</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={`${row.releaseId} ${row.device.id}`}
            class={owes(row, recalled) ? 'device-owes' : undefined}
          >
            <td>
              <State row={row} recalled={recalled} />
            </td>
            <th scope="row">
              {row.member.name}
              <small>{nameIn(row.unit.name, language)}</small>
            </th>
            <td data-label={t('device')}>{row.device.label}</td>
            <At moment={row.seenAt} label={receiptMark.seen} />
            <At moment={row.downloadedAt} label={receiptMark.downloaded} />
            <At moment={row.handedOverAt} label={receiptMark.handed_over} />
            {recalled ? (
              <At moment={row.recallAcknowledgedAt} label={receiptMark.recall_acknowledged} />
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
