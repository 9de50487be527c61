import type { RecallNotice } from '../../../server/contract/release.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Icon } from '../../parts/icon.js';
import { texts } from './texts.js';
import type { Receipts } from './use-receipts.js';

/** Stands in place of a pack that was taken back, before anything else. */
export function RecallCard({ notice, receipts }: { notice: RecallNotice; receipts: Receipts }) {
  const t = useText(texts);
  const format = useFormat();
  const { language } = useLanguage();
  const { releaseId } = notice;
  const waiting = receipts.isWaiting(releaseId, 'recall_acknowledged');
  return (
    <article class="recall" aria-label={t('recallHead')}>
      <header>
        <Icon name="recall" size={26} />
        <h2>{t('recallHead')}</h2>
      </header>
      <div class="recall-body">
        <h3>{nameIn(notice.title, language)}</h3>
        <p class="original">
          <strong>{t('recallReason')}:</strong> {notice.reason}
        </p>
        <div>
          <p class="recall-steps-head">{t('recallSteps')}</p>
          <ol class="recall-steps">
            <li>{t('recallStepShare')}</li>
            <li>{t('recallStepGroups')}</li>
            <li>{t('recallStepPhone')}</li>
          </ol>
        </div>
        <p class="hint">
          {t('recallCleared')} {t('recallAt', { date: format.dateTime(notice.recalledAt) })}
        </p>
        {notice.acknowledged ? (
          <p class="recall-done" role="status">
            <Icon name="check" /> {t('acknowledged')}
          </p>
        ) : waiting ? (
          <p class="recall-done" role="status">
            <Icon name="clock" /> {t('acknowledgeWaiting')}
          </p>
        ) : (
          <>
            <Button
              look="strong"
              icon="check"
              wide
              onPress={() => receipts.mark(releaseId, 'recall_acknowledged')}
            >
              {t(notice.owing ? 'acknowledge' : 'acknowledgeSeen')}
            </Button>
            {notice.owing ? (
              <p class="hint">{t('recallDue', { date: format.dateTime(notice.dueAt) })}</p>
            ) : null}
          </>
        )}
      </div>
    </article>
  );
}
