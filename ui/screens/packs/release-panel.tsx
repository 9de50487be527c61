import { useState } from 'preact/hooks';
import type { PackVersion } from '../../../server/contract/pack.js';
import type { RoutePreview, Selector } from '../../../server/contract/release.js';
import type { ProblemError } from '../../api/problem.js';
import { useAction } from '../../api/queries.js';
import { nameIn, useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Checkbox } from '../../parts/choice.js';
import { Confirm } from '../../parts/dialog.js';
import { Icon } from '../../parts/icon.js';
import { Note, ProblemNote } from '../../parts/messages.js';
import { useToast } from '../../parts/toast.js';
import { SelectorBuilder } from './selector-builder.js';
import { texts } from './texts.js';

function Route({ preview }: { preview: RoutePreview }) {
  const t = useText(texts);
  const format = useFormat();
  const { language } = useLanguage();
  return (
    <div class="route">
      <p class="route-line" role="status">
        <strong>{t('previewTotal', { count: preview.total })}</strong>
        <span>{t('previewMembers', { count: preview.members })}</span>
        {preview.silent > 0 ? (
          <span class="route-mark">
            <Icon name="clock" size={18} />
            {t('previewSilent', { count: preview.silent })}
          </span>
        ) : null}
        {preview.vacant > 0 ? (
          <span class="route-mark">
            <Icon name="person" size={18} />
            {t('previewVacant', { count: preview.vacant })}
          </span>
        ) : null}
      </p>
      <ul class="route-units">
        {preview.units.map(({ unit, silentUntil, members }) => (
          <li key={unit.id}>
            <span>{nameIn(unit.name, language) || unit.code}</span>
            <span class="faint">
              {silentUntil
                ? t('silentUntil', { date: format.dateTime(silentUntil) })
                : members === 0
                  ? t('noMember')
                  : t('previewMembers', { count: members })}
            </span>
          </li>
        ))}
        {preview.total > preview.units.length ? (
          <li class="faint">{t('moreUnits', { count: preview.total - preview.units.length })}</li>
        ) : null}
      </ul>
    </div>
  );
}

/** The server names what is wrong with the choice by its field; there is no single field to show it at. */
function Refusal({ problem }: { problem: ProblemError | null }) {
  const first = problem?.errors[0];
  if (!first) return <ProblemNote problem={problem} />;
  return (
    <Note tone="alert" role="alert">
      {first.message}
    </Note>
  );
}

/** Where a pack goes: chosen, looked at in a dry run, then released. */
export function ReleasePanel({ pack, onDone }: { pack: PackVersion; onDone: () => void }) {
  const t = useText(texts);
  const toast = useToast();
  const { language } = useLanguage();
  const [selector, setSelector] = useState<Selector | null>(null);
  const [route, setRoute] = useState<RoutePreview | null>(null);
  const [skip, setSkip] = useState(false);
  const [asking, setAsking] = useState(false);
  const preview = useAction('packs.preview');
  const release = useAction('packs.release', ['inbox.', 'library.']);
  const params = { id: pack.id };
  const allSilent = route !== null && route.silent === route.total;
  const blocked = route !== null && route.silent > 0 && !skip;

  return (
    <section class="part sheet stack release">
      <h2>{t('releaseTitle')}</h2>
      <SelectorBuilder
        onValue={(next) => {
          setSelector(next);
          setRoute(null);
          setSkip(false);
          preview.reset();
          release.reset();
        }}
      />
      <Refusal problem={preview.problem} />
      {route ? <Route preview={route} /> : null}
      {route && route.silent > 0 && !allSilent ? (
        <Checkbox label={t('skipSilent')} checked={skip} onValue={setSkip} />
      ) : null}
      {allSilent ? <Note tone="alert">{t('allSilent')}</Note> : null}
      <div class="row">
        {route ? (
          <Button look="main" icon="send" disabled={blocked || allSilent} onPress={() => setAsking(true)}>
            {t('release')}
          </Button>
        ) : (
          <Button
            look="main"
            icon="eye"
            disabled={selector === null}
            busy={preview.pending}
            onPress={() => selector && preview.run({ params, body: { selector } }, setRoute)}
          >
            {t('preview')}
          </Button>
        )}
      </div>
      <Confirm
        open={asking && route !== null}
        title={t('releaseConfirm')}
        text={
          <>
            <strong>{nameIn(pack.title, language)}</strong>
            <p>
              {t('releaseConfirmText', {
                units: route ? route.total - route.silent : 0,
                members: route?.members ?? 0,
              })}
            </p>
          </>
        }
        confirmLabel={t('release')}
        busy={release.pending}
        problem={release.problem}
        onConfirm={() => {
          if (!selector) return;
          release.run(
            { params, body: { selector, hash: pack.hash, ...(skip ? { skipSilent: true } : {}) } },
            () => {
              setAsking(false);
              toast(t('released'));
              onDone();
            },
          );
        }}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}
