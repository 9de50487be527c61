import type { Board } from '../../../server/contract/release.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Icon } from '../../parts/icon.js';
import { useNow } from '../../parts/now.js';
import { texts } from './texts.js';

const dayMs = 86_400_000;

/** Hours, minutes and seconds, of any length up to a day. */
export function clockFace(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** Time left until every device should have acknowledged, or since it should have; large, for the wall. */
export function RecallClock({ recall, owing }: { recall: NonNullable<Board['recall']>; owing: number }) {
  const t = useText(texts);
  const format = useFormat();
  const left = new Date(recall.dueAt).getTime() - useNow(1000);
  const late = left < 0;
  const done = owing === 0;
  const days = Math.floor(Math.abs(left) / dayMs);
  return (
    <section class={late && !done ? 'recall-clock recall-late' : 'recall-clock'} aria-label={t('clock')}>
      <div class="recall-time">
        {done ? (
          <>
            <p class="row">
              <Icon name="check" size={28} />
              <strong>{t('allDone')}</strong>
            </p>
            <p>{t('allDoneText')}</p>
          </>
        ) : (
          <>
            <p class="row">
              <Icon name={late ? 'alert' : 'clock'} size={24} />
              <strong>{t(late ? 'overdueBy' : 'dueIn')}</strong>
            </p>
            <p class="recall-face number" role="timer">
              {days > 0 ? <span>{t('days', { count: days })} </span> : null}
              {clockFace(Math.abs(left) % dayMs)}
            </p>
            <p>{t('dueAt', { date: format.dateTime(recall.dueAt) })}</p>
          </>
        )}
      </div>
      <dl class="recall-why">
        <dt>{t('reason')}</dt>
        <dd class="original">{recall.reason}</dd>
        <dd class="faint">
          {t('recalledBy', { name: recall.recalledBy.name, date: format.dateTime(recall.recalledAt) })}
        </dd>
        <dd class="faint">{t('noticedAt', { date: format.dateTime(recall.noticedAt) })}</dd>
      </dl>
    </section>
  );
}
