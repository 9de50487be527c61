import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { mayMove, packMoves } from '../../../server/contract/life-cycles.js';
import type { PackChangeKind } from '../../../server/contract/lists.js';
import type { PackVersion } from '../../../server/contract/pack.js';
import { useAction } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Confirm } from '../../parts/dialog.js';
import { useToast } from '../../parts/toast.js';
import { RecallDialog } from './recall-dialog.js';
import { texts } from './texts.js';

type Asked = PackChangeKind | 'expire' | 'recall';

export interface PackActsProps {
  pack: PackVersion;
  /** The release panel is open already. */
  releasing: boolean;
  onReleaseMore: () => void;
}

/** What may be done with a pack that went out: next version, more units, end, recall. */
export function PackActs({ pack, releasing, onReleaseMore }: PackActsProps) {
  const t = useText(texts);
  const can = useCan();
  const toast = useToast();
  const { route } = useLocation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const next = useAction('packs.next');
  const expire = useAction('packs.expire');
  const { id, state } = pack;
  const wasOut = ['released', 'superseded', 'recalled', 'expired'].includes(state);
  if (!wasOut) return null;
  const newest = pack.history.every(({ number }) => number <= pack.number);
  const continues = newest && state !== 'superseded' && can('packs.compose');
  const close = () => {
    setAsked(null);
    next.reset();
    expire.reset();
  };
  const kind = asked === 'correct' || asked === 'update' ? asked : null;
  return (
    <div class="row acts">
      <Button icon="eye" href={`/packs/${id}/board`}>
        {t(state === 'recalled' ? 'board' : 'boardSeen')}
      </Button>
      {continues ? (
        <>
          <Button icon="edit" onPress={() => setAsked('correct')}>
            {t('correct')}
          </Button>
          <Button icon="plus" onPress={() => setAsked('update')}>
            {t('update')}
          </Button>
        </>
      ) : null}
      {state === 'released' && can('packs.release') ? (
        <>
          {releasing ? null : (
            <Button icon="send" onPress={onReleaseMore}>
              {t('releaseMore')}
            </Button>
          )}
          <Button icon="clock" onPress={() => setAsked('expire')}>
            {t('expire')}
          </Button>
        </>
      ) : null}
      {mayMove(packMoves, state, 'recalled') && can('packs.recall') ? (
        <Button look="strong" icon="recall" onPress={() => setAsked('recall')}>
          {t('recall')}
        </Button>
      ) : null}
      <Confirm
        open={kind !== null}
        title={kind ? `${t('nextTitle')}: ${t(kind)}` : t('nextTitle')}
        text={t('nextText')}
        confirmLabel={t('nextOpen')}
        reason={{ label: t('changeNote'), name: 'changeNote' }}
        busy={next.pending}
        problem={next.problem}
        onConfirm={(changeNote) => {
          if (!kind) return;
          next.run({ params: { id }, body: { changeKind: kind, changeNote } }, (opened) => {
            close();
            route(`/packs/${opened.id}`);
          });
        }}
        onClose={close}
      />
      <Confirm
        open={asked === 'expire'}
        title={t('expire')}
        text={t('expireText')}
        confirmLabel={t('expire')}
        strong
        busy={expire.pending}
        problem={expire.problem}
        onConfirm={() =>
          expire.run({ params: { id } }, () => {
            close();
            toast(t('expired'));
          })
        }
        onClose={close}
      />
      <RecallDialog pack={pack} open={asked === 'recall'} onClose={close} />
    </div>
  );
}
