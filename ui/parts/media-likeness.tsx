import type { MediaLikeness as Likeness } from '../../server/contract/lists.js';
import { media as en } from '../i18n/en/media.js';
import { media as hi } from '../i18n/hi/media.js';
import { useFormat, useText } from '../i18n/language.js';

export const mediaTexts = { hi, en };

/** Why two media are taken for the same, in words: “the same voice or sound, from 0:12”. */
export function MediaLikeness({ likeness, fromMs }: { likeness: Likeness; fromMs: number | null }) {
  const t = useText(mediaTexts);
  const format = useFormat();
  const from = fromMs !== null && fromMs >= 1000 ? t('fromTime', { time: format.duration(fromMs) }) : null;
  return (
    <p class="meta media-likeness">
      <span>{t(likeness)}</span>
      {from ? <span>{from}</span> : null}
    </p>
  );
}
