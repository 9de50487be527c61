import { useState } from 'preact/hooks';
import type { PackVersion } from '../../../server/contract/pack.js';
import { useAction } from '../../api/queries.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Note } from '../../parts/messages.js';
import { useToast } from '../../parts/toast.js';
import { Decision, packTicks } from './decision.js';
import { PackDifference } from './pack-difference.js';
import { PackFacts, PackWords } from './pack-words.js';
import { RenditionView } from './rendition-view.js';
import { texts } from './texts.js';

function Change({ pack }: { pack: PackVersion }) {
  const t = useText(texts);
  const codes = useCodes();
  const before = pack.history.find(({ number }) => number < pack.number);
  if (!before) return null;
  return (
    <section class="stack-small">
      <h2>{t('change')}</h2>
      {pack.changeNote ? (
        <Note>
          {pack.changeKind ? <strong>{codes.packChangeKind[pack.changeKind]}</strong> : null}
          <p class="original">{pack.changeNote}</p>
        </Note>
      ) : null}
      <PackDifference pack={pack} beforeId={before.id} />
    </section>
  );
}

/** A pack with its facts, words and every file on one screen, and the decision. */
export function ReviewPack(props: { pack: PackVersion; onDecided: () => void; onDiffers: () => void }) {
  const t = useText(texts);
  const toast = useToast();
  const format = useFormat();
  const { language } = useLanguage();
  const { pack } = props;
  const approve = useAction('packs.approve');
  const giveBack = useAction('packs.return');
  const [seen, setSeen] = useState<readonly string[]>([]);
  const params = { id: pack.id };
  const ready = pack.renditions.filter(({ url }) => url !== null);
  const unseen = ready.filter(({ id }) => !seen.includes(id)).length;
  const unready = pack.renditions.length - ready.length;

  async function accept(): Promise<void> {
    try {
      await approve.ask({ params, body: { hash: pack.hash } });
    } catch {
      return props.onDiffers();
    }
    toast(t('approved'));
    props.onDecided();
  }

  return (
    <div class="review-halves">
      <div class="stack review-material">
        <header>
          <h1>{nameIn(pack.title, language)}</h1>
          {pack.expiresAt ? (
            <p class="meta">{t('expires', { date: format.dateTime(pack.expiresAt) })}</p>
          ) : null}
        </header>
        <Change pack={pack} />
        <PackFacts pack={pack} />
        <section class="stack-small">
          <h2>{t('files', { count: pack.renditions.length })}</h2>
          {pack.renditions.length === 0 ? <p class="hint">{t('noFiles')}</p> : null}
          <ul class="review-files">
            {pack.renditions.map((rendition) => (
              <RenditionView
                key={rendition.id}
                rendition={rendition}
                seen={seen.includes(rendition.id)}
                onSeen={() => setSeen((now) => (now.includes(rendition.id) ? now : [...now, rendition.id]))}
              />
            ))}
          </ul>
        </section>
        <PackWords pack={pack} />
        <p class="meta">
          <span>{t('contributors', { names: pack.contributors.map(({ name }) => name).join(', ') })}</span>
        </p>
      </div>
      <div class="stack review-side">
        <Decision
          ticks={packTicks}
          contributors={[pack.createdBy, ...pack.contributors]}
          acceptLabel={t('approve')}
          hindrances={[
            ...(unseen > 0 ? [t('leftFiles', { count: unseen })] : []),
            ...(unready > 0 ? [t('notReady', { count: unready })] : []),
          ]}
          exception={false}
          accepting={approve.pending}
          returning={giveBack.pending}
          problem={approve.problem}
          returnProblem={giveBack.problem}
          onAccept={() => void accept()}
          onReturn={(comment) =>
            giveBack.run({ params, body: { comment } }, () => {
              toast(t('returned'));
              props.onDecided();
            })
          }
        />
        <Button small look="quiet" icon="packs" href={`/packs/${pack.id}`}>
          {t('openPack')}
        </Button>
      </div>
    </div>
  );
}
