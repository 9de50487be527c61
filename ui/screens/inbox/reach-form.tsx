import { useState } from 'preact/hooks';
import { useAction } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { TextField } from '../../parts/field.js';
import { ProblemNote } from '../../parts/messages.js';
import { useToast } from '../../parts/toast.js';
import { texts } from './texts.js';

const most = 10_000_000;

/** One number: how many people a unit believes it reached. */
export function ReachForm({ releaseId }: { releaseId: string }) {
  const t = useText(texts);
  const toast = useToast();
  const report = useAction('inbox.reach');
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const people = Number(typed);
  const right = typed.trim() !== '' && Number.isInteger(people) && people >= 0 && people <= most;
  return (
    <form
      class="reach sheet stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!right) return;
        report.run({ params: { id: releaseId }, body: { people } }, () => {
          setTyped('');
          setTried(false);
          toast(t('reachSent'));
        });
      }}
    >
      <h2>{t('reachTitle')}</h2>
      <div class="reach-line">
        <TextField
          label={t('reachLabel')}
          name="people"
          inputMode="numeric"
          value={typed}
          onValue={setTyped}
          hint={t('reachHint')}
          problem={report.problem}
          {...(tried && !right ? { error: t('reachWrong') } : {})}
        />
        <Button type="submit" icon="send" busy={report.pending}>
          {t('reachSend')}
        </Button>
      </div>
      <ProblemNote problem={report.problem} />
    </form>
  );
}
