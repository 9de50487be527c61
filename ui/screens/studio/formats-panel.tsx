import { useState } from 'preact/hooks';
import type { Creative, FormatInfo } from '../../../server/contract/creative.js';
import { type Language, platforms } from '../../../server/contract/lists.js';
import type { FocalPoint } from '../../../server/contract/recipe.js';
import { readLocal, writeLocal } from '../../api/local.js';
import { useRead } from '../../api/queries.js';
import { useCodes } from '../../i18n/codes.js';
import { nameIn, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Checkbox } from '../../parts/choice.js';
import { EmptyState, ErrorState, Note, ProblemNote, Skeleton } from '../../parts/messages.js';
import { useShortcuts } from '../../parts/shortcuts.js';
import { useToast } from '../../parts/toast.js';
import { cardTexts } from './card-texts.js';
import { canBeMade, FormatCard } from './format-card.js';
import { FormatDialog } from './format-dialog.js';
import { isFramed } from './framing.js';
import { framingTexts } from './framing-texts.js';
import { texts } from './texts.js';
import { useFramings } from './use-framings.js';
import { useMaking } from './use-making.js';
import { useRecipes } from './use-recipes.js';

export interface FormatsPanelProps {
  creative: Creative;
  focal: FocalPoint;
  focalMoved: boolean;
  canMake: boolean;
  /** Of the words drawn over it. */
  language: Language;
  /** Saves a moved focal point, so that what is made is what was shown. */
  saveFocal: () => Promise<void>;
  onMade: () => void;
}

/** Formats that lie under the same platforms stand together, in the platforms' order. */
function groupsOf(formats: readonly FormatInfo[]) {
  const groups = new Map<string, { platforms: FormatInfo['platforms']; formats: FormatInfo[] }>();
  const order = (format: FormatInfo) => platforms.indexOf(format.platform);
  for (const format of [...formats].sort((a, b) => order(a) - order(b))) {
    const key = format.platforms.join();
    const group = groups.get(key) ?? { platforms: format.platforms, formats: [] };
    group.formats.push(format);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Every format this creative can go out in, as each platform will frame it. */
export function FormatsPanel(props: FormatsPanelProps) {
  const t = useText(texts);
  const codes = useCodes();
  const toast = useToast();
  const { creative, focal, canMake } = props;
  const list = useRead('formats.list', {}, { staleTime: 300_000 });
  const words = useText(framingTexts);
  const cards = useText(cardTexts);
  const { language: shown } = useLanguage();
  const framings = useFramings(creative);
  const making = useMaking({ creative, framings, language: props.language, saveFocal: props.saveFocal });
  const recipes = useRecipes(creative, props.language);
  const [open, setOpen] = useState<string | null>(null);
  const [showSafe, setShowSafe] = useState(() => readLocal('studio.safe') !== 'off');
  const formats = (list.data?.items ?? []).filter(({ accepts }) => accepts.includes(creative.kind));
  const possible = formats.filter((format) => canBeMade(format, creative));
  const newest = [...creative.renditions].reverse();
  const count = making.chosen.size;
  const hasZones = formats.some(({ safeZone }) => safeZone !== null);
  const cuts = formats.some((format) => isFramed(format, creative));
  const opened = formats.find(({ code }) => code === open) ?? null;

  function setSafe(on: boolean): void {
    setShowSafe(on);
    writeLocal('studio.safe', on ? null : 'off');
  }
  async function make(): Promise<void> {
    if (count === 0 || making.making) return;
    const started = await making.make(formats);
    if (started === null) return;
    toast(started > 0 ? t('made', { count: started }) : t('madeAlready'));
    props.onMade();
  }
  const selectAll = () => making.choose(possible.map(({ code }) => code));
  useShortcuts([
    ...(hasZones ? [{ key: 's', label: t('keySafe'), run: () => setSafe(!showSafe) }] : []),
    ...(canMake
      ? [
          { key: 'a', label: t('keyAll'), run: selectAll },
          { key: 'm', label: t('keyMake'), run: () => void make() },
        ]
      : []),
  ]);

  if (list.problem) return <ErrorState problem={list.problem} onRetry={list.retry} />;
  if (list.loading) {
    return (
      <div class="formats-coming">
        <Skeleton rows={5} />
      </div>
    );
  }
  if (formats.length === 0) {
    return <EmptyState icon="file" title={t('noFormatsTitle')} text={t('noFormatsText')} />;
  }
  return (
    <section class="formats" aria-labelledby="formats-title">
      <header class="formats-head">
        <div>
          <h2 id="formats-title">{t('formats')}</h2>
          <p class="hint">{creative.card ? cards('formatsLead') : t('formatsLead')}</p>
        </div>
        {hasZones ? <Checkbox label={t('safeZone')} checked={showSafe} onValue={setSafe} /> : null}
      </header>
      <div class="format-groups">
        {groupsOf(formats).map((group) => (
          <div key={group.platforms.join()} class="format-group">
            <h3>{group.platforms.map((platform) => codes.platform[platform]).join(' · ')}</h3>
            <ul class="format-grid">
              {group.formats.map((format) => (
                <FormatCard
                  key={format.code}
                  format={format}
                  creative={creative}
                  focal={focal}
                  framing={framings.of(format)}
                  recipe={recipes.get(format.code) ?? null}
                  showSafe={showSafe}
                  chosen={making.chosen.has(format.code)}
                  canMake={canMake}
                  latest={newest.find((made) => made.format.code === format.code)}
                  onChosen={(on) => making.toggle(format.code, on)}
                  onFraming={(framing) => void framings.save(format.code, framing)}
                  onOpen={() => setOpen(format.code)}
                />
              ))}
            </ul>
          </div>
        ))}
      </div>
      {canMake ? (
        <div class="make-bar">
          <ProblemNote problem={making.problem ?? framings.problem} />
          {framings.clashed ? <Note tone="alert">{words('clash')}</Note> : null}
          {count > 0 && props.focalMoved ? <Note>{t('unsavedFocal')}</Note> : null}
          {count > 0 && cuts && !props.focalMoved && !creative.focal.confirmed ? (
            <Note>{t('suggestedFocal')}</Note>
          ) : null}
          <div class="row">
            <Button look="quiet" small shortcut="a" onPress={selectAll}>
              {t('selectAll')}
            </Button>
            {count > 0 ? (
              <Button look="quiet" small onPress={() => making.choose([])}>
                {t('selectNone')}
              </Button>
            ) : null}
            <span class="make-words" role="status">
              {count > 0 ? t('chosen', { count }) : t('chooseFirst')}
            </span>
            <Button
              look="main"
              shortcut="m"
              busy={making.making}
              disabled={count === 0}
              onPress={() => void make()}
            >
              {count > 0 ? t('make', { count }) : t('makeNone')}
            </Button>
          </div>
        </div>
      ) : null}
      <FormatDialog
        format={opened}
        creative={creative}
        focal={focal}
        framing={opened && framings.of(opened)}
        recipe={(opened && recipes.get(opened.code)?.recipe) ?? null}
        showSafe={showSafe}
        canEdit={canMake}
        onSave={(choice) => {
          setOpen(null);
          if (!opened) return;
          const name = nameIn(opened.name, shown);
          void framings.save(opened.code, choice).then(() => toast(words('saved', { format: name })));
        }}
        onClose={() => setOpen(null)}
      />
    </section>
  );
}
