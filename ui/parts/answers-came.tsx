import { useRead } from '../api/queries.js';
import { useCan } from '../api/session.js';
import { common } from '../i18n/common.js';
import { useText } from '../i18n/language.js';
import { Button } from './button.js';
import { Note } from './messages.js';

const counted = 50;

/**
 * How many of my own reports were answered since I last opened them; more than can be counted here are as many. Nobody
 * tells the desk of its own work: there the list has a tab for it.
 */
export function useAnswersCame(): number {
  const can = useCan();
  const may = can('claims.report') && !can('desk.read');
  const query = { mine: 'unread' as const, limit: counted };
  const { data } = useRead('claims.list', { query }, { enabled: may });
  return data?.items.length ?? 0;
}

/** Where a member begins its day: that answers came, and the way to them. */
export function AnswersCame() {
  const t = useText(common);
  const count = useAnswersCame();
  if (count === 0) return null;
  return (
    <Note role="status">
      <p class="row between">
        <strong>{t('answersCame', { count })}</strong>
        <Button small icon="forward" href="/desk?mine=unread">
          {t('showAnswers')}
        </Button>
      </p>
    </Note>
  );
}
