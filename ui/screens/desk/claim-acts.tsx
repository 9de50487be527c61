import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Claim } from '../../../server/contract/claim.js';
import { claimMoves } from '../../../server/contract/life-cycles.js';
import type { ClaimState } from '../../../server/contract/lists.js';
import { useAction } from '../../api/queries.js';
import { useCan, useMe } from '../../api/session.js';
import { useCodes } from '../../i18n/codes.js';
import { useFormat, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Confirm } from '../../parts/dialog.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { useToast } from '../../parts/toast.js';
import { texts } from './texts.js';

type Exit = 'not_checkable' | 'no_answer_needed';
const isExit = (state: ClaimState): state is Exit =>
  state === 'not_checkable' || state === 'no_answer_needed';

/** Moves a person makes by hand; starting a check brings a claim into checking by itself. */
function movesOf(claim: Claim): Exclude<ClaimState, 'new'>[] {
  return claimMoves[claim.state].filter(
    (state): state is Exclude<ClaimState, 'new'> =>
      state !== 'new' &&
      (state !== 'answered' || claim.cluster.factId !== null) &&
      (state !== 'checking' || claim.state === 'answered'),
  );
}

function Lease({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const format = useFormat();
  const me = useMe();
  const lease = useAction('claims.lease');
  const { assignee, leaseUntil } = claim;
  const mine = assignee?.id === me.member.id;
  const params = { id: claim.id };
  const turn = () => lease.run({ params, body: { take: !mine } });
  useShortcuts([{ key: 'a', label: t('keyTake'), run: () => !lease.pending && turn() }]);
  const time = leaseUntil ? format.time(leaseUntil) : '';
  return (
    <>
      <div class="row between">
        <p>
          {!assignee
            ? t('free')
            : mine
              ? t('heldByMeUntil', { time })
              : t('heldUntil', { name: assignee.name, time })}
        </p>
        <Button
          icon={mine ? 'undo' : 'person'}
          shortcut="a"
          busy={lease.pending}
          disabled={Boolean(assignee) && !mine}
          onPress={turn}
        >
          {t(mine ? 'letGo' : 'take')}
        </Button>
      </div>
      <ProblemNote problem={lease.problem} />
    </>
  );
}

function States({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const codes = useCodes();
  const toast = useToast();
  const move = useAction('claims.setState');
  const [exit, setExit] = useState<Exit | null>(null);
  const moves = movesOf(claim);
  const go = (state: ClaimState, reason?: string) =>
    move.run(
      { params: { id: claim.id }, ifMatch: claim.version, body: reason ? { state, reason } : { state } },
      () => {
        setExit(null);
        toast(t('moved', { state: codes.claimState[state] }));
      },
    );
  const choose = (state: ClaimState) => {
    move.reset();
    if (isExit(state)) setExit(state);
    else if (!move.pending) go(state);
  };
  useShortcuts(
    moves.map((state, index) => ({
      key: String(index + 1),
      label: t('keyMove', { state: codes.claimState[state] }),
      run: () => choose(state),
    })),
  );
  const stale = move.problem?.status === 412;
  return (
    <>
      {stale ? (
        <Note tone="alert" role="alert">
          {t('changedMeanwhile')}
        </Note>
      ) : null}
      {!stale && exit === null ? <ProblemNote problem={move.problem} /> : null}
      {moves.length > 0 ? (
        <fieldset class="row">
          <legend class="hidden">{t('moveTo')}</legend>
          {moves.map((state, index) => (
            <Button
              key={state}
              small
              shortcut={String(index + 1)}
              busy={move.pending && exit === null}
              onPress={() => choose(state)}
            >
              {t(`to_${state}`)}
            </Button>
          ))}
        </fieldset>
      ) : null}
      <Confirm
        open={exit !== null && !stale}
        title={exit ? t(`to_${exit}`) : ''}
        text={exit ? <p>{t(`exitText_${exit}`)}</p> : ''}
        confirmLabel={exit ? t(`to_${exit}`) : ''}
        reason={{ min: 3 }}
        busy={move.pending}
        problem={move.problem}
        onConfirm={(reason) => exit && go(exit, reason)}
        onClose={() => setExit(null)}
      />
    </>
  );
}

/** Who answers it, where it stands, and the way into its check. */
export function ClaimActs({ claim }: { claim: Claim }) {
  const t = useText(texts);
  const can = useCan();
  const { route } = useLocation();
  const start = useAction('checks.start', ['claims.']);
  const { factId, checkId } = claim.cluster;
  const closed = isExit(claim.state);
  const mayStart = can('checks.write') && !closed;
  const begin = () => start.run({ body: { claimId: claim.id } }, (version) => route(`/checks/${version.id}`));
  const openFact = () => factId && route(`/checks/${factId}`);
  const enter = mayStart ? begin : openFact;
  useShortcuts(
    mayStart || factId ? [{ key: 'c', label: t('keyCheck'), run: () => !start.pending && enter() }] : [],
  );
  if (!can('claims.triage', 'checks.write')) return null;
  return (
    <section class="claim-acts sheet" aria-label={t('work')}>
      {can('claims.triage') ? <Lease claim={claim} /> : null}
      {mayStart || factId ? (
        <Button look="main" icon="review" shortcut="c" busy={start.pending} onPress={enter}>
          {t(checkId ? 'openCheck' : 'startCheck')}
        </Button>
      ) : null}
      <ProblemNote problem={start.problem} />
      {can('claims.triage') ? <States claim={claim} /> : null}
    </section>
  );
}
