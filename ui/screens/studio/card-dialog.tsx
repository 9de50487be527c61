import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { longestClaim } from '../../../server/contract/card-limits.js';
import type { Fact } from '../../../server/contract/library.js';
import {
  type CardTemplate,
  cardTemplates,
  type Language,
  languages,
} from '../../../server/contract/lists.js';
import { useAction, usePages, useRead } from '../../api/queries.js';
import { common } from '../../i18n/common.js';
import { useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { RadioGroup } from '../../parts/choice.js';
import { Dialog } from '../../parts/dialog.js';
import { FactSearch } from '../../parts/fact-search.js';
import { TextArea } from '../../parts/field.js';
import { ErrorState, ProblemNote, Skeleton } from '../../parts/messages.js';
import { CardPreview } from './card-preview.js';
import { cardTexts } from './card-texts.js';
import { titleOf } from './titles.js';
import './card.css';

const hints = { plain: 'plainHint', photo: 'photoHint', quote: 'quoteHint' } as const;

interface PictureChoice {
  id: string;
  url: string;
}

function Pictures({
  value,
  onValue,
}: {
  value: PictureChoice | null;
  onValue: (picture: PictureChoice) => void;
}) {
  const t = useText(cardTexts);
  const { language } = useLanguage();
  const { items, loading, problem } = usePages('creatives.list', { query: { kind: 'image' } });
  const pictures = items.filter(({ origin, inspection }) => origin === 'uploaded' && inspection === 'ready');
  return (
    <fieldset class="card-pictures" aria-label={t('picture')}>
      <legend>{t('picture')}</legend>
      <ProblemNote problem={problem} />
      {!loading && pictures.length === 0 ? <p class="hint">{t('pictureNone')}</p> : null}
      <div class="card-choices">
        {pictures.map((creative) => {
          const url = creative.previewUrl;
          if (url === null) return null;
          return (
            <button
              key={creative.id}
              type="button"
              aria-pressed={creative.id === value?.id}
              onClick={() => onValue({ id: creative.id, url })}
            >
              <img src={url} alt={titleOf(creative, language).text} loading="lazy" />
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

function CardForm({ fact, onClose, onAnother }: { fact: Fact; onClose: () => void; onAnother: () => void }) {
  const t = useText(cardTexts);
  const words = useText(common);
  const { language } = useLanguage();
  const { route } = useLocation();
  const make = useAction('cards.create', ['creatives.']);
  const spoken = languages.filter((one) => fact.texts[one] !== undefined);
  const [template, setTemplate] = useState<CardTemplate>('plain');
  const [wanted, setWanted] = useState<Language>(
    spoken.includes(language) ? language : (spoken[0] ?? language),
  );
  const [claim, setClaim] = useState(fact.claim.text.slice(0, longestClaim));
  const [picture, setPicture] = useState<PictureChoice | null>(null);
  const withPicture = template === 'photo';
  const ready = claim.trim().length >= 3 && (!withPicture || picture !== null);
  const create = () => {
    // Untouched, the server shortens the claim itself, at a sentence or a word.
    const reworded = claim !== fact.claim.text.slice(0, longestClaim);
    const body = {
      template,
      language: wanted,
      ...(reworded && { claim: claim.trim() }),
      ...(withPicture && picture && { imageCreativeId: picture.id }),
    };
    make.run({ params: { id: fact.id }, body }, ({ id }) => route(`/studio/${id}`));
  };
  return (
    <div class="card-form">
      <div class="stack">
        <RadioGroup
          label={t('template')}
          name="template"
          layout="grid"
          options={cardTemplates.map((value) => ({ value, label: t(value), hint: t(hints[value]) }))}
          value={template}
          onValue={setTemplate}
        />
        <RadioGroup
          label={t('language')}
          name="language"
          layout="row"
          options={spoken.map((value) => ({ value, label: t(value) }))}
          value={wanted}
          onValue={setWanted}
        />
        <TextArea
          label={t('claim')}
          hint={t('claimHint')}
          name="claim"
          rows={3}
          maxLength={longestClaim}
          value={claim}
          onValue={setClaim}
          problem={make.problem}
        />
        {withPicture ? <Pictures value={picture} onValue={setPicture} /> : null}
        <ProblemNote problem={make.problem} />
        <div class="row">
          <Button look="main" icon="image" busy={make.pending} disabled={!ready} onPress={create}>
            {t('make')}
          </Button>
          <Button look="quiet" onPress={onClose}>
            {words('cancel')}
          </Button>
          <Button look="quiet" onPress={onAnother}>
            {t('another')}
          </Button>
        </div>
      </div>
      <figure class="card-look">
        <figcaption class="hint">{t('preview')}</figcaption>
        <CardPreview
          fact={fact}
          template={template}
          language={wanted}
          claim={claim}
          picture={picture?.url ?? null}
        />
        <p class="hint">{t('previewHint')}</p>
      </figure>
    </div>
  );
}

function OfFact({ id, ...rest }: { id: string; onClose: () => void; onAnother: () => void }) {
  const { data, problem, retry } = useRead('library.read', { params: { id } });
  if (data) return <CardForm key={data.id} fact={data} {...rest} />;
  return problem ? <ErrorState problem={problem} onRetry={retry} /> : <Skeleton rows={4} />;
}

/** A card of a fact: which fact, which template, in which words. `fact` is its id, or `new` to choose one. */
export function CardDialog({ fact, onClose }: { fact: string; onClose: () => void }) {
  const t = useText(cardTexts);
  const [chosen, setChosen] = useState(fact === 'new' ? null : fact);
  return (
    <Dialog open wide title={t('title')} onClose={onClose}>
      {chosen === null ? (
        <FactSearch
          label={t('search')}
          none={t('none')}
          act={({ id }) => (
            <Button small onPress={() => setChosen(id)}>
              {t('choose')}
            </Button>
          )}
        />
      ) : (
        <OfFact id={chosen} onClose={onClose} onAnother={() => setChosen(null)} />
      )}
    </Dialog>
  );
}
