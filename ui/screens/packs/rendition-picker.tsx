import { useState } from 'preact/hooks';
import type { Creative, CreativeSummary } from '../../../server/contract/creative.js';
import { usePages, useRead } from '../../api/queries.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { EmptyState, ErrorState, Skeleton } from '../../parts/messages.js';
import { Pager } from '../../parts/pager.js';
import type { DraftRendition } from './draft.js';
import { RenditionGroups } from './rendition-groups.js';
import { texts } from './texts.js';

export interface RenditionPickerProps {
  value: readonly DraftRendition[];
  onValue: (renditions: readonly DraftRendition[]) => void;
}

function readyOf(creative: Creative): DraftRendition[] {
  return creative.renditions
    .filter(({ state }) => state === 'ready')
    .map((rendition) => ({ ...rendition, previewUrl: creative.previewUrl, texts: creative.texts }));
}

function OfCreative({ id, value, onValue }: RenditionPickerProps & { id: string }) {
  const { data, problem, retry } = useRead('creatives.read', { params: { id } });
  if (!data) return problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={2} />;
  return (
    <RenditionGroups
      renditions={readyOf(data)}
      isChosen={({ id: wanted }) => value.some((chosen) => chosen.id === wanted)}
      onChoose={(rendition, chosen) =>
        onValue(chosen ? [...value, rendition] : value.filter((other) => other.id !== rendition.id))
      }
    />
  );
}

function CreativeButton(props: {
  creative: CreativeSummary;
  open: boolean;
  chosen: number;
  onPress: () => void;
}) {
  const t = useText(texts);
  const { language } = useLanguage();
  const { creative } = props;
  const names = {
    ...(creative.texts.hi?.title && { hi: creative.texts.hi.title }),
    ...(creative.texts.en?.title && { en: creative.texts.en.title }),
  };
  return (
    <button type="button" class="pack-creative" aria-pressed={props.open} onClick={props.onPress}>
      <span class="pack-creative-picture">
        {creative.previewUrl ? (
          <img src={creative.previewUrl} alt="" loading="lazy" />
        ) : (
          <Icon name={creative.kind} size={28} />
        )}
      </span>
      <span>
        <span class="clamp">{nameIn(names, language) || creative.originalName}</span>
        <small class="faint">
          {t('renditionsReady', { count: creative.renditionCounts.ready })}
          {props.chosen > 0 ? ` · ✓ ${props.chosen}` : ''}
        </small>
      </span>
    </button>
  );
}

function Choice(props: RenditionPickerProps) {
  const t = useText(texts);
  const pages = usePages('creatives.list', { query: { limit: 50 } });
  const [chosen, setChosen] = useState<string | null>(null);
  const ready = pages.items.filter(({ renditionCounts }) => renditionCounts.ready > 0);
  const open = chosen ?? ready[0]?.id ?? null;
  if (pages.problem && ready.length === 0)
    return <ErrorState problem={pages.problem} onRetry={pages.retry} />;
  if (pages.loading) return <Skeleton rows={3} />;
  if (ready.length === 0) {
    return (
      <EmptyState
        icon="studio"
        title={t('creatives')}
        text={t('creativesNone')}
        action={<Button href="/studio">{t('openStudio')}</Button>}
      />
    );
  }
  return (
    <div class="choice">
      <section aria-label={t('creatives')}>
        <ul class="pack-creatives">
          {ready.map((creative) => (
            <li key={creative.id}>
              <CreativeButton
                creative={creative}
                open={creative.id === open}
                chosen={props.value.filter(({ creativeId }) => creativeId === creative.id).length}
                onPress={() => setChosen(creative.id)}
              />
            </li>
          ))}
        </ul>
        <Pager {...pages} />
      </section>
      <section aria-label={t('renditions')}>
        {open ? <OfCreative key={open} id={open} {...props} /> : null}
      </section>
    </div>
  );
}

/** The pack's files, and a dialog to choose more among what the studio has ready. */
export function RenditionPicker({ value, onValue }: RenditionPickerProps) {
  const t = useText(texts);
  const [open, setOpen] = useState(false);
  return (
    <>
      {value.length > 0 ? (
        <RenditionGroups
          renditions={value}
          isChosen={() => true}
          onChoose={(rendition) => onValue(value.filter(({ id }) => id !== rendition.id))}
        />
      ) : (
        <p class="hint">{t('renditionsNone')}</p>
      )}
      <div>
        <Button icon="image" onPress={() => setOpen(true)}>
          {t('renditionsChoose')}
        </Button>
      </div>
      <Dialog
        wide
        open={open}
        title={t('renditionsChoose')}
        onClose={() => setOpen(false)}
        actions={
          <>
            <span class="hint">{t('files', { count: value.length })}</span>
            <Button look="main" onPress={() => setOpen(false)}>
              {t('done')}
            </Button>
          </>
        }
      >
        <Choice value={value} onValue={onValue} />
      </Dialog>
    </>
  );
}
