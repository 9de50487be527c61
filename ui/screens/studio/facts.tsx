import type { ComponentChildren } from 'preact';
import type { Creative } from '../../../server/contract/creative.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { useCopy } from '../../parts/toast.js';
import { Bytes, Time } from '../../parts/values.js';
import { texts } from './texts.js';

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What is known of the original file. */
export function Facts({ creative }: { creative: Creative }) {
  const t = useText(texts);
  const codes = useCodes();
  const format = useFormat();
  const copy = useCopy();
  const { language } = useLanguage();
  const { width, height, durationMs, hasAudio, c2paPresent, sha256, supersedesId } = creative;
  return (
    <section class="sheet stack-small">
      <h2>{t('facts')}</h2>
      <dl class="file-facts">
        <Fact label={t('name')}>
          <span class="file-name-whole" lang="und">
            {creative.originalName}
          </span>
        </Fact>
        <Fact label={t('size')}>
          <Bytes size={creative.size} />
        </Fact>
        {width !== null && height !== null ? (
          <Fact label={t('pixels')}>{t('pixelsOf', { width: String(width), height: String(height) })}</Fact>
        ) : null}
        {durationMs !== null ? (
          <Fact label={t('duration')}>
            <span class="number">{format.duration(durationMs)}</span>
          </Fact>
        ) : null}
        {creative.kind === 'video' && hasAudio !== null ? (
          <Fact label={t('sound')}>{hasAudio ? t('soundYes') : t('soundNo')}</Fact>
        ) : null}
        <Fact label={t('hash')}>
          <span class="hash">
            <code lang="und">{sha256.slice(0, 12)}…</code>
            <Button look="quiet" small icon="copy" label={t('copyHash')} onPress={() => void copy(sha256)} />
          </span>
        </Fact>
        <Fact label={t('uploaded')}>
          {creative.createdBy.name} · <Time at={creative.createdAt} />
        </Fact>
        <Fact label={t('unit')}>{nameIn(creative.ownerUnit.name, language)}</Fact>
        <Fact label={t('origin')}>{codes.origin[creative.origin]}</Fact>
        {supersedesId ? (
          <Fact label={t('supersedes')}>
            <a href={`/studio/${supersedesId}`}>{t('openOlder')}</a>
          </Fact>
        ) : null}
        {c2paPresent === null ? null : (
          <Fact label={t('c2pa')}>{c2paPresent ? t('c2paYes') : t('c2paNo')}</Fact>
        )}
      </dl>
    </section>
  );
}
