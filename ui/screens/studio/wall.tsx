import { useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { type MediaKind, mediaKinds } from '../../../server/contract/lists.js';
import { usePages } from '../../api/queries.js';
import { useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { EmptyState, ErrorState } from '../../parts/messages.js';
import { Page } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { cardTexts } from './card-texts.js';
import { CreativeCard } from './creative-card.js';
import { FilePicker } from './file-picker.js';
import { texts } from './texts.js';
import { usePolling } from './use-polling.js';

const kindWords = { image: 'images', video: 'videos', audio: 'audios', document: 'documents' } as const;

interface Filter {
  kind: MediaKind | undefined;
  mine: boolean;
}

function addressFor({ kind, mine }: Filter): string {
  const query = new URLSearchParams();
  if (kind) query.set('kind', kind);
  if (mine) query.set('mine', 'true');
  return query.size > 0 ? `/studio?${query}` : '/studio';
}

function Filters({ filter }: { filter: Filter }) {
  const t = useText(texts);
  const { route } = useLocation();
  const ask = (change: Partial<Filter>) => route(addressFor({ ...filter, ...change }), true);
  return (
    <div class="wall-filters filter-pills">
      <fieldset class="wall-kinds" aria-label={t('kinds')}>
        <button
          type="button"
          aria-pressed={filter.kind === undefined}
          onClick={() => ask({ kind: undefined })}
        >
          {t('allKinds')}
        </button>
        {mediaKinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={filter.kind === kind} onClick={() => ask({ kind })}>
            {t(kindWords[kind])}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        class="wall-mine"
        aria-pressed={filter.mine}
        onClick={() => ask({ mine: !filter.mine })}
      >
        {t('mine')}
      </button>
    </div>
  );
}

/** Boxes in the shape of what is coming, so that nothing moves when it comes. */
function WallSkeleton() {
  return (
    <div class="wall" aria-hidden="true">
      {Array.from({ length: 12 }, (_, index) => (
        <div key={index} class="creative-card creative-coming">
          <span class="creative-picture" />
          <span class="creative-title">&nbsp;</span>
          <small class="creative-line">&nbsp;</small>
          <small class="creative-line">&nbsp;</small>
        </div>
      ))}
    </div>
  );
}

/** Every creative, newest first. */
export function Wall({ canAdd, onFiles }: { canAdd: boolean; onFiles: (files: File[]) => void }) {
  const t = useText(texts);
  const words = useText(cardTexts);
  const { query, route } = useLocation();
  const filter: Filter = {
    kind: mediaKinds.find((kind) => kind === query.kind),
    mine: query.mine === 'true',
  };
  const found = usePages('creatives.list', {
    query: { kind: filter.kind, mine: filter.mine ? true : undefined },
  });
  const wall = useRef<HTMLUListElement>(null);
  usePolling(
    ['creatives.list'],
    found.items.some(
      ({ inspection, renditionCounts: counts }) =>
        inspection === 'queued' || inspection === 'processing' || counts.queued + counts.processing > 0,
    ),
  );

  function move(step: number): void {
    const cards = [...(wall.current?.querySelectorAll<HTMLElement>('.creative-card') ?? [])];
    const at = cards.findIndex((card) => card.matches(':focus'));
    cards[Math.max(0, Math.min(cards.length - 1, at + step))]?.focus();
  }
  useShortcuts([
    { key: 'j', label: t('keyNext'), run: () => move(1) },
    { key: 'k', label: t('keyPrevious'), run: () => move(-1) },
    {
      key: 'Enter',
      label: t('keyOpen'),
      run: () => wall.current?.querySelector<HTMLElement>('.creative-card')?.click(),
    },
  ]);

  const filtered = filter.kind !== undefined || filter.mine;
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        canAdd ? (
          <>
            <Button icon="plus" href="/studio?card=new">
              {words('new')}
            </Button>
            <span class="fine-only">
              <FilePicker what="folder" icon="plus" onFiles={onFiles}>
                {t('addFolder')}
              </FilePicker>
            </span>
            <FilePicker what="files" look="main" icon="upload" onFiles={onFiles}>
              {t('addFiles')}
            </FilePicker>
          </>
        ) : null
      }
    >
      <Filters filter={filter} />
      {found.problem && found.items.length === 0 ? (
        <ErrorState problem={found.problem} onRetry={found.retry} />
      ) : found.loading ? (
        <WallSkeleton />
      ) : found.items.length === 0 ? (
        filtered ? (
          <EmptyState
            icon="filter"
            title={t('nothingTitle')}
            text={t('nothingText')}
            action={<Button onPress={() => route('/studio', true)}>{t('showAll')}</Button>}
          />
        ) : (
          <EmptyState icon="studio" title={t('emptyTitle')} text={canAdd ? t('emptyText') : undefined} />
        )
      ) : (
        <>
          <ul ref={wall} class="wall" aria-label={t('wall')}>
            {canAdd ? (
              <li class="fine-only">
                <FilePicker what="files" icon="upload" onFiles={onFiles}>
                  {t('dropTile')}
                </FilePicker>
              </li>
            ) : null}
            {found.items.map((creative) => (
              <li key={creative.id}>
                <CreativeCard creative={creative} href={`/studio/${creative.id}`} />
              </li>
            ))}
          </ul>
          <Pager {...found} />
        </>
      )}
    </Page>
  );
}
