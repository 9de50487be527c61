import { useRef } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import { packStates } from '../../../server/contract/lists.js';
import { useRead } from '../../api/queries.js';
import { useCan } from '../../api/session.js';
import { useText } from '../../i18n/language.js';
import { EmptyState, ErrorState, Skeleton } from '../../parts/messages.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { SplitPane } from '../../parts/split-pane.js';
import { Composer } from './composer.js';
import { NewPack } from './new-pack.js';
import { addressFor, PackList } from './pack-list.js';
import { PackView } from './pack-view.js';
import { texts } from './texts.js';
import './packs.css';
import './composer.css';

function Version({ id }: { id: string }) {
  const can = useCan();
  const { data, problem, retry } = useRead('packs.read', { params: { id } });
  if (problem && (!data || !problem.mayPass)) return <ErrorState problem={problem} onRetry={retry} />;
  if (!data) return <Skeleton rows={5} />;
  return data.state === 'draft' && can('packs.compose') ? <Composer pack={data} /> : <PackView pack={data} />;
}

/** Packs from draft to release; one is written, read or released at the right. */
export default function Packs() {
  const t = useText(texts);
  const can = useCan();
  const { query, route } = useLocation();
  const { versionId } = useRoute().params;
  const state = packStates.find((code) => code === query.state);
  const pane = useRef<HTMLDivElement>(null);

  function move(step: number): void {
    const cards = [...(pane.current?.querySelectorAll<HTMLElement>('.pack-card') ?? [])];
    const at = cards.findIndex((card) => card.matches(':focus'));
    const from = at >= 0 ? at : cards.findIndex((card) => card.ariaCurrent === 'true');
    cards[Math.max(0, Math.min(cards.length - 1, from + step))]?.focus();
  }
  useShortcuts([
    { key: 'j', label: t('keyNext'), run: () => move(1) },
    { key: 'k', label: t('keyPrevious'), run: () => move(-1) },
    ...(can('packs.compose') ? [{ key: 'n', label: t('keyNew'), run: () => route('/packs/new') }] : []),
  ]);

  function detail() {
    if (!versionId) return null;
    return versionId === 'new' ? <NewPack /> : <Version key={versionId} id={versionId} />;
  }
  return (
    <SplitPane
      listLabel={t('title')}
      backHref={addressFor(state)}
      backLabel={t('backToList')}
      detail={detail()}
      placeholder={<EmptyState icon="packs" title={t('chooseTitle')} text={t('chooseText')} />}
      list={<PackList state={state} chosen={versionId} paneRef={pane} />}
    />
  );
}
