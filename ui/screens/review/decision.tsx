import { useState } from 'preact/hooks';
import type { MemberRef } from '../../../server/contract/common.js';
import type { ProblemError } from '../../api/problem.js';
import { useMe } from '../../api/session.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Checkbox } from '../../parts/choice.js';
import { Confirm } from '../../parts/dialog.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { texts } from './texts.js';

export const checkTicks = ['sources', 'words', 'language', 'private', 'media'] as const;
export const packTicks = ['facts', 'files', 'language', 'private', 'label'] as const;
type Tick = (typeof checkTicks | typeof packTicks)[number];

export interface DecisionProps {
  ticks: readonly Tick[];
  contributors: readonly MemberRef[];
  acceptLabel: string;
  /** Why accepting is not possible yet, beside the unticked items. */
  hindrances: readonly string[];
  /** The sources fall short and a written exception stands in. */
  exception: boolean;
  accepting: boolean;
  returning: boolean;
  problem: ProblemError | null;
  returnProblem: ProblemError | null;
  onAccept: (acceptException: boolean) => void;
  onReturn: (comment: string) => void;
}

/** The list to go through and the two ways out. Whoever contributed sees why they have neither. */
export function Decision(props: DecisionProps) {
  const t = useText(texts);
  const me = useMe();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const own = props.contributors.some(({ id }) => id === me.member.id);
  const wanted = [...props.ticks.map(String), ...(props.exception ? ['exception'] : [])];
  const left = wanted.filter((tick) => !ticked.includes(tick)).length;
  const ready = !own && left === 0 && props.hindrances.length === 0;
  const turn = (tick: string, on: boolean) =>
    setTicked((now) => (on ? [...now, tick] : now.filter((other) => other !== tick)));
  const accept = () => {
    if (ready && !props.accepting) props.onAccept(props.exception);
  };
  useShortcuts(
    own
      ? []
      : [
          { key: 'v', label: t('keyAccept'), run: accept },
          { key: 'r', label: t('keyReturn'), run: () => setAsking(true) },
        ],
  );
  if (own) {
    return (
      <section class="decision sheet" aria-label={t('checklist')}>
        <Note>{t('ownWork')}</Note>
      </section>
    );
  }
  return (
    <section class="decision sheet" aria-label={t('checklist')}>
      <h2>{t('checklist')}</h2>
      <div>
        {props.ticks.map((tick) => (
          <Checkbox
            key={tick}
            label={t(`tick_${tick}`)}
            checked={ticked.includes(tick)}
            onValue={(on) => turn(tick, on)}
          />
        ))}
        {props.exception ? (
          <Checkbox
            label={<strong>{t('acceptException')}</strong>}
            checked={ticked.includes('exception')}
            onValue={(on) => turn('exception', on)}
          />
        ) : null}
      </div>
      <ProblemNote problem={props.problem} />
      <p class="hint" role="status">
        {[...(left > 0 ? [t('leftTicks', { count: left })] : []), ...props.hindrances].join(' · ')}
      </p>
      <div class="row decision-acts">
        <Button icon="undo" shortcut="r" onPress={() => setAsking(true)}>
          {t('return')}
        </Button>
        <Button
          look="main"
          icon="check"
          shortcut="v"
          busy={props.accepting}
          disabled={!ready}
          onPress={accept}
        >
          {props.acceptLabel}
        </Button>
      </div>
      <Confirm
        open={asking}
        title={t('returnTitle')}
        text={<p>{t('returnText')}</p>}
        confirmLabel={t('return')}
        reason={{ label: t('comment'), name: 'comment', min: 3 }}
        busy={props.returning}
        problem={props.returnProblem}
        onConfirm={props.onReturn}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}
