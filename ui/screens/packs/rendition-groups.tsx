import { platforms } from '../../../server/contract/lists.js';
import { useCodes } from '../../i18n/codes.js';
import type { DraftRendition } from './draft.js';
import { RenditionTile } from './rendition-tile.js';

export interface RenditionGroupsProps {
  renditions: readonly DraftRendition[];
  isChosen?: (rendition: DraftRendition) => boolean;
  onChoose?: (rendition: DraftRendition, chosen: boolean) => void;
}

/** Files by the platform they are made for. */
export function RenditionGroups({ renditions, isChosen, onChoose }: RenditionGroupsProps) {
  const codes = useCodes();
  return (
    <div class="stack">
      {platforms.map((platform) => {
        const mine = renditions.filter(({ format }) => format.platform === platform);
        if (mine.length === 0) return null;
        return (
          <section key={platform}>
            <h3 class="pack-file-head">{codes.platform[platform]}</h3>
            <ul class="pack-files">
              {mine.map((rendition) => (
                <li key={rendition.id}>
                  <RenditionTile
                    rendition={rendition}
                    {...(onChoose
                      ? {
                          checked: isChosen?.(rendition) ?? false,
                          onValue: (chosen: boolean) => onChoose(rendition, chosen),
                        }
                      : {})}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
