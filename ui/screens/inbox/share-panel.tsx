import { useEffect, useState } from 'preact/hooks';
import { type Platform, platforms } from '../../../server/contract/lists.js';
import type { InboxFile, InboxPack } from '../../../server/contract/release.js';
import { useCodes } from '../../i18n/codes.js';
import { useFormat, useLanguage, useText } from '../../i18n/language.js';
import { Button } from '../../parts/button.js';
import { Note } from '../../parts/messages.js';
import { Progress } from '../../parts/progress.js';
import { Tabs } from '../../parts/tabs.js';
import { useCopy, useToast } from '../../parts/toast.js';
import { FileTile } from './file-tile.js';
import { savesData } from './line.js';
import { texts } from './texts.js';
import { canShareFiles, saveFile, useFiles } from './use-files.js';
import type { Receipts } from './use-receipts.js';

/** A file this small comes by itself, so that one tap shares it. */
const comesAlone = 500_000;

/** Platforms this pack has something for, in the usual order. */
function platformsOf(pack: InboxPack): Platform[] {
  return platforms.filter(
    (platform) =>
      pack.files.some(({ format }) => format.platform === platform) ||
      pack.captions.some((caption) => caption.platform === platform),
  );
}

function useCaption(pack: InboxPack, platform: Platform): { text: string; language: string } | null {
  const { language } = useLanguage();
  const mine = pack.captions.filter((caption) => caption.platform === platform);
  return mine.find((caption) => caption.language === language) ?? mine[0] ?? null;
}

interface PanelProps {
  pack: InboxPack;
  platform: Platform;
  files: ReturnType<typeof useFiles>;
  receipts: Receipts;
}

function Panel({ pack, platform, files, receipts }: PanelProps) {
  const t = useText(texts);
  const format = useFormat();
  const copy = useCopy();
  const toast = useToast();
  const caption = useCaption(pack, platform);
  const offered = pack.files.filter((file) => file.format.platform === platform);
  const first = offered[0];
  const [chosen, setChosen] = useState<readonly string[]>(first ? [first.id] : []);
  const picked = offered.filter(({ id }) => chosen.includes(id));
  const missing = picked.filter(({ id }) => !files.held.has(id));
  const size = picked.reduce((sum, file) => sum + file.size, 0);
  const { fetch: bring } = files;

  useEffect(() => {
    if (first && first.size <= comesAlone && !savesData()) void bring([first]);
  }, [first?.id, bring]);

  const ready = picked.flatMap(({ id }) => files.held.get(id) ?? []);
  const sharesFiles = ready.length > 0 && canShareFiles(ready);
  const sharesText = picked.length === 0 && 'share' in navigator;

  function handOver(data: ShareData): void {
    // Messengers often drop the text beside files: it waits in the clipboard.
    if (caption) void copy(caption.text);
    navigator.share(data).then(
      () => {
        receipts.mark(pack.releaseId, 'handed_over');
        toast(t('handed'));
      },
      // Closing the share sheet rejects; nothing was lost by it.
      () => undefined,
    );
  }

  function save(): void {
    for (const file of ready) saveFile(file);
    if (caption) void copy(caption.text);
    toast(t('saved'));
  }

  return (
    <div class="stack">
      {offered.length === 0 ? <p class="hint">{t('noFiles')}</p> : null}
      <ul class="tiles" aria-label={t('chooseFile')}>
        {offered.map((file: InboxFile) => (
          <li key={file.id}>
            <FileTile
              file={file}
              held={files.held.has(file.id)}
              checked={chosen.includes(file.id)}
              onValue={(on) => setChosen(on ? [...chosen, file.id] : chosen.filter((id) => id !== file.id))}
            />
          </li>
        ))}
      </ul>
      {files.failed ? (
        <Note tone="alert" role="alert">
          {t('fetchFailed')}
        </Note>
      ) : null}
      <div class="share-bar">
        {files.progress !== null ? (
          <Progress value={files.progress} label={t('fetching')} />
        ) : missing.length > 0 ? (
          <Button look="main" icon="download" wide onPress={() => void bring(missing)}>
            {t('fetch', { size: format.bytes(missing.reduce((sum, file) => sum + file.size, 0)) })}
          </Button>
        ) : sharesFiles ? (
          <Button
            look="main"
            icon="share"
            wide
            onPress={() => handOver({ files: ready, ...(caption ? { text: caption.text } : {}) })}
          >
            {t('shareSize', { size: format.bytes(size) })}
          </Button>
        ) : ready.length > 0 ? (
          <Button look="main" icon="download" wide onPress={save}>
            {t('save')} · {format.bytes(size)}
          </Button>
        ) : sharesText && caption ? (
          <Button look="main" icon="share" wide onPress={() => handOver({ text: caption.text })}>
            {t('shareCaption')}
          </Button>
        ) : offered.length > 0 ? (
          <p class="hint">{t('pickFirst')}</p>
        ) : null}
      </div>
      {ready.length > 0 && !sharesFiles ? <p class="hint">{t('saveHint')}</p> : null}
      {caption ? (
        <figure class="caption">
          <figcaption>{t('caption')}</figcaption>
          <blockquote class="original" lang={caption.language}>
            {caption.text}
          </blockquote>
          <Button icon="copy" wide onPress={() => void copy(caption.text)}>
            {t('copyCaption')}
          </Button>
        </figure>
      ) : null}
    </div>
  );
}

/** Where to send it, the files and the caption for there, and the phone's own share sheet. */
export function SharePanel({ pack, receipts }: { pack: InboxPack; receipts: Receipts }) {
  const t = useText(texts);
  const codes = useCodes();
  const files = useFiles();
  const offered = platformsOf(pack);
  const [chosen, setChosen] = useState<Platform | null>(null);
  const platform = chosen ?? offered[0];
  if (!platform) return null;
  return (
    <section class="share sheet" aria-label={t('share')}>
      <Tabs
        label={t('platforms')}
        tabs={offered.map((value) => ({ value, label: codes.platform[value] }))}
        value={platform}
        onValue={setChosen}
      >
        <Panel key={platform} pack={pack} platform={platform} files={files} receipts={receipts} />
      </Tabs>
    </section>
  );
}
